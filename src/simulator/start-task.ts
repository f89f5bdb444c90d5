import type { Tag } from '../fargate/task-definition.ts';
import type { Account } from './account.ts';
import { courseOf } from './course.ts';
import { arn, hexadecimal, nameIn, numberBelow } from './identifiers.ts';
import { awslogsOf, createLogGroup } from './log-streams.ts';
import { attach, knownSubnet, type TaskNetwork } from './network.ts';
import type { Cluster } from './records/clusters.ts';
import type { LaunchInput, RegisteredTaskDefinition, TaskRecord } from './records/tasks.ts';
import { defaultSecurityGroup } from './security-group.ts';

/** All that a task begins with but what follows from it. */
type TaskStart = Omit<TaskRecord, 'taskArn' | 'network' | 'lacksLogGroup' | 'capacityProviderName'>;

/** Starts a task that nothing is wrong with; its identifiers follow from `seed`, which has to be its own. */
export function startTask(account: Account, start: TaskStart, seed: string): TaskRecord {
  const { clusterArn, region, definition, request, createdAt } = start;
  const [capacityProviderName] = strategyOf(request, account.clusters.get(clusterArn));
  const task: TaskRecord = {
    ...start,
    taskArn: arn('ecs', region, `task/${nameIn(clusterArn)}/${hexadecimal(32, `task:${seed}`)}`),
    network: networkFor(account, start, seed),
    lacksLogGroup: !prepareLogGroups(account, definition, createdAt),
    ...(capacityProviderName === undefined ? {} : { capacityProviderName }),
  };
  account.tasks.set(task.taskArn, task);
  return task;
}

/** The capacity providers that are asked for, the one to use first; none with a launch type. */
export function strategyOf(
  { launchType, capacityProviderStrategy }: LaunchInput,
  cluster: Cluster | undefined,
): readonly string[] {
  if (launchType !== undefined) return [];
  const items = capacityProviderStrategy?.length ? capacityProviderStrategy : cluster?.defaultCapacityProviderStrategy;
  return (items ?? [])
    .toSorted((a, b) => (b.base ?? 0) - (a.base ?? 0) || (b.weight ?? 0) - (a.weight ?? 0))
    .map(({ capacityProvider }) => capacityProvider);
}

/** The tags that ECS itself puts on a task when `enableECSManagedTags` says so. */
export function managedTags(clusterArn: string, serviceName?: string): readonly Tag[] {
  return [
    { key: 'aws:ecs:clusterName', value: nameIn(clusterArn) },
    ...(serviceName === undefined ? [] : [{ key: 'aws:ecs:serviceName', value: serviceName }]),
  ];
}

function networkFor(account: Account, { request, region, createdAt }: TaskStart, seed: string): TaskNetwork {
  const { subnets = [], securityGroups = [], assignPublicIp } = request.networkConfiguration?.awsvpcConfiguration ?? {};
  const place = knownSubnet(subnets[numberBelow(subnets.length, `place:${seed}`)] as string, region);
  const groups = securityGroups.length === 0 ? [defaultSecurityGroup(account, region).groupId] : securityGroups;
  const taken = [...account.tasks.values()]
    .filter((task) => courseOf(task).end.stoppedAt > createdAt)
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
