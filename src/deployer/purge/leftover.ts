import { defaultCluster } from '../desired.ts';
import type { UseElsewhere } from '../elsewhere/observe.ts';
import type { SecurityGroup } from '../network/network.ts';
import { hasProjectTag } from '../ownership.ts';
import type { SecretStoreKind } from '../secret/secret-store.ts';
import type { Located, Traces } from './traces.ts';

/** What is still there when a project has been taken down. */
export interface Leftover extends Located {
  readonly kind:
    | 'revision'
    | 'log-group'
    | 'repository'
    | 'secret'
    | 'role'
    | 'parameter'
    | 'cluster'
    | 'security-group'
    | 'file-system';
  readonly why: WhyLeft;
  /** By whom, or by whom perhaps; absent unless it is used elsewhere. */
  readonly uses?: readonly UseElsewhere[];
}

/**
 * Why it is still there: it is kept unless a purge is asked for, it has a name of the project's but not its tags, others
 * use it, the project itself does or may do so in another cluster, or it is never removed.
 */
export type WhyLeft = 'kept' | 'foreign' | 'in-use' | 'used-elsewhere' | 'never-removed';

/** What each store calls what it holds. */
export const secretKinds: Readonly<Record<SecretStoreKind, 'secret' | 'parameter'>> = {
  'secrets-manager': 'secret',
  ssm: 'parameter',
};

/** What is known of a project that is taken down without a purge. */
export interface TakenDown {
  readonly project: string;
  readonly region: string;
  /** Name or ARN. */
  readonly cluster: string;
  readonly traces: Traces;
  /** `family:number` of the revisions that are known: those that ran, and the newest. */
  readonly revisions: readonly string[];
  /** The security groups that have the name of the project's own. */
  readonly groups: readonly SecurityGroup[];
  /** The roles that the project has made for the secrets of registries. */
  readonly roles: readonly string[];
}

/** What stays of a project that is taken down without a purge, as far as it is known without asking for it. */
export function leftoversOf(found: TakenDown): readonly Leftover[] {
  const { project, region, cluster, traces, revisions, groups, roles } = found;
  const kept = (kind: Leftover['kind'], names: readonly Located[]) =>
    names.map((one) => ({ kind, ...one, why: 'kept' as const }));
  const here = (name: string) => ({ name, region });
  return [
    ...kept('revision', revisions.map(here)),
    ...kept('log-group', traces.logGroups),
    ...kept('repository', traces.repositories),
    ...traces.secrets.flatMap(({ store, name }) => kept(secretKinds[store], [here(name)])),
    ...keptRoles(roles, region),
    // No other is made for a project alone.
    ...kept('cluster', cluster === defaultCluster ? [here(cluster)] : []),
    ...foreignGroups(groups, project, region),
    ...fileSystems(traces, region),
  ];
}

/** The roles that stay with the secrets that they read. */
export function keptRoles(roles: readonly string[], region: string): readonly Leftover[] {
  return roles.map((name) => ({ kind: 'role', name, region, why: 'kept' }));
}

/** The security groups that somebody else gave the name of the project's own. */
export function foreignGroups(groups: readonly SecurityGroup[], project: string, region: string): readonly Leftover[] {
  return groups
    .filter(({ tags }) => !hasProjectTag(tags, project))
    .map(({ name, id }) => ({ kind: 'security-group', name: `${name} (${id})`, region, why: 'foreign' }));
}

/** What is in EFS is never the program's to remove. */
export function fileSystems({ fileSystems: ids }: Traces, region: string): readonly Leftover[] {
  return ids.map((name) => ({ kind: 'file-system', name, region, why: 'never-removed' }));
}
