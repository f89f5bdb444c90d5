import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { agentAt, containerArn } from '../container.ts';
import type { ContainerCourse } from '../container-course.ts';
import { courseOf } from '../course.ts';
import { hexadecimal } from '../identifiers.ts';
import type { TaskRecord } from '../records/tasks.ts';
import { desiredStatusAt } from '../task.ts';
import { clusterOf } from './clusters.ts';
import type { Operation } from './operation.ts';
import { taskOf } from './tasks.ts';

interface ExecuteCommandInput {
  readonly cluster?: string;
  readonly task: string;
  readonly container?: string;
  readonly command?: string;
  readonly interactive?: boolean;
}

export const executeCommandOperations: Readonly<Record<string, Operation>> = {
  ExecuteCommand: { answer: executeCommand },
};

const NOT_ENABLED =
  'The execute command failed because execute command was not enabled when the task was run or the execute command ' +
  'agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.';

/** Gives a session that nobody answers: its address is under `.invalid`, where no host is (RFC 2606). */
function executeCommand(account: Account, call: Call<ExecuteCommandInput>): object {
  const { input, region, at } = call;
  const { clusterArn } = clusterOf(account, call);
  const task = taskOf(account, call, input.task);
  const refusal = refusalOf(input, task, at);
  if (refusal !== undefined) throw new ApiError('InvalidParameterException', refusal);
  const container = containerOf(input, task) as ContainerCourse;
  if (agentAt(container, at).lastStatus !== 'RUNNING') {
    const message = 'The execute command failed due to an internal error. Try again later.';
    throw new ApiError('TargetNotConnectedException', message);
  }
  const { name } = container.definition;
  const seed = `${task.taskArn}:${name}:${at}`;
  const sessionId = `ecs-execute-command-${hexadecimal(17, `session:${seed}`)}`;
  return {
    clusterArn,
    containerArn: containerArn(task, name),
    containerName: name,
    interactive: true,
    session: {
      sessionId,
      streamUrl: `wss://ssmmessages.${region}.simulated.invalid/v1/data-channel/${sessionId}?role=publish_subscribe`,
      tokenValue: hexadecimal(64, `token:${seed}`),
    },
    taskArn: task.taskArn,
  };
}

function refusalOf(input: ExecuteCommandInput, task: TaskRecord, now: number): string | undefined {
  if (!input.command) return 'command can not be empty.';
  if (input.interactive !== true) return 'Interactive is the only mode supported currently.';
  if (task.request.enableExecuteCommand !== true || desiredStatusAt(task, now) === 'STOPPED') return NOT_ENABLED;
  if (containerOf(input, task) !== undefined) return undefined;
  return input.container === undefined
    ? 'The task has several containers: the name of one must be given.'
    : `The task has no container named ${input.container}.`;
}

/** The container that is named, or the only one. */
function containerOf({ container: wanted }: ExecuteCommandInput, task: TaskRecord): ContainerCourse | undefined {
  const { containers } = courseOf(task);
  if (wanted === undefined) return containers.length === 1 ? containers[0] : undefined;
  return containers.find(({ definition }) => definition.name === wanted);
}
