import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Account } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { balancersOf, targetGroup } from '../load-balancing.ts';
import { mappingsOf } from '../port-mappings.ts';
import type { ServiceConnectConfiguration, ServiceLoadBalancer, ServiceRegistry } from '../records/services.ts';

/** A service takes so many target groups (ECS Developer Guide, "Amazon ECS service quotas"). */
const MOST_TARGET_GROUPS = 5;

/** Refuses target groups that a service on Fargate cannot have, or that send traffic where no container listens. */
export function checkLoadBalancers(
  account: Account,
  region: string,
  loadBalancers: readonly ServiceLoadBalancer[] = [],
  { containerDefinitions }: Pick<TaskDefinition, 'containerDefinitions'>,
): void {
  if (loadBalancers.length > MOST_TARGET_GROUPS) {
    throw refused(`load balancers can have at most ${MOST_TARGET_GROUPS} items.`);
  }
  for (const { targetGroupArn, loadBalancerName, containerName, containerPort } of loadBalancers) {
    if (loadBalancerName !== undefined) throw refused('Classic Load Balancers are not supported with Fargate.');
    if (!/:targetgroup\/[^/]+\/\w+$/.test(targetGroupArn ?? '')) throw refused('Invalid target group arn.');
    const container = containerDefinitions.find(({ name }) => name === containerName);
    if (container === undefined) {
      throw refused(`The container ${containerName} does not exist in the task definition.`);
    }
    if (mappingsOf(container, containerPort ?? 0).length === 0) {
      throw refused(`The container ${containerName} did not have a container port ${containerPort} defined.`);
    }
    checkTargetGroup(account, targetGroupArn ?? '', region);
  }
}

/** Refuses a target group that is not there, that takes no addresses, or that no load balancer sends requests to. */
function checkTargetGroup(account: Account, targetGroupArn: string, region: string): void {
  const group = targetGroup(account, targetGroupArn, region);
  if (group === undefined) throw refused(`Unable to assume role and validate the specified targetGroupArn.`);
  if (group.targetType !== 'ip') {
    throw refused(
      `The provided target group ${targetGroupArn} has target type ${group.targetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
    );
  }
  if (balancersOf(account, group).length === 0) {
    throw refused(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`);
  }
}

/** Refuses registries that are not there, more than one, and a port where the records of the entry tell none. */
export function checkRegistries(account: Account, registries: readonly ServiceRegistry[] = []): void {
  if (registries.length > 1) throw refused('service registries can have at most 1 items.');
  for (const { registryArn = '', containerPort } of registries) {
    const entry = account.discoveryServices.get(registryArn);
    if (entry === undefined) throw refused(`The service registry ${registryArn} was not found.`);
    const hasPorts = entry.DnsConfig?.DnsRecords.some(({ Type }) => Type === 'SRV') ?? false;
    if (hasPorts && containerPort === undefined) {
      throw refused(
        "When specifying 'SRV' records, a value for 'containerName' and 'containerPort' or 'port' is needed.",
      );
    }
    if (!hasPorts && containerPort !== undefined) {
      throw refused("The values specified for serviceRegistries do not require a value for 'containerPort'.");
    }
  }
}

/** Refuses Service Connect without a namespace, of ports that have no name, and under more names than one. */
export function checkServiceConnect(
  configuration: ServiceConnectConfiguration | undefined,
  { containerDefinitions }: Pick<TaskDefinition, 'containerDefinitions'>,
): void {
  if (configuration === undefined || !configuration.enabled) return;
  if (configuration.namespace === undefined) throw refused('Namespace is missing');
  const names = containerDefinitions.flatMap(({ portMappings = [] }) => portMappings.map(({ name }) => name));
  for (const { portName, clientAliases = [] } of configuration.services ?? []) {
    if (!names.includes(portName)) {
      throw refused(`portName(${portName}) does not refer to any named PortMapping in the container definitions`);
    }
    if (clientAliases.length > 1) throw refused(`${clientAliases.length} clientAliases exceeds the max limit of 1`);
  }
}

function refused(message: string): ApiError {
  return new ApiError('InvalidParameterException', message);
}
