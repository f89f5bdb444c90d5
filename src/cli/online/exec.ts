import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type ExecuteCommandSession, oneOffService, type TaskState, taskId } from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { isSimulated } from '../region.ts';
import type { ExecOptions, OnlineContext } from './context.ts';
import { inSession, type Session } from './session.ts';
import { ownTasks, sayUnknown, tasksWithId } from './tasks.ts';

/** The program that speaks the protocol of a session. */
const plugin = 'session-manager-plugin';

/** `exec`: a command in a container that runs; hands the terminal over to AWS's session-manager-plugin. */
export function exec(context: OnlineContext, options: ExecOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { emit, io, account, cluster } = session;
    const { service, command } = options;
    const known = context.task.definition.containerDefinitions.map(({ name }) => name);
    if (!known.includes(service)) {
      emit({ code: 'service/unknown', level: 'error', data: { service, known } });
      return { code: exitCode.usage };
    }
    if (isSimulated(context.options)) {
      emit({ code: 'exec/simulated', level: 'error', data: {} });
      return { code: exitCode.refused };
    }
    if (!isOnPath(io.host.environment)) {
      emit({ code: 'exec/no-plugin', level: 'error', data: {} });
      return { code: exitCode.refused };
    }
    const task = options.taskId === undefined ? await newestTask(session) : await namedTask(session, options.taskId);
    if (task === undefined) return { code: options.taskId === undefined ? exitCode.refused : exitCode.usage };
    const id = taskId(task.arn);
    if (!task.enableExecuteCommand) {
      emit({ code: 'exec/not-enabled', level: 'error', data: { task: id } });
      return { code: exitCode.refused };
    }
    const { lastStatus = 'UNKNOWN', runtimeId } = task.containers.find(({ name }) => name === service) ?? {};
    if (lastStatus !== 'RUNNING' || runtimeId === undefined) {
      emit({ code: 'exec/not-running', level: 'error', data: { task: id, container: service, status: lastStatus } });
      return { code: exitCode.refused };
    }
    const request = { cluster, taskArn: task.arn, container: service, command: command.map(shellWord).join(' ') };
    const opened = await account.executeCommand(request);
    const target = `ecs:${clusterName(task)}_${id}_${runtimeId}`;
    const { runInTerminal } = await import('./terminal-program.ts');
    const words = pluginArguments(context, session, opened, target);
    const ended = await io.handOver(() => runInTerminal(plugin, words));
    return { code: ended === 0 ? exitCode.done : exitCode.refused };
  });
}

/** The newest task that runs, and is not one of `run`; undefined where none does, which has been said then. */
async function newestTask(session: Session): Promise<TaskState | undefined> {
  const { emit, family, cluster } = session;
  const running = (await ownTasks(session, 'RUNNING')).filter((task) => oneOffService(task) === undefined);
  const newest = running.findLast(({ lastStatus }) => lastStatus === 'RUNNING') ?? running.at(-1);
  if (newest === undefined) {
    emit({ code: 'exec/no-task', level: 'error', data: { family, cluster } });
    return undefined;
  }
  const others = running.filter((task) => task !== newest).map(({ arn }) => taskId(arn));
  if (others.length > 0) emit({ code: 'exec/task', level: 'info', data: { task: taskId(newest.arn), others } });
  return newest;
}

/** The task whose id begins so; undefined where there is none or several, which has been said then. */
async function namedTask(session: Session, id: string): Promise<TaskState | undefined> {
  const tasks = await tasksWithId(session, id);
  if (tasks.length !== 1) sayUnknown(session, id, tasks);
  return tasks.length === 1 ? tasks[0] : undefined;
}

/** What the plugin takes, as the AWS CLI calls it: session, region, operation, profile, request, endpoint. */
function pluginArguments(
  { options }: OnlineContext,
  { io, region }: Session,
  session: ExecuteCommandSession,
  target: string,
): readonly string[] {
  const { AWS_PROFILE, AWS_ENDPOINT_URL } = io.host.environment;
  const endpoint = options.endpointUrl ?? (AWS_ENDPOINT_URL || `https://ecs.${region}.amazonaws.com`);
  const profile = options.awsProfile ?? AWS_PROFILE ?? '';
  return [JSON.stringify(session), region, 'StartSession', profile, JSON.stringify({ Target: target }), endpoint];
}

/** Whether the plugin can be started. */
function isOnPath(environment: Readonly<Record<string, string | undefined>>): boolean {
  const file = process.platform === 'win32' ? `${plugin}.exe` : plugin;
  return (environment['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, file), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

/** A word as it stands in a line for a shell: ECS takes the command as one line. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** The cluster's name in a task's ARN: `arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID`. */
function clusterName({ arn }: TaskState): string {
  return arn.split('/').at(-2) as string;
}
