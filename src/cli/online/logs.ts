import {
  type ContainerLog,
  containerLogs,
  hasEnded,
  isAwsError,
  type LogRange,
  LogReader,
  oneOffService,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { Moment } from '../durations.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { LogLines, linesOf, matches } from '../render/log-lines.ts';
import type { LogsOptions, OnlineContext } from './context.ts';
import { inCluster } from './in-cluster.ts';
import { inSession, type Session } from './session.ts';
import { ownTasks, sayUnknown, tasksWithId } from './tasks.ts';

/** Milliseconds between two looks at streams that are followed. */
const followPause = 2_000;

/** Ids of tasks are so long. ECS forgets a stopped task after an hour; its log stays. */
const wholeId = /^[0-9a-f]{32}$/;

/** `logs`: what the containers of the project's tasks have written; of the last task that stopped when none runs. */
export function logs(given: OnlineContext, options: LogsOptions): Promise<ExitCode> {
  return inSession(given, async (session) => {
    const context = await inCluster(given, session, { silent: true });
    const { emit, family, cluster, io, account } = session;
    const { definition } = context.task;
    const known = definition.containerDefinitions.map(({ name }) => name);
    const unknown = options.services?.find((service) => !known.includes(service));
    if (unknown !== undefined) {
      emit({ code: 'service/unknown', level: 'error', data: { service: unknown, known } });
      return { code: exitCode.usage };
    }
    const tasks = await loggingTasks(session, options);
    const isForgotten = tasks.length === 0 && options.taskId !== undefined && wholeId.test(options.taskId);
    if (options.taskId !== undefined && tasks.length !== 1 && !isForgotten) {
      sayUnknown(session, options.taskId, tasks);
      return { code: exitCode.usage };
    }
    if (tasks.length === 0 && !isForgotten) {
      emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
      return { code: exitCode.done };
    }
    const found = isForgotten ? containerLogs(definition, options.taskId) : await logsOf(session, tasks);
    const view = new LogView(session, new LogReader(account, [], rangeOf(options, io.host.now())), options, {
      json: context.options.json === true,
    });
    view.add(found, tasks);
    await view.print();
    if (options.follow) return { code: await follow(session, view, tasks, options) };
    return { code: exitCode.done };
  });
}

/** The tasks that run, those of `run` too, or else the one that stopped last; or those that the options name. */
async function loggingTasks(session: Session, { taskId: id }: LogsOptions): Promise<readonly TaskState[]> {
  if (id !== undefined) return tasksWithId(session, id);
  const running = await ownTasks(session, 'RUNNING');
  return running.length > 0 ? running : (await ownTasks(session, 'STOPPED')).slice(-1);
}

/** The logs of all containers of tasks. */
async function logsOf({ account }: Session, tasks: readonly TaskState[]): Promise<readonly ContainerLog[]> {
  const arns = [...new Set(tasks.map(({ revisionArn }) => revisionArn))];
  const revisions = new Map(await Promise.all(arns.map(async (arn) => [arn, await account.revision(arn)] as const)));
  return tasks.flatMap(({ arn, revisionArn }) => {
    const revision = revisions.get(revisionArn);
    return revision === undefined ? [] : containerLogs(revision.definition, arn);
  });
}

function rangeOf({ tail, grep, since, until }: LogsOptions, now: number): LogRange {
  const at = (moment: Moment) => ('at' in moment ? moment.at : now - moment.ago);
  // None of those that there are; of a stream, CloudWatch Logs gives at least one.
  if (tail === 0) return { since: now };
  return {
    ...(tail === undefined ? {} : { last: tail }),
    ...(grep === undefined ? {} : { counts: (text: string) => linesOf(text).some((line) => matches(line, grep)) }),
    ...(since === undefined ? {} : { since: at(since) }),
    ...(until === undefined ? {} : { until: at(until) }),
  };
}

/** The lines of the containers that are wanted, as they are read and printed. */
class LogView {
  readonly #session: Session;
  readonly #reader: LogReader;
  readonly #lines: LogLines;
  readonly #services: readonly string[];

  constructor(session: Session, reader: LogReader, options: LogsOptions, { json }: { readonly json: boolean }) {
    const { timestamps = false, logPrefix: prefix = true, grep, services = [] } = options;
    this.#session = session;
    this.#reader = reader;
    this.#lines = new LogLines(session.io.out, { json, timestamps, prefix, grep });
    this.#services = services;
  }

  /** Shows the logs of tasks too from now on; says which cannot be shown. */
  add(logs: readonly ContainerLog[], tasks: readonly TaskState[]): void {
    const wanted = logs.filter(({ container }) => this.#services.length === 0 || this.#services.includes(container));
    for (const { container, driver, stream } of wanted) {
      if (stream !== undefined) continue;
      this.#session.emit({ code: 'logs/missing', level: 'warning', data: { container, driver } });
    }
    const oneOff = tasks.flatMap((task) => {
      const service = oneOffService(task);
      return service === undefined ? [] : [[taskId(task.arn), service] as const];
    });
    this.#lines.expect(wanted, new Map(oneOff));
    this.#reader.add(wanted);
  }

  async print(): Promise<void> {
    for await (const entry of this.#reader.read()) this.#lines.print(entry);
  }
}

/** Prints lines as they come, those of tasks that are started meanwhile too, until Ctrl-C or until no task runs. */
async function follow(
  session: Session,
  view: LogView,
  first: readonly TaskState[],
  { taskId: only }: LogsOptions,
): Promise<ExitCode> {
  const { account, cluster, clock, signal } = session;
  const followed = new Set(first.map(({ arn }) => arn));
  for (;;) {
    await clock.sleep(followPause, signal);
    if (signal.aborted) return exitCode.interrupted;
    try {
      const running = only === undefined ? await ownTasks(session, 'RUNNING') : [];
      const started = running.filter(({ arn }) => !followed.has(arn));
      if (started.length > 0) view.add(await logsOf(session, started), started);
      for (const { arn } of started) followed.add(arn);
      const states = running.length > 0 ? running : await account.describeTasks(cluster, [...followed]);
      await view.print();
      if (states.every(hasEnded)) return exitCode.done;
    } catch (error) {
      // The next look reads on where this one ended.
      if (!isAwsError(error) || !error.passing) throw error;
    }
  }
}
