import type { ContainerLog, LogEntry } from '../../deployer.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { Output } from '../io.ts';

/** How lines of logs are to look. */
export interface LogLook {
  readonly json: boolean;
  /** The time of each line before it. */
  readonly timestamps: boolean;
  /** The container's name before each line. */
  readonly prefix: boolean;
  /** Only lines that it matches. */
  readonly grep?: RegExp | undefined;
}

/** Colours of the containers' names, one after the other. */
const colors: readonly number[] = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

/** The lines of what a container has written at once. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** Whether a line matches. Each is a new search: an expression with the flag g remembers where the last one ended. */
export function matches(line: string, pattern: RegExp): boolean {
  return line.search(pattern) >= 0;
}

/** Prints the lines of several containers, each with its container's name before it, or as one JSON document. */
export class LogLines {
  readonly #out: Output;
  readonly #look: LogLook;
  readonly #logs: ContainerLog[] = [];
  /** The services whose commands `run` started tasks for, by the ids of these. */
  readonly #oneOff = new Map<string, string>();

  constructor(out: Output, look: LogLook) {
    this.#out = out;
    this.#look = look;
  }

  /** These are going to be printed too: names are as wide as the longest of them. */
  expect(logs: readonly ContainerLog[], oneOff: ReadonlyMap<string, string>): void {
    this.#logs.push(...logs);
    for (const [task, service] of oneOff) this.#oneOff.set(task, service);
  }

  print({ time, text, ...from }: LogEntry): void {
    const when = new Date(time).toISOString();
    const lines = linesOf(text);
    const { json, timestamps, prefix, grep } = this.#look;
    const wanted = grep === undefined ? lines : lines.filter((line) => matches(line, grep));
    for (const line of wanted) {
      if (json)
        this.#out.write(
          `${JSON.stringify({ time: when, ...from, oneOff: this.#oneOff.get(from.task), text: line })}\n`,
        );
      else this.#out.write(`${prefix ? this.#prefix(from) : ''}${timestamps ? `${when} ` : ''}${printable(line)}\n`);
    }
  }

  #prefix(from: Pick<LogEntry, 'container' | 'task'>): string {
    const labels = [...new Set(this.#logs.map((log) => this.#label(log)))];
    const label = this.#label(from);
    const color = colors[labels.indexOf(label) % colors.length];
    const shown = `${label.padEnd(Math.max(...labels.map(({ length }) => length)))} | `;
    return this.#out.color ? `\u001b[${color}m${shown}\u001b[0m` : shown;
  }

  /** The container, its task where there are several, and whether `run` started it. */
  #label({ container, task }: Pick<LogEntry, 'container' | 'task'>): string {
    const several = this.#logs.some((log) => log.task !== this.#logs[0]?.task);
    return `${container}${several ? `/${task.slice(0, 8)}` : ''}${this.#oneOff.has(task) ? ' (one-off)' : ''}`;
  }
}
