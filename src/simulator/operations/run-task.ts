import type {
  Account,
  Call,
  ClientToken,
  Cluster,
  RegisteredTaskDefinition,
  RunTaskInput,
  TaskRecord,
} from '../account.ts';
import { ApiError } from '../api-error.ts';
import { courseOf } from '../course.ts';
import { arn, hexadecimal, numberBelow } from '../identifiers.ts';
import { awslogsOf } from '../log-streams.ts';
import { attach, defaultSecurityGroup, knownSecurityGroup, knownSubnet, type TaskNetwork } from '../network.ts';
import { isShown, taskAt } from '../task.ts';
import { clusterOf } from './clusters.ts';
import { createLogGroup } from './log-groups.ts';
import type { Change } from './operation.ts';
import { findTaskDefinition } from './task-definitions.ts';

/** How long ECS remembers a client token, in milliseconds. */
const TOKEN_LIFE = 24 * 60 * 60 * 1000;
const PLATFORM_VERSIONS = ['LATEST', '1.4.0', '1.3.0'];
const CAPACITY_PROVIDERS = ['FARGATE', 'FARGATE_SPOT'];

export const runTask: Change = { check: checkRunTask, apply: applyRunTask };

/** Refuses what RunTask refuses, one thing at a time. */
function checkRunTask(account: Account, call: Call<RunTaskInput>): void {
  const { input, region } = call;
  const cluster = clusterOf(account, call);
  const definition = findTaskDefinition(account, region, input.taskDefinition);
  if (definition === undefined) throw new ApiError('ClientException', 'TaskDefinition not found.');
  if (definition.status === 'INACTIVE') throw new ApiError('ClientException', 'TaskDefinition is inactive');
  const refusal = refusalOfParameters(input) ?? refusalOfLaunch(input, cluster, definition);
  if (refusal !== undefined) throw new ApiError('InvalidParameterException', refusal);
  if (!PLATFORM_VERSIONS.includes(input.platformVersion ?? 'LATEST')) {
    throw new ApiError('PlatformUnknownException', 'The specified platform does not exist.');
  }
  const { subnets = [], securityGroups = [] } = input.networkConfiguration?.awsvpcConfiguration ?? {};
  for (const id of subnets) knownSubnet(id, region);
  for (const id of securityGroups) knownSecurityGroup(id, region);
  const used = rememberedToken(account, call);
  if (used !== undefined && used.parameters !== parametersOf(input)) {
    const message = 'The clientToken was used before with other parameters.';
    throw new ApiError('ConflictException', message, 400, { resourceIds: used.taskArns });
  }
}

function refusalOfParameters({ count = 1, startedBy = '', clientToken, tags = [] }: RunTaskInput): string | undefined {
  if (!Number.isInteger(count) || count < 1 || count > 10) return 'Count must be a number from 1 to 10.';
  if (!/^[A-Za-z0-9_/-]{0,128}$/.test(startedBy)) return 'startedBy must be at most 128 of letters, digits, - _ and /.';
  if (clientToken !== undefined && !/^[!-~]{0,64}$/.test(clientToken)) return 'clientToken is longer than 64.';
  return tags.length > 50 ? 'A resource can have at most 50 tags.' : undefined;
}

function refusalOfLaunch(
  input: RunTaskInput,
  cluster: Cluster,
  definition: RegisteredTaskDefinition,
): string | undefined {
  const network = input.networkConfiguration?.awsvpcConfiguration;
  const providers = strategyOf(input, cluster);
  if (input.launchType !== undefined && (input.capacityProviderStrategy ?? []).length > 0) {
    return 'Specifying both a launch type and capacity provider strategy is not supported';
  }
  if (input.launchType !== 'FARGATE' && providers.length === 0) {
    return 'No Container Instances were found in your cluster.';
  }
  const strange = providers.find(
    (name) => !cluster.capacityProviders.includes(name) || !CAPACITY_PROVIDERS.includes(name),
  );
  if (strange !== undefined) return `The capacity provider ${strange} is not associated with the cluster.`;
  if (!definition.requiresCompatibilities?.includes('FARGATE')) {
    return 'Task definition does not support launch_type FARGATE.';
  }
  if (network === undefined) return "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
  if ((network.subnets ?? []).length === 0) return 'subnets can not be empty.';
  if ((network.subnets ?? []).length > 16) return 'subnets can have at most 16 items.';
  if ((network.securityGroups ?? []).length > 5) return 'securityGroups can have at most 5 items.';
  const names = definition.containerDefinitions.map(({ name }) => name);
  const stray = input.overrides?.containerOverrides?.find(({ name }) => !names.includes(name ?? ''));
  return stray && `Override for container named ${stray.name} is not a container in the TaskDefinition.`;
}

/** Starts the tasks, or gives those that the same token started before. */
function applyRunTask(account: Account, call: Call<RunTaskInput>): object {
  const { input, at } = call;
  const used = rememberedToken(account, call);
  const arns = used?.taskArns ?? startTasks(account, call);
  if (input.clientToken !== undefined && used === undefined) {
    account.clientTokens.set(tokenKey(call), { at, parameters: parametersOf(input), taskArns: arns });
  }
  const tasks = arns.map((taskArn) => account.tasks.get(taskArn) as TaskRecord);
  return { tasks: tasks.filter((task) => isShown(task, at)).map((task) => taskAt(task, at)), failures: [] };
}

function startTasks(account: Account, call: Call<RunTaskInput>): readonly string[] {
  const { input, region, at, speed, behaviours } = call;
  const cluster = clusterOf(account, call);
  const definition = findTaskDefinition(account, region, input.taskDefinition) as RegisteredTaskDefinition;
  const lacksLogGroup = !prepareLogGroups(account, definition, at);
  const [capacityProviderName] = input.launchType === undefined ? strategyOf(input, cluster) : [];
  return Array.from({ length: input.count ?? 1 }, (_, ordinal) => {
    const seed = `${account.changes}:${ordinal}`;
    const taskArn = arn('ecs', region, `task/${cluster.clusterName}/${hexadecimal(32, `task:${seed}`)}`);
    account.tasks.set(taskArn, {
      taskArn,
      clusterArn: cluster.clusterArn,
      region,
      definition,
      network: networkFor(account, call, seed),
      request: input,
      ...(capacityProviderName === undefined ? {} : { capacityProviderName }),
      createdAt: at,
      speed,
      behaviours,
      lacksLogGroup,
      tags: [...(input.propagateTags === 'TASK_DEFINITION' ? definition.tags : []), ...(input.tags ?? [])],
    });
    return taskArn;
  });
}

function networkFor(account: Account, { input, region, at }: Call<RunTaskInput>, seed: string): TaskNetwork {
  const { subnets = [], securityGroups = [], assignPublicIp } = input.networkConfiguration?.awsvpcConfiguration ?? {};
  const place = knownSubnet(subnets[numberBelow(subnets.length, `place:${seed}`)] as string, region);
  const groups = securityGroups.length === 0 ? [defaultSecurityGroup(region).groupId] : securityGroups;
  const taken = [...account.tasks.values()]
    .filter((task) => courseOf(task).end.stoppedAt > at)
    .flatMap(({ network }) => [network.privateAddress, network.publicAddress ?? '']);
  return attach(seed, place, groups, assignPublicIp === 'ENABLED', new Set(taken));
}

/** Makes the log groups that containers may make for themselves; whether all that they need are there. */
function prepareLogGroups(account: Account, definition: RegisteredTaskDefinition, at: number): boolean {
  const needed = definition.containerDefinitions.flatMap((container) => awslogsOf(container) ?? []);
  for (const { groupArn, group, createGroup } of needed) {
    if (createGroup && !account.logGroups.has(groupArn)) createLogGroup(account, groupArn, group, at);
  }
  return needed.every(({ groupArn }) => account.logGroups.has(groupArn));
}

/** The capacity providers that are asked for, the one to use first. */
function strategyOf({ launchType, capacityProviderStrategy }: RunTaskInput, cluster: Cluster): readonly string[] {
  if (launchType !== undefined) return [];
  const items = capacityProviderStrategy?.length ? capacityProviderStrategy : cluster.defaultCapacityProviderStrategy;
  return items
    .toSorted((a, b) => (b.base ?? 0) - (a.base ?? 0) || (b.weight ?? 0) - (a.weight ?? 0))
    .map(({ capacityProvider }) => capacityProvider);
}

function rememberedToken(account: Account, call: Call<RunTaskInput>): ClientToken | undefined {
  const token = call.input.clientToken === undefined ? undefined : account.clientTokens.get(tokenKey(call));
  return token !== undefined && call.at - token.at < TOKEN_LIFE ? token : undefined;
}

function tokenKey({ region, input }: Call<RunTaskInput>): string {
  return `${region}:${input.cluster ?? 'default'}:${input.clientToken}`;
}

/** What has to be the same for a token to mean the same request. */
function parametersOf({ clientToken: _, ...parameters }: RunTaskInput): string {
  return JSON.stringify(parameters, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
