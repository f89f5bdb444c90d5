import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, nameIn } from '../identifiers.ts';
import type { TaskRecord } from '../records/tasks.ts';
import { wake } from '../scheduler.ts';
import { desiredStatusAt, isShown, taskAt } from '../task.ts';
import { clusterOf } from './clusters.ts';
import { type Operation, page } from './operation.ts';
import { runTask } from './run-task.ts';
import { serviceOf } from './services.ts';

interface DescribeTasksInput {
  readonly cluster?: string;
  readonly tasks?: readonly string[];
  readonly include?: readonly string[];
}

interface ListTasksInput {
  readonly cluster?: string;
  readonly family?: string;
  readonly serviceName?: string;
  readonly startedBy?: string;
  readonly desiredStatus?: string;
  readonly launchType?: string;
  readonly containerInstance?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface StopTaskInput {
  readonly cluster?: string;
  readonly task: string;
  readonly reason?: string;
}

export const taskOperations: Readonly<Record<string, Operation>> = {
  RunTask: runTask,
  DescribeTasks: { answer: describeTasks },
  ListTasks: { answer: listTasks },
  StopTask: {
    check: (account, call: Call<StopTaskInput>) => void taskOf(account, call, call.input.task),
    apply: stopTask,
  },
};

function describeTasks(account: Account, call: Call<DescribeTasksInput>): object {
  const { tasks: names = [], include = [] } = call.input;
  const { clusterName } = clusterOf(account, call);
  if (names.length === 0) throw new ApiError('InvalidParameterException', 'Tasks cannot be empty.');
  if (names.length > 100) throw new ApiError('InvalidParameterException', 'At most 100 tasks can be described.');
  const looked = names.map((name) => ({ name, task: findTask(account, call, name) }));
  return {
    tasks: looked.flatMap(({ task }) => {
      if (task === undefined) return [];
      const described = taskAt(task, call.at);
      return [include.includes('TAGS') ? described : { ...described, tags: [] }];
    }),
    failures: looked.flatMap(({ name, task }) =>
      task === undefined
        ? [{ arn: arn('ecs', call.region, `task/${clusterName}/${nameIn(name)}`), reason: 'MISSING' }]
        : [],
    ),
  };
}

/** What a task must be like to be listed, by the member of the input that asks for it. */
const FILTERS: Readonly<Record<string, (task: TaskRecord, wanted: string, now: number) => boolean>> = {
  family: ({ definition }, family) => definition.family === family,
  startedBy: ({ request }, startedBy) => request.startedBy === startedBy,
  desiredStatus: (task, status, now) => desiredStatusAt(task, now) === status,
  launchType: ({ capacityProviderName }, launchType) => launchType === 'FARGATE' && capacityProviderName === undefined,
  containerInstance: () => false,
};

function listTasks(account: Account, call: Call<ListTasksInput>): object {
  const { cluster: _, serviceName, maxResults = 100, nextToken, ...filters } = call.input;
  const { clusterArn } = clusterOf(account, call);
  const service = serviceName === undefined ? undefined : serviceArnOf(account, call, serviceName);
  const wanted = Object.entries({ desiredStatus: 'RUNNING', ...filters });
  const arns = [...account.tasks.values()]
    .filter((task) => task.clusterArn === clusterArn && isShown(task, call.at))
    .filter((task) => service === undefined || task.serviceArn === service)
    .filter((task) => wanted.every(([name, value]) => FILTERS[name]?.(task, value, call.at) ?? true))
    .map(({ taskArn }) => taskArn);
  const { items, ...next } = page(arns, maxResults, nextToken);
  return { taskArns: items, ...next };
}

function serviceArnOf(account: Account, call: Call<ListTasksInput>, name: string): string {
  return serviceOf(account, { ...call, input: { ...call.input, service: name } }).serviceArn;
}

/** As `findTask`; refuses one that is not there. */
export function taskOf(account: Account, call: Call<{ readonly cluster?: string }>, name: string): TaskRecord {
  const task = findTask(account, call, name);
  if (task !== undefined) return task;
  throw new ApiError('InvalidParameterException', 'The referenced task was not found.');
}

/** Stops a task; one that stops already goes on as it does. A service replaces it. */
function stopTask(account: Account, call: Call<StopTaskInput>): object {
  const task = taskOf(account, call, call.input.task);
  if (desiredStatusAt(task, call.at) === 'RUNNING') {
    task.stop = {
      at: call.at,
      speed: call.speed,
      reason: call.input.reason ?? 'Task stopped by user',
      stopCode: 'UserInitiated',
    };
    const service = account.services.get(task.serviceArn ?? '');
    if (service !== undefined) wake(service, call.at, call.speed);
  }
  return { task: taskAt(task, call.at) };
}

/** The task of an id or an ARN, as long as ECS shows it. */
function findTask(account: Account, call: Call<{ readonly cluster?: string }>, name: string): TaskRecord | undefined {
  const { clusterName } = clusterOf(account, call);
  const task = account.tasks.get(arn('ecs', call.region, `task/${clusterName}/${nameIn(name)}`));
  return task !== undefined && isShown(task, call.at) ? task : undefined;
}
