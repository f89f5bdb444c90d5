import {
  type BalancerObservation,
  findOwnRoles,
  foreignGroups,
  isShared,
  type Leftover,
  type Operation,
  observeOwnBalancer,
  ownGroupName,
  ownRolesAmong,
  type PurgePlan,
  registryRoles,
  removeOwnGroups,
  type SecurityGroup,
  type ServiceState,
  spareRoles,
  usesElsewhere,
  usesOfProject,
} from '../../deployer.ts';
import type { NetworkSettings } from '../../transformer/task.ts';
import type { OnlineContext } from './context.ts';
import { findPurge } from './purge.ts';
import { type Around, remainsOf } from './remains.ts';
import { Blocked, type Session } from './session.ts';

/** What stands around the tasks, and what removes that of it which the project has made. */
export interface Removal extends Around {
  readonly operations: readonly Operation[];
}

export const nothingAround: Removal = { operations: [], latest: undefined, groups: [], roles: [] };

/** What is done once the tasks have stopped, and what stays then. */
export interface Aftermath {
  readonly operations: readonly Operation[];
  readonly leftovers: readonly Leftover[];
  /** That part of it which cannot be undone. */
  readonly purge?: PurgePlan;
}

/** What is known of a project when its tasks are to go. */
interface Known {
  readonly removal: Removal;
  /** The ARNs of the revisions that its tasks run. */
  readonly revisions: readonly string[];
  /** What of the cluster's contents goes. */
  readonly own: { readonly tasks: number; readonly services: number };
  /** Whether what is kept otherwise goes too. */
  readonly purges: boolean;
}

/**
 * What goes when nothing of the project needs it any more in the cluster, and what stays: what other clusters of the
 * region need is left to them. Throws `Blocked` where a purge would take that away, or what another family needs.
 */
export async function aftermathOf(
  context: OnlineContext,
  session: Session,
  { removal, revisions, own, purges }: Known,
): Promise<Aftermath> {
  const { account, family, project, region } = session;
  const purge = purges ? await findPurge(context, session, own) : undefined;
  const removed = [...removal.operations, ...(purge?.operations ?? [])];
  const findUses = purges ? usesOfProject : usesElsewhere;
  const uses = removed.some(isShared) ? await findUses(account, session) : [];
  if (purge !== undefined) {
    if (uses.length > 0) throw new Blocked({ kind: 'purge-in-use-elsewhere', family, uses });
    const leftovers = [...foreignGroups(removal.groups, project, region), ...purge.leftovers];
    return { operations: removed, leftovers, purge };
  }
  const spared = spareRoles(removed, uses, region);
  const remains = remainsOf(context, session, removal, revisions);
  return { operations: spared.operations, leftovers: [...remains, ...spared.leftovers] };
}

/** How what stands around the tasks is looked for. */
interface Looking {
  /** The security group of the load balancer. */
  readonly ofBalancer: SecurityGroup | undefined;
  /** Whether what is kept otherwise goes too. */
  readonly purges: boolean;
}

/** The load balancer of the project's service, where it may have one. */
export function ownBalancer(
  { task }: OnlineContext,
  session: Session,
  service: ServiceState | undefined,
): Promise<BalancerObservation | undefined> {
  return observeOwnBalancer(session.account, session, service, task.run.service?.applicationLoadBalancer !== undefined);
}

/** The project's security groups and roles. That of its load balancer comes last, since the tasks' own names it. */
export async function removeOwn(
  { task }: OnlineContext,
  session: Session,
  { ofBalancer, purges }: Looking,
): Promise<Removal> {
  const { account, family, project, region } = session;
  const [ofTasks, latest] = await Promise.all([ownGroups(task.run.network, session), account.latestRevision(family)]);
  const roles = await findOwnRoles(account, { family, project, region, task, latest, thoroughly: purges });
  const definitions = [task.definition, ...(latest === undefined ? [] : [latest.definition])];
  const others = registryRoles(definitions).filter((role) => !roles.includes(role));
  const ofRegistries = await ownRolesAmong(account, others, project);
  const groups = ofBalancer === undefined ? ofTasks : [...ofTasks, ofBalancer];
  const operations = [
    ...removeOwnGroups(groups, project),
    ...[...roles, ...(purges ? ofRegistries : [])].map((role) => ({ kind: 'delete-role', role }) as const),
  ];
  return { operations, latest, groups, roles: purges ? [] : ofRegistries };
}

/** The security groups that have the name of the project's own; none where the files say where its tasks are. */
async function ownGroups(
  { subnets, securityGroups }: NetworkSettings,
  session: Session,
): Promise<readonly SecurityGroup[]> {
  if (subnets !== undefined || securityGroups !== undefined) return [];
  return (await session.account.network()).securityGroupsNamed(ownGroupName(session));
}
