import type { ContainerDefinition } from '../../fargate/task-definition.ts';
import type { NetworkSettings, Task } from '../../transformer/task.ts';
import type { Account } from '../account.ts';
import { isAwsError } from '../aws/aws-error.ts';
import { defaultCluster } from '../desired.ts';
import { clusterName, clusterTag, stackName } from './cluster-settings.ts';
import { outputs } from './cluster-template.ts';
import type { StackState } from './stacks.ts';

/** What a cluster's stack offers to the tasks that run there. */
export interface ClusterOffer {
  readonly stack: string;
  readonly subnets?: readonly string[];
  readonly securityGroups?: readonly string[];
  readonly assignPublicIp?: 'ENABLED' | 'DISABLED';
  readonly executionRole?: string;
  readonly logGroup?: string;
}

/**
 * What the stack of a cluster offers; undefined where `cluster up` has not made it. The cluster `default` has none, and
 * nobody needs the permission to look for one.
 */
export async function clusterOffer(account: Account, cluster: string): Promise<ClusterOffer | undefined> {
  const name = clusterName(cluster);
  if (name === defaultCluster) return undefined;
  const found = await describeStack(account, stackName(name));
  if (found === undefined || found.tags.get(clusterTag) !== name) return undefined;
  const value = (key: keyof typeof outputs) => found.outputs.get(outputs[key]);
  const list = (key: keyof typeof outputs) => value(key)?.split(',');
  const members = {
    subnets: list('subnets'),
    securityGroups: list('securityGroups'),
    assignPublicIp: value('assignPublicIp'),
    executionRole: value('executionRole'),
    logGroup: value('logGroup'),
  };
  return {
    stack: found.name,
    ...(Object.fromEntries(Object.entries(members).filter(([, one]) => one !== undefined)) as Partial<ClusterOffer>),
  };
}

async function describeStack(account: Account, name: string): Promise<StackState | undefined> {
  try {
    return await (await account.stacks()).stack(name);
  } catch (error) {
    if (isAwsError(error, 'AccessDenied', 'AccessDeniedException')) return undefined;
    throw error;
  }
}

/** Whether the files leave to the cluster where a task runs, or with which execution role. */
export function leavesToCluster({ run, definition, origins }: Task): boolean {
  return (
    run.network.subnets === undefined ||
    (definition.executionRoleArn !== undefined && isAssumed(origins, 'executionRoleArn'))
  );
}

/** A task with what the cluster's stack offers in place of what the files do not say, and the names of that. */
export function withOffer(task: Task, offer: ClusterOffer): { readonly task: Task; readonly uses: readonly string[] } {
  const { run, origins, definition } = task;
  const { subnets, executionRole, logGroup } = offer;
  const uses: string[] = [];
  let { network } = run;
  let { executionRoleArn, containerDefinitions } = definition;
  if (network.subnets === undefined && subnets !== undefined) {
    network = { ...networkOf(offer), ...network };
    uses.push('subnets', ...(run.network.securityGroups === undefined ? ['security groups'] : []));
  }
  if (executionRole !== undefined && isAssumed(origins, 'executionRoleArn')) {
    executionRoleArn = executionRole;
    uses.push('execution role');
  }
  const generated = (index: number) => isAssumed(origins, `containerDefinitions[${index}].logConfiguration`);
  if (logGroup !== undefined && containerDefinitions.some((_, index) => generated(index))) {
    containerDefinitions = containerDefinitions.map((container, index) =>
      generated(index) ? loggingTo(container, logGroup) : container,
    );
    uses.push('log group');
  }
  const role = executionRoleArn === undefined ? {} : { executionRoleArn };
  return {
    task: { ...task, run: { ...run, network }, definition: { ...definition, ...role, containerDefinitions } },
    uses,
  };
}

function networkOf({ subnets = [], securityGroups, assignPublicIp }: ClusterOffer): NetworkSettings {
  return {
    subnets,
    ...(securityGroups === undefined ? {} : { securityGroups }),
    ...(assignPublicIp === undefined ? {} : { assignPublicIp }),
  };
}

function loggingTo(container: ContainerDefinition, group: string): ContainerDefinition {
  const { logConfiguration } = container;
  if (logConfiguration === undefined) return container;
  const options = { ...logConfiguration.options, 'awslogs-group': group };
  return { ...container, logConfiguration: { ...logConfiguration, options } };
}

/** Whether a rule chose a value, where the files say nothing. */
function isAssumed(origins: Task['origins'], path: string): boolean {
  return origins.get(path)?.rule !== undefined;
}
