import type { NetworkSettings, PublishedPort } from '../../transformer/task.ts';
import type { Placement } from '../account.ts';
import { offered } from '../addresses.ts';
import { type GroupOwner, hasProjectTag, ownGroupName } from '../ownership.ts';
import {
  type BalancedPort,
  type Exposure,
  hasOwnGroup,
  ingressChanges,
  ingressRules,
  withheldPorts,
} from './ingress.ts';
import { admits, type SecurityGroup } from './network.ts';
import type { NetworkObservation } from './observe.ts';
import type { NetworkOperation } from './operation.ts';

/** Where the tasks of a plan are put. */
export interface PlannedNetwork {
  /** Without groups until the plan has made the project's own. */
  readonly placement: Placement;
  /** The groups of the tasks that are known before the plan is carried out. */
  readonly securityGroups: readonly SecurityGroup[];
  /** What is done about the project's own group before tasks run. */
  readonly operations: readonly NetworkOperation[];
  /** The published ports that the groups which were found admit nobody to, or not the load balancer before them. */
  readonly closed: readonly PublishedPort[];
  /** Those of databases and caches, which the project's own group keeps closed. */
  readonly withheld: readonly PublishedPort[];
  /** The port that a load balancer of the project's own is before. */
  readonly balanced?: BalancedPort;
}

/**
 * Decides where tasks are put, of what the files say and what was observed; undefined where there is no place. They get
 * a public address, for which AWS charges, where a subnet routes to an internet gateway: without one they could not
 * even fetch their images there.
 */
export function planNetwork(
  exposure: Exposure,
  observed: NetworkObservation | undefined,
  owner: GroupOwner,
): PlannedNetwork | undefined {
  const { network: given, published, balanced } = exposure;
  const { subnets = given.subnets ?? [], securityGroups = [], ownGroup } = observed ?? {};
  if (subnets.length === 0) return undefined;
  const routes = [...(observed?.routes?.values() ?? [])];
  const assignPublicIp = given.assignPublicIp ?? (routes.includes('internet-gateway') ? 'ENABLED' : 'DISABLED');
  const groups = hasOwnGroup(exposure) ? (ownGroup === undefined ? [] : [ownGroup]) : securityGroups;
  // Without a word of it, ECS takes the default group of the VPC.
  const ids = given.securityGroups ?? (ownGroup === undefined ? [] : [ownGroup.id]);
  return {
    placement: { subnets, assignPublicIp, ...(ids.length === 0 ? {} : { securityGroups: ids }) },
    securityGroups: groups,
    withheld: withheldPorts(exposure),
    ...(balanced === undefined ? {} : { balanced }),
    operations: hasOwnGroup(exposure) ? forOwnGroup(exposure, observed, owner) : [],
    closed:
      securityGroups.length === 0
        ? []
        : offered(published).filter(
            ({ containerPort: port, protocol }) =>
              !admits(groups, port, protocol, balanced?.port === port ? balanced.groupId : undefined),
          ),
  };
}

/** What makes the rules of the project's own group, if there is one, those that the files ask for. */
export function updateOwnGroup(
  exposure: Exposure,
  observed: NetworkObservation | undefined,
): readonly NetworkOperation[] {
  const group = observed?.ownGroup;
  if (group === undefined || !hasOwnGroup(exposure)) return [];
  const { missing, surplus } = ingressChanges(ingressRules(exposure), group.inbound);
  const { id, name } = group;
  return [
    ...(missing.length === 0 ? [] : [{ kind: 'authorize-ingress', name, group: id, rules: missing } as const]),
    ...(surplus.length === 0 ? [] : [{ kind: 'revoke-ingress', name, group: id, rules: surplus } as const]),
  ];
}

/** Whether a step keeps traffic out that a group has admitted. */
export function closes({ kind }: NetworkOperation): boolean {
  return kind === 'revoke-ingress';
}

/** What removes the project's own groups, once no task is in them; those of somebody else stay. */
export function removeOwnGroups(groups: readonly SecurityGroup[], project: string): readonly NetworkOperation[] {
  return groups
    .filter(({ tags }) => hasProjectTag(tags, project))
    .map(({ id, name }) => ({ kind: 'delete-security-group', name, group: id }));
}

/** The group that somebody else gave the name of the project's own; undefined where nobody did. */
export function foreignGroup(observed: NetworkObservation | undefined, project: string): SecurityGroup | undefined {
  const group = observed?.ownGroup;
  return group === undefined || hasProjectTag(group.tags, project) ? undefined : group;
}

/** Whether tasks that run already have a public address, as far as the files say: those in a default VPC do. */
export function assignsPublicIp({ assignPublicIp, subnets }: NetworkSettings): 'ENABLED' | 'DISABLED' {
  return assignPublicIp ?? (subnets === undefined ? 'ENABLED' : 'DISABLED');
}

function forOwnGroup(
  exposure: Exposure,
  observed: NetworkObservation | undefined,
  owner: GroupOwner,
): readonly NetworkOperation[] {
  if (observed?.ownGroup !== undefined) return updateOwnGroup(exposure, observed);
  const name = ownGroupName(owner);
  const rules = ingressRules(exposure);
  return [
    { kind: 'create-security-group', vpc: observed?.vpc ?? '', name },
    ...(rules.length === 0 ? [] : [{ kind: 'authorize-ingress', name, rules } as const]),
  ];
}
