import { codeFrame } from '../../diagnostics/format/code-frame.ts';
import { formatPlace } from '../../diagnostics/format/text.ts';
import { printable } from '../../diagnostics/printable.ts';
import { commandLine } from '../command-line.ts';
import { displayPath } from '../display-path.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import type { OnlineEvent } from '../online/event.ts';
import { roleWords } from './words/elsewhere.ts';
import type { EventWords, Surroundings, Words } from './words/event-words.ts';
import { imageWords } from './words/images.ts';
import { networkWords } from './words/network.ts';
import { planWords } from './words/plan.ts';
import { registryWords } from './words/registry.ts';
import { purgeWords } from './words/remains.ts';
import { runWords } from './words/run.ts';
import { serviceWords } from './words/service.ts';
import { stackWords } from './words/stack.ts';
import { taskWords } from './words/tasks.ts';

/** The words of every event. */
const words: Words<string> = {
  ...planWords,
  ...taskWords,
  ...purgeWords,
  ...runWords,
  ...serviceWords,
  ...roleWords,
  ...networkWords,
  ...registryWords,
  ...imageWords,
  ...stackWords,
};

/** What an event says to a person, safe to print; undefined where it says nothing. */
export function wordsOf(event: OnlineEvent, surroundings: Surroundings): EventWords | undefined {
  const say = words[event.code] as (data: OnlineEvent['data'], surroundings: Surroundings) => EventWords | undefined;
  return say(event.data, surroundings);
}

/** The surroundings of a command with these options. */
export function surroundingsOf({ host }: Io, options: GlobalOptions): Surroundings {
  return {
    displayPath: displayPath(host),
    commandLine: (command, elsewhere) => commandLine(command, { ...options, ...elsewhere }),
  };
}

export interface EventFormat {
  readonly color: boolean;
  /** Width of what shows it. */
  readonly columns: number;
  readonly displayPath: Surroundings['displayPath'];
}

/** An event as a finding is printed: place and severity, message, line, remedy, evidence; an info is its message alone. */
export function formatEvent(
  { level, code }: OnlineEvent,
  { message, help, source, evidence }: EventWords,
  { color, columns, displayPath }: EventFormat,
): string {
  const paint = (ansi: number, text: string) => (color ? `\u001b[${ansi}m${text}\u001b[0m` : text);
  const place = source === undefined ? '' : `${paint(1, printable(formatPlace(source, displayPath)))}: `;
  const severity = level === 'info' ? '' : `${paint(level === 'error' ? 31 : 33, level)}: `;
  const tag = level === 'info' ? '' : ` ${paint(2, `[${code}]`)}`;
  const [first = '', ...rest] = printable(message).split('\n');
  const lines = [`${place}${severity}${first}${tag}`, ...rest];
  if (source !== undefined && level !== 'info') {
    lines.push(...codeFrame(source, columns, (carets) => paint(level === 'error' ? 31 : 33, carets)));
  }
  if (help !== undefined) lines.push(`  help: ${printable(help).replaceAll('\n', '\n        ')}`);
  if (evidence !== undefined) {
    lines.push(`  ${printable(evidence.title)}:`, ...evidence.lines.map((line) => `    | ${printable(line)}`));
  }
  return `${lines.join('\n')}\n`;
}
