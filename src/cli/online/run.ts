import {
  awaitStopped,
  type ContainerOverride,
  type ContainerState,
  containerLogs,
  type Desired,
  execute,
  hasEnded,
  isAwsError,
  LogReader,
  observe,
  startOneOff,
  stopReason,
  type TaskState,
  taskId,
  waitsInVain,
  watch,
} from '../../deployer.ts';
import { printable } from '../../diagnostics/printable.ts';
import { exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { OnlineContext, RunOptions } from './context.ts';
import { inCluster } from './in-cluster.ts';
import { withTags } from './launch-options.ts';
import { subjectJson } from './results.ts';
import { findRoles } from './roles.ts';
import { Blocked, inSession, type Session } from './session.ts';
import { defaultTimeout, report, reportFailure } from './verdict.ts';

/** How long after its end the last lines of a container may come, in milliseconds. */
const lastLinesAfter = 2_000;

/** How long an interrupted task is waited for, in milliseconds. */
const stopWait = 10_000;

/** Exit codes that say that somebody else ended the container: SIGKILL and SIGTERM. */
const killed: readonly number[] = [137, 143];

/** A one-off task, the container that it was started for, and its log. */
interface OneOff {
  readonly task: TaskState;
  readonly container: string;
  readonly reader: LogReader;
}

/** How a one-off task ended, and what the command ends with for it. */
interface End {
  readonly outcome: 'ended' | 'failed' | 'lost' | 'interrupted';
  readonly code: number;
  /** The container's own; absent where it never ran, or was not seen to end. */
  readonly exitCode?: number;
}

/**
 * `run`: one command in the container of a service, in a task of its own. Prints what the container writes, ends when
 * it ends, and gives its exit code; 125 for whatever failed before it ran.
 */
export async function run(given: OnlineContext, options: RunOptions): Promise<number> {
  let code: number = exitCode.notRun;
  await inSession(given, async (session) => {
    const context = await inCluster(given, session);
    const started = await start(context, session, options);
    if (typeof started === 'number') {
      code = started;
      return { code: exitCode.done };
    }
    const id = taskId(started.task.arn);
    session.emit({ code: 'run/started', level: 'info', data: { task: id, container: options.service } });
    if (options.detach) {
      code = exitCode.done;
      const { json } = context.options;
      return { code: exitCode.done, result: json ? document(session, started, { outcome: 'started' }) : `${id}\n` };
    }
    let end: End;
    try {
      end = await attend(context, session, started);
    } catch (error) {
      session.emit({ code: 'run/left', level: 'warning', data: { task: id } });
      throw error;
    }
    code = end.code;
    return { code: exitCode.done, ...(context.options.json ? { result: document(session, started, end) } : {}) };
  });
  return code;
}

/** Starts the task, or gives the exit code for why it was not; that has been said then. */
async function start(context: OnlineContext, session: Session, options: RunOptions): Promise<OneOff | number> {
  const { account, emit, family, cluster, project } = session;
  const { options: global } = context;
  const { service, command, env = [] } = options;
  const task = withTags(context.task, options.tags);
  const definition = task.definition.containerDefinitions.find(({ name }) => name === service);
  if (definition === undefined) {
    const known = task.definition.containerDefinitions.map(({ name }) => name);
    emit({ code: 'service/unknown', level: 'error', data: { service, known } });
    return exitCode.notRun;
  }
  if (definition.restartPolicy?.enabled) {
    const seconds = definition.restartPolicy.restartAttemptPeriod ?? 300;
    emit({ code: 'run/restarts', level: 'warning', data: { container: service, seconds } });
  }
  emit({ code: 'plan/reading', level: 'info', data: { family, cluster } });
  const observed = await observe(account, session);
  if (!observed.clusterExists && global.cluster !== undefined) throw new Blocked({ kind: 'missing-cluster', cluster });
  const roles = await findRoles(context, session, task, observed.revisions, {});
  const desired: Desired = {
    project,
    cluster,
    task: roles.task,
    count: 1,
    waitFor: 'none',
    namedVolumes: [],
    force: false,
    adopt: false,
    createLogGroups: options.createLogGroups ?? true,
  };
  const override: ContainerOverride = {
    name: service,
    ...(command.length === 0 ? {} : { command }),
    ...(env.length === 0 ? {} : { environment: env }),
  };
  const watching = { ...session, project, observed: [], timeout: defaultTimeout };
  if (roles.operations.length > 0) await execute({ operations: roles.operations, kept: [] }, watching);
  const started = await startOneOff(desired, observed, override, watching);
  if (started.kind === 'not-started') {
    const outcome = { verdict: started.verdict, tasks: [], securityGroups: [] };
    const code = await report(session, task, desired, outcome, defaultTimeout);
    return code === exitCode.interrupted ? code : exitCode.notRun;
  }
  const logs = containerLogs(task.definition, started.task.arn).filter(({ container }) => container === service);
  for (const { container, driver, stream } of logs) {
    if (stream === undefined && !options.detach) {
      emit({ code: 'logs/missing', level: 'warning', data: { container, driver } });
    }
  }
  return { task: started.task, container: service, reader: new LogReader(account, logs, {}) };
}

/** Prints the container's lines until it has ended, and sees to it that its task ends too. */
async function attend(context: OnlineContext, session: Session, oneOff: OneOff): Promise<End> {
  const { clock, signal, emit, cluster } = session;
  const { container } = oneOff;
  const print = () => printLines(context, session, oneOff.reader);
  let task: TaskState | undefined = oneOff.task;
  for await ([task] of watch(session, [oneOff.task])) {
    await print();
    if (task === undefined || hasEnded(task) || stateOf(task, container)?.lastStatus === 'STOPPED') break;
    if (waitsInVain(task, context.task.definition)) break;
  }
  if (task === undefined) {
    emit({ code: 'task/lost', level: 'error', data: { tasks: [taskId(oneOff.task.arn)], cluster } });
    return { outcome: 'lost', code: exitCode.notRun };
  }
  const end = stateOf(task, container);
  if (signal.aborted && end?.exitCode === undefined) {
    await interrupt(session, task, container);
    await print();
    return { outcome: 'interrupted', code: exitCode.interrupted };
  }
  await clock.sleep(lastLinesAfter, signal);
  await print();
  const why = end?.lastStatus === 'STOPPED' ? `${container} has ended` : `${container} cannot start`;
  if (task.desiredStatus !== 'STOPPED') await stop(session, task, why);
  return reportEnd(context, session, task, container);
}

/**
 * Says how the container ended. Where another one that is essential had failed by then, ECS
 * ended this one for it, and many programs end with 0 at that: that is no good end.
 */
async function reportEnd(context: OnlineContext, session: Session, task: TaskState, container: string): Promise<End> {
  const { exitCode: code, reason } = stateOf(task, container) ?? {};
  const isCutShort =
    (code === 0 || code === undefined || killed.includes(code)) && hasOtherFailed(context, task, container);
  const isExplained = code === undefined || isCutShort || (code !== 0 && reason !== undefined);
  if (isExplained) await reportFailure(session, context.task, task, container);
  if (code === undefined) return { outcome: 'failed', code: exitCode.notRun };
  const because = reason === undefined ? {} : { reason };
  const data = { task: taskId(task.arn), container, exitCode: code, ...because };
  session.emit({ code: 'run/ended', level: 'info', data });
  if (isCutShort && code === 0) return { outcome: 'failed', code: exitCode.failed, exitCode: code };
  return { outcome: 'ended', code, exitCode: code };
}

/** Whether an essential container beside this one has ended with a failure of its own. */
function hasOtherFailed({ task: { definition } }: OnlineContext, task: TaskState, container: string): boolean {
  const essential = definition.containerDefinitions.filter((one) => one.essential !== false).map(({ name }) => name);
  return task.containers.some(
    ({ name, exitCode: code = 0 }) =>
      name !== container && essential.includes(name) && code !== 0 && !killed.includes(code),
  );
}

/** Stops the task and waits a little for its end; Ctrl-C once more ends the program at once. */
async function interrupt(session: Session, task: TaskState, container: string): Promise<void> {
  session.emit({ code: 'run/stopped', level: 'warning', data: { task: taskId(task.arn), container } });
  await stop(session, task, 'interrupted');
  await awaitStopped({ ...session, signal: new AbortController().signal }, [task], stopWait);
}

async function stop({ account, cluster }: Session, { arn }: TaskState, why: string): Promise<void> {
  await account.stopTask(cluster, arn, stopReason(why));
}

async function printLines({ options }: OnlineContext, { io, emit }: Session, reader: LogReader): Promise<void> {
  try {
    for await (const { container, time, text } of reader.read()) {
      for (const line of text.replace(/\r?\n$/, '').split(/\r?\n/)) {
        const data = { container, time: new Date(time).toISOString(), text: line };
        if (options.json) emit({ code: 'run/line', level: 'info', data });
        else io.out.write(`${printable(line)}\n`);
      }
    }
  } catch (error) {
    // The next look reads on where this one ended.
    if (!isAwsError(error) || !error.passing) throw error;
  }
}

function stateOf(task: TaskState, container: string): ContainerState | undefined {
  return task.containers.find(({ name }) => name === container);
}

function document(
  session: Session,
  { task, container }: OneOff,
  { outcome, exitCode: code }: Pick<End, 'exitCode'> & { readonly outcome: End['outcome'] | 'started' },
): string {
  return jsonDocument({ ...subjectJson(session), outcome, task: taskId(task.arn), container, exitCode: code });
}
