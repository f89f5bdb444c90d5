import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { knownSubnet } from '../network.ts';
import type { Cluster } from '../records/clusters.ts';
import type { LaunchInput, RegisteredTaskDefinition } from '../records/tasks.ts';
import { knownSecurityGroup } from '../security-group.ts';
import { strategyOf } from '../start-task.ts';
import { NOT_ASSOCIATED } from './clusters.ts';
import { findTaskDefinition } from './task-definitions.ts';

const PLATFORM_VERSIONS = ['LATEST', '1.4.0', '1.3.0'];

/** The revision that tasks are to be started from; refuses one that is not there or deregistered. */
export function launchableDefinition(account: Account, { region, at }: Call, name: string): RegisteredTaskDefinition {
  const definition = findTaskDefinition(account, region, name);
  if (definition === undefined) throw new ApiError('ClientException', 'TaskDefinition not found.');
  if (definition.status !== 'ACTIVE') throw new ApiError('ClientException', 'TaskDefinition is inactive');
  checkRoles(account, at, definition);
  return definition;
}

/** Refuses a role that was made a moment ago, or deleted. */
function checkRoles(account: Account, at: number, { executionRoleArn, taskRoleArn }: RegisteredTaskDefinition): void {
  for (const role of [executionRoleArn, taskRoleArn]) {
    if (role === undefined) continue;
    const { visibleAt = 0 } = account.roles.get(role) ?? {};
    if (at >= visibleAt && !account.deletedRoles.has(role)) continue;
    throw new ApiError(
      'ClientException',
      `ECS was unable to assume the role '${role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
    );
  }
}

/** Refuses on what and where tasks of a definition cannot start, one thing at a time. */
export function checkLaunch(
  account: Account,
  input: LaunchInput,
  cluster: Cluster,
  definition: RegisteredTaskDefinition,
  region: string,
): void {
  const refusal = refusalOfCompute(input, cluster, definition) ?? refusalOfNetwork(input);
  if (refusal !== undefined) throw new ApiError('InvalidParameterException', refusal);
  if (!PLATFORM_VERSIONS.includes(input.platformVersion ?? 'LATEST')) {
    throw new ApiError('PlatformUnknownException', 'The specified platform does not exist.');
  }
  const { subnets = [], securityGroups = [] } = input.networkConfiguration?.awsvpcConfiguration ?? {};
  for (const id of subnets) knownSubnet(id, region);
  for (const id of securityGroups) knownSecurityGroup(account, id, region);
}

function refusalOfCompute(
  input: LaunchInput,
  cluster: Cluster,
  definition: RegisteredTaskDefinition,
): string | undefined {
  const providers = strategyOf(input, cluster);
  if (input.launchType !== undefined && (input.capacityProviderStrategy ?? []).length > 0) {
    return 'Specifying both a launch type and capacity provider strategy is not supported';
  }
  if (input.launchType !== 'FARGATE' && providers.length === 0) {
    return 'No Container Instances were found in your cluster.';
  }
  if (providers.some((name) => !cluster.capacityProviders.includes(name))) return NOT_ASSOCIATED;
  return definition.requiresCompatibilities?.includes('FARGATE')
    ? undefined
    : 'Task definition does not support launch_type FARGATE.';
}

function refusalOfNetwork({ networkConfiguration }: LaunchInput): string | undefined {
  const network = networkConfiguration?.awsvpcConfiguration;
  if (network === undefined) return "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
  if ((network.subnets ?? []).length === 0) return 'subnets can not be empty.';
  if ((network.subnets ?? []).length > 16) return 'subnets can have at most 16 items.';
  return (network.securityGroups ?? []).length > 5 ? 'securityGroups can have at most 5 items.' : undefined;
}
