import type { Account } from './account.ts';
import { arn, hexadecimal } from './identifiers.ts';
import { createLogGroup, logGroupArn } from './log-streams.ts';
import { whyOccupied } from './operations/clusters.ts';
import type { StackEvent, StackRecord } from './records/stacks.ts';

/** What a resource of a type does to the rest of the account, and what keeps it from being made or deleted. */
interface TypeEffects {
  create?(account: Account, stack: StackRecord, event: StackEvent): void;
  delete?(account: Account, stack: StackRecord, event: StackEvent): void;
  /** CloudFormation's words for why one cannot be made, or deleted; undefined where it can. */
  whyNotCreate?(account: Account, stack: StackRecord, physicalId: string): string | undefined;
  whyNotDelete?(account: Account, stack: StackRecord, physicalId: string, now: number): string | undefined;
}

/** An account may have so many VPCs in a region; one of them is the default VPC. */
const VPC_QUOTA = 5;

const EFFECTS: Readonly<Record<string, TypeEffects>> = {
  'AWS::EC2::VPC': {
    whyNotCreate({ stacks }, { region }) {
      const made = [...stacks.values()].filter((one) => one.region === region && hasVpc(one)).length;
      if (made + 1 < VPC_QUOTA) return undefined;
      return said(
        'The maximum number of VPCs has been reached. (Service: Ec2, Status Code: 400)',
        'ServiceLimitExceeded',
      );
    },
  },
  'AWS::ECS::Cluster': {
    create({ clusters }, { region, tags }, { physicalId: clusterName }) {
      const clusterArn = arn('ecs', region, `cluster/${clusterName}`);
      clusters.set(clusterArn, {
        clusterArn,
        clusterName,
        status: 'ACTIVE',
        settings: [{ name: 'containerInsights', value: 'disabled' }],
        capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
        tags,
      });
    },
    delete({ clusters }, { region }, { physicalId }) {
      const cluster = clusters.get(arn('ecs', region, `cluster/${physicalId}`));
      if (cluster !== undefined) cluster.status = 'INACTIVE';
    },
    whyNotCreate({ clusters }, { region }, name) {
      return clusters.get(arn('ecs', region, `cluster/${name}`))?.status === 'ACTIVE'
        ? taken('AWS::ECS::Cluster', 'ClusterName', name)
        : undefined;
    },
    whyNotDelete(account, { region }, name, now) {
      const cluster = account.clusters.get(arn('ecs', region, `cluster/${name}`));
      const refusal = cluster && whyOccupied(account, cluster, now);
      if (refusal === undefined) return undefined;
      const detail = `(Service: AmazonECS; Status Code: 400; Error Code: ${refusal.code})`;
      return said(
        `Error occurred during operation 'DeleteClusters SDK error: ${refusal.message} ${detail}'.`,
        'GeneralServiceException',
      );
    },
  },
  'AWS::Logs::LogGroup': {
    create(account, { region }, { physicalId, at }) {
      createLogGroup(account, logGroupArn(region, physicalId), physicalId, at);
    },
    delete({ logGroups }, { region }, { physicalId }) {
      logGroups.delete(logGroupArn(region, physicalId));
    },
    whyNotCreate({ logGroups }, { region }, name) {
      return logGroups.has(logGroupArn(region, name)) ? taken('AWS::Logs::LogGroup', 'LogGroupName', name) : undefined;
    },
  },
};

/** Does to the account what stacks have done to it by a moment. */
export function settleStacks(account: Account, now: number): void {
  for (const stack of account.stacks.values()) {
    for (const event of stack.story) {
      if (event.effect === undefined || event.at > now) continue;
      EFFECTS[event.type]?.[event.effect]?.(account, stack, event);
      delete event.effect;
    }
  }
}

/** Why a resource cannot be made in the account as it is, in CloudFormation's words; undefined where it can. */
export function whyNotCreate(
  account: Account,
  stack: StackRecord,
  type: string,
  physicalId: string,
): string | undefined {
  return EFFECTS[type]?.whyNotCreate?.(account, stack, physicalId);
}

/** As `whyNotCreate`, for one that is to be deleted. */
export function whyNotDelete(
  account: Account,
  stack: StackRecord,
  type: string,
  physicalId: string,
  now: number,
): string | undefined {
  return EFFECTS[type]?.whyNotDelete?.(account, stack, physicalId, now);
}

function hasVpc({ story }: StackRecord): boolean {
  const last = story.findLast(({ type }) => type === 'AWS::EC2::VPC');
  return last !== undefined && last.status !== 'DELETE_COMPLETE' && last.status !== 'CREATE_FAILED';
}

function taken(type: string, property: string, name: string): string {
  const identifier = `{"/properties/${property}":"${name}"}`;
  return said(`Resource of type '${type}' with identifier '${identifier}' already exists.`, 'AlreadyExists');
}

function said(message: string, code: string): string {
  return `Resource handler returned message: "${message}" (RequestToken: ${hexadecimal(32, message)}, HandlerErrorCode: ${code})`;
}
