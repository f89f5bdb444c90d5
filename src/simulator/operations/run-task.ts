import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { checkToken, rememberedToken, rememberToken } from '../client-tokens.ts';
import type { RegisteredTaskDefinition, RunTaskInput, TaskRecord } from '../records/tasks.ts';
import { managedTags, startTask } from '../start-task.ts';
import { isShown, taskAt } from '../task.ts';
import { clusterOf } from './clusters.ts';
import { checkLaunch, launchableDefinition } from './launch.ts';
import type { Change } from './operation.ts';

/** In characters of JSON (RunTask in the API reference). */
const LONGEST_OVERRIDES = 8192;

export const runTask: Change = { check: checkRunTask, apply: applyRunTask };

/** Refuses what RunTask refuses, one thing at a time. */
function checkRunTask(account: Account, call: Call<RunTaskInput>): void {
  const { input, region } = call;
  const cluster = clusterOf(account, call);
  const definition = launchableDefinition(account, call, input.taskDefinition);
  const refusal = refusalOfParameters(input) ?? refusalOfOverrides(input, definition);
  if (refusal !== undefined) throw new ApiError('InvalidParameterException', refusal);
  checkLaunch(account, input, cluster, definition, region);
  checkToken(account, call);
}

function refusalOfParameters(input: RunTaskInput): string | undefined {
  const { count = 1, startedBy = '', clientToken = '', propagateTags, tags = [] } = input;
  if (!Number.isInteger(count) || count < 1 || count > 10) return 'Count must be a number from 1 to 10.';
  if (!/^[A-Za-z0-9_/-]{0,128}$/.test(startedBy)) return 'startedBy must be at most 128 of letters, digits, - _ and /.';
  if (!/^[!-~]{0,64}$/.test(clientToken)) return 'clientToken is longer than 64.';
  if (propagateTags === 'SERVICE') return 'propagateTags must be TASK_DEFINITION or NONE for a task.';
  return tags.length > 50 ? 'A resource can have at most 50 tags.' : undefined;
}

function refusalOfOverrides({ overrides }: RunTaskInput, definition: RegisteredTaskDefinition): string | undefined {
  if (JSON.stringify(overrides ?? {}).length > LONGEST_OVERRIDES) {
    return `Container Overrides length must be at most ${LONGEST_OVERRIDES}`;
  }
  const names = definition.containerDefinitions.map(({ name }) => name);
  const stray = overrides?.containerOverrides?.find(({ name }) => !names.includes(name ?? ''));
  return stray && `Override for container named ${stray.name} is not a container in the TaskDefinition.`;
}

/** Starts the tasks, or gives those that the same token started before. */
function applyRunTask(account: Account, call: Call<RunTaskInput>): object {
  const used = rememberedToken(account, call);
  const arns = used?.arns ?? startTasks(account, call);
  if (used === undefined) rememberToken(account, call, arns);
  const tasks = arns.map((taskArn) => account.tasks.get(taskArn) as TaskRecord);
  return { tasks: tasks.filter((task) => isShown(task, call.at)).map((task) => taskAt(task, call.at)), failures: [] };
}

function startTasks(account: Account, call: Call<RunTaskInput>): readonly string[] {
  const { input, region, at, speed, behaviours } = call;
  const { clusterArn } = clusterOf(account, call);
  const definition = launchableDefinition(account, call, input.taskDefinition);
  const tags = [
    ...(input.propagateTags === 'TASK_DEFINITION' ? definition.tags : []),
    ...(input.tags ?? []),
    ...(input.enableECSManagedTags ? managedTags(clusterArn) : []),
  ];
  const start = { clusterArn, region, definition, request: input, createdAt: at, speed, behaviours, tags };
  return Array.from(
    { length: input.count ?? 1 },
    (_, ordinal) => startTask(account, start, `${account.changes}:${ordinal}`).taskArn,
  );
}
