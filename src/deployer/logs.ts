import type { TaskDefinition } from '../fargate/task-definition.ts';
import { type Account, type LogLine, type LogPosition, type LogStream, taskId } from './account.ts';

/** The log of one container of a task. */
export interface ContainerLog {
  readonly container: string;
  readonly task: string;
  readonly driver: string;
  /** Absent where the driver does not write to CloudWatch Logs. */
  readonly stream?: LogStream;
}

/** A line, and who wrote it. */
export interface LogEntry extends LogLine {
  readonly container: string;
  readonly task: string;
}

/** Where the containers of a task write to, in the order of its definition. */
export function containerLogs(definition: TaskDefinition, taskArn: string): readonly ContainerLog[] {
  const task = taskId(taskArn);
  return definition.containerDefinitions.map(({ name, logConfiguration }) => {
    const driver = logConfiguration?.logDriver ?? 'none';
    const {
      'awslogs-group': group,
      'awslogs-region': region,
      'awslogs-stream-prefix': prefix,
    } = logConfiguration?.options ?? {};
    const log = { container: name, task, driver };
    if (driver !== 'awslogs' || group === undefined || prefix === undefined) return log;
    // "prefix-name/container-name/ecs-task-id": ECS Developer Guide, "Send Amazon ECS logs to CloudWatch".
    const stream = {
      group: { name: group, ...(region === undefined ? {} : { region }) },
      name: `${prefix}/${name}/${task}`,
    };
    return { ...log, stream };
  });
}

/** Which lines of a log are wanted; times are milliseconds since 1970. */
export interface LogRange {
  /** Only so many last lines. */
  readonly last?: number;
  /** The lines that count as such; absent: all. */
  readonly counts?: (text: string) => boolean;
  readonly since?: number;
  /** Not in it. */
  readonly until?: number;
}

/** Reads the logs of containers, line by line, and remembers how far it has read. */
export class LogReader {
  readonly #account: Account;
  readonly #range: LogRange;
  readonly #sources: Required<ContainerLog>[] = [];
  readonly #reached = new Map<Required<ContainerLog>, string>();

  constructor(account: Account, logs: readonly ContainerLog[], range: LogRange) {
    this.#account = account;
    this.#range = range;
    this.add(logs);
  }

  /** Reads these too from now on. */
  add(logs: readonly ContainerLog[]): void {
    this.#sources.push(...logs.filter((log): log is Required<ContainerLog> => log.stream !== undefined));
  }

  /** All lines that there are and that were not read yet, the oldest first. */
  async *read(): AsyncGenerator<LogEntry, void, undefined> {
    const open = this.#sources.map((source) => this.#entries(source));
    const heads = await Promise.all(open.map((entries) => entries.next()));
    for (;;) {
      let first = -1;
      for (const [index, head] of heads.entries()) {
        const best = heads[first];
        if (!head.done && (best === undefined || best.done || head.value.time < best.value.time)) first = index;
      }
      const head = heads[first];
      if (head === undefined || head.done) return;
      yield head.value;
      heads[first] = await (open[first] as AsyncGenerator<LogEntry, void, undefined>).next();
    }
  }

  async *#entries(source: Required<ContainerLog>): AsyncGenerator<LogEntry, void, undefined> {
    const { container, task, stream } = source;
    const { last, counts } = this.#range;
    if (last !== undefined && counts !== undefined && !this.#reached.has(source)) {
      return yield* this.#lastEntries(source, last, counts);
    }
    for (;;) {
      const reached = this.#reached.get(source);
      const page = await this.#account.logPage(stream, this.#position(reached));
      if (page === undefined) return;
      this.#reached.set(source, page.next);
      for (const line of page.lines) yield { container, task, ...line };
      // A page of the last lines ends where the stream does.
      const isTail = reached === undefined && last !== undefined;
      if (page.next === reached || page.next === '' || isTail) return;
    }
  }

  /** The last entries that count: CloudWatch Logs cannot tell them, so the log is read from its beginning. */
  async *#lastEntries(
    source: Required<ContainerLog>,
    last: number,
    counts: (text: string) => boolean,
  ): AsyncGenerator<LogEntry, void, undefined> {
    const { last: _, counts: __, ...range } = this.#range;
    const whole = new LogReader(this.#account, [source], range);
    const found: LogEntry[] = [];
    for await (const entry of whole.read()) {
      if (counts(entry.text)) found.push(entry);
      if (found.length > last) found.shift();
    }
    const reached = whole.#reached.get(source);
    if (reached !== undefined) this.#reached.set(source, reached);
    yield* found;
  }

  #position(reached: string | undefined): LogPosition {
    const { last, since, until } = this.#range;
    const end = until === undefined ? {} : { until };
    if (reached !== undefined) return { after: reached, ...end };
    const start = since === undefined ? end : { since, ...end };
    return last === undefined ? start : { last, ...start };
  }
}
