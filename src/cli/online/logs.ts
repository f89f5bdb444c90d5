import {
  type ContainerLog,
  containerLogs,
  hasEnded,
  isOwn,
  type LogEntry,
  LogReader,
  observeTasks,
  type TaskState,
} from '../../deployer.ts';
import { printable } from '../../diagnostics/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from '../io.ts';
import type { LogsOptions, OnlineContext } from './context.ts';
import { inSession, type Session } from './session.ts';

/** Milliseconds between two looks at streams that are followed. */
const followPause = 2_000;

/** Colours of the containers' names, one after the other. */
const colors: readonly number[] = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

/** `logs`: what the containers of the project's tasks have written; of the last task that stopped when none runs. */
export function logs(context: OnlineContext, options: LogsOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { emit, family, cluster, io, account } = session;
    const known = context.task.definition.containerDefinitions.map(({ name }) => name);
    const unknown = options.services?.find((service) => !known.includes(service));
    if (unknown !== undefined) {
      emit({ code: 'service/unknown', level: 'error', data: { service: unknown, known } });
      return { code: exitCode.usage };
    }
    const tasks = await loggingTasks(session);
    if (tasks.length === 0) {
      emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
      return { code: exitCode.done };
    }
    const logs = await wantedLogs(session, tasks, options);
    const since = options.since === undefined ? {} : { since: io.host.now() - options.since };
    const reader = new LogReader(account, logs, options.tail === undefined ? since : { last: options.tail, ...since });
    const print = printer(io.out, logs, context.options.json === true);
    await printAll(reader, print);
    if (options.follow) return { code: await follow(session, reader, tasks, print) };
    return { code: exitCode.done };
  });
}

/** The tasks that run, or else the one that stopped last. */
async function loggingTasks(session: Session): Promise<readonly TaskState[]> {
  const { account, project } = session;
  const own = async (desired: 'RUNNING' | 'STOPPED') =>
    (await observeTasks(account, session, desired)).tasks.filter((task) => isOwn(task, project));
  const running = await own('RUNNING');
  return running.length > 0 ? running : (await own('STOPPED')).slice(-1);
}

/** The logs of the containers that are wanted; says which cannot be shown. */
async function wantedLogs(
  { account, emit }: Session,
  tasks: readonly TaskState[],
  { services = [] }: LogsOptions,
): Promise<readonly ContainerLog[]> {
  const arns = [...new Set(tasks.map(({ revisionArn }) => revisionArn))];
  const revisions = new Map(await Promise.all(arns.map(async (arn) => [arn, await account.revision(arn)] as const)));
  const logs = tasks
    .flatMap(({ arn, revisionArn }) => {
      const revision = revisions.get(revisionArn);
      return revision === undefined ? [] : containerLogs(revision.definition, arn);
    })
    .filter(({ container }) => services.length === 0 || services.includes(container));
  for (const { container, driver, stream } of logs) {
    if (stream === undefined) emit({ code: 'logs/missing', level: 'warning', data: { container, driver } });
  }
  return logs;
}

async function printAll(reader: LogReader, print: (entry: LogEntry) => void): Promise<void> {
  for await (const entry of reader.read()) print(entry);
}

/** Prints lines as they come, until Ctrl-C or until all tasks have ended. */
async function follow(
  { account, cluster, clock, signal }: Session,
  reader: LogReader,
  tasks: readonly TaskState[],
  print: (entry: LogEntry) => void,
): Promise<ExitCode> {
  for (;;) {
    await clock.sleep(followPause, signal);
    if (signal.aborted) return exitCode.interrupted;
    const states = await account.describeTasks(
      cluster,
      tasks.map(({ arn }) => arn),
    );
    await printAll(reader, print);
    if (states.every(hasEnded)) return exitCode.done;
  }
}

/** Prints a line with its container's name before it, or as one JSON document. */
function printer(out: Output, logs: readonly ContainerLog[], json: boolean): (entry: LogEntry) => void {
  if (json) {
    return ({ time, ...entry }) => out.write(`${JSON.stringify({ time: new Date(time).toISOString(), ...entry })}\n`);
  }
  const several = new Set(logs.map(({ task }) => task)).size > 1;
  const label = ({ container, task }: Pick<LogEntry, 'container' | 'task'>) =>
    several ? `${container}/${task.slice(0, 8)}` : container;
  const labels = [...new Set(logs.map(label))];
  const width = Math.max(0, ...labels.map(({ length }) => length));
  return (entry) => {
    const name = label(entry);
    const color = colors[labels.indexOf(name) % colors.length];
    const prefix = `${name.padEnd(width)} | `;
    const shown = out.color ? `\u001b[${color}m${prefix}\u001b[0m` : prefix;
    for (const line of entry.text.replace(/\r?\n$/, '').split(/\r?\n/)) out.write(`${shown}${printable(line)}\n`);
  };
}
