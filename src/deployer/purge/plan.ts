import { revisionName } from '../account.ts';
import { hasProjectTag, isOfSomeProject, isOwnRevision } from '../ownership.ts';
import { fileSystems, type Leftover, secretKinds, type WhyLeft } from './leftover.ts';
import type { PurgeObservation, Tagged } from './observe.ts';
import type { PurgeOperation } from './operation.ts';
import type { Located } from './traces.ts';

/** What a purge removes, and what stays all the same. */
export interface PurgePlan {
  readonly operations: readonly PurgeOperation[];
  readonly leftovers: readonly Leftover[];
}

interface Purged {
  readonly project: string;
  readonly region: string;
  /** How many tasks and services of the cluster are the project's own, and go before. */
  readonly own: { readonly tasks: number; readonly services: number };
}

/**
 * The plan that removes what a project has kept outside its tasks, where its tags say that it is the project's. It is
 * pure. Revisions come late: a purge that was cut short finds by them what they name.
 */
export function planPurge(observed: PurgeObservation, purged: Purged): PurgePlan {
  const { project, region } = purged;
  const { traces, revisions, logGroups, repositories, secrets } = observed;
  const isOwn = ({ tags }: Tagged) => hasProjectTag(tags, project);
  const ownRevisions = revisions.filter((one) => isOwnRevision(one, project));
  const cluster = clusterOf(observed, purged);
  const foreign = (kind: Leftover['kind'], { name, region: at }: Located): Leftover => ({
    kind,
    name,
    region: at,
    why: 'foreign',
  });
  const isNamed = ({ name, region: at }: Located) =>
    traces.repositories.some((one) => one.name === name && one.region === at);
  return {
    operations: [
      ...logGroups.filter(isOwn).map(({ tags: _, ...group }) => ({ kind: 'delete-log-group', group }) as const),
      ...repositories
        .filter(isOwn)
        .map(({ tags: _, ...repository }) => ({ kind: 'delete-repository', repository }) as const),
      ...secrets.map((secret) => ({ kind: 'delete-secret', secret }) as const),
      ...(ownRevisions.length === 0
        ? []
        : [
            {
              kind: 'delete-revisions',
              revisions: ownRevisions.map(({ arn }) => arn),
              active: ownRevisions.filter(({ inactive }) => !inactive).map(({ arn }) => arn),
            } as const,
          ]),
      ...(cluster === 'own' && observed.cluster !== undefined
        ? [{ kind: 'delete-cluster', cluster: observed.cluster.name } as const]
        : []),
    ],
    leftovers: [
      ...revisions
        .filter((one) => !ownRevisions.includes(one))
        .map(({ arn }) => foreign('revision', { name: revisionName(arn), region })),
      ...logGroups.filter((one) => !isOwn(one)).map((one) => foreign('log-group', one)),
      ...repositories.filter((one) => !isOwn(one) && isNamed(one)).map((one) => foreign('repository', one)),
      ...traces.secrets
        .filter(({ store, name }) => !secrets.some((own) => own.store === store && own.name === name))
        .map(({ store, name }) => foreign(secretKinds[store], { name, region })),
      ...(cluster === undefined || cluster === 'own' || observed.cluster === undefined
        ? []
        : [{ kind: 'cluster', name: observed.cluster.name, region, why: cluster } as const]),
      ...fileSystems(traces, region),
    ],
  };
}

/** Whether the cluster is to go, or why it stays; undefined where it is no concern of ours. */
function clusterOf({ cluster }: PurgeObservation, { project, own }: Purged): 'own' | WhyLeft | undefined {
  if (cluster === undefined) return undefined;
  // Whoever made it without us does not expect that it goes with a project.
  if (!hasProjectTag(cluster.tags, project)) return isOfSomeProject(cluster.tags) ? 'foreign' : undefined;
  return cluster.tasks > own.tasks || cluster.services > own.services ? 'in-use' : 'own';
}
