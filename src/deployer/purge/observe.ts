import type { Account, Revision } from '../account.ts';
import type { ClusterState } from '../cluster/cluster-account.ts';
import { defaultCluster } from '../desired.ts';
import { projectTags } from '../ownership.ts';
import { type Located, type NamedSecret, type Traces, tracesOf } from './traces.ts';

/** What a project keeps outside its tasks, and whose it is: asked of AWS. */
export interface PurgeObservation {
  /** What the files and all revisions of the family name. */
  readonly traces: Traces;
  /** All revisions of the family, whoever registered them, the oldest first. */
  readonly revisions: readonly Revision[];
  readonly logGroups: readonly Tagged[];
  readonly repositories: readonly Tagged[];
  /** Those that carry the project's tag. */
  readonly secrets: readonly NamedSecret[];
  /** The cluster, if it is the one that `up` makes. */
  readonly cluster?: ClusterState;
}

/** What there is of a name, with its tags. */
export interface Tagged extends Located {
  readonly tags: ReadonlyMap<string, string>;
}

/** Where and what to look for: `definitions` are those of the files. */
export type Sought = Parameters<typeof tracesOf>[1] & {
  readonly family: string;
  /** Name or ARN. */
  readonly cluster: string;
  readonly definitions: Parameters<typeof tracesOf>[0];
};

/** So many revisions are asked for at once: ECS answers 20 such calls a second, and 50 for a moment. */
const atOnce = 10;

/** Looks for all that a project keeps outside its tasks; changes nothing. */
export async function observePurge(account: Account, sought: Sought): Promise<PurgeObservation> {
  const revisions = await allRevisions(account, sought.family);
  const definitions = [...sought.definitions, ...revisions.map(({ definition }) => definition)];
  const traces = tracesOf(definitions, sought);
  const [logGroups, repositories, secrets, cluster] = await Promise.all([
    tagged(traces.logGroups, (group) => account.logGroupTags(group)),
    tagged([...traces.repositories, ...traces.otherRepositories], async ({ name, region }) =>
      (await account.registry(region)).repositoryTags(name),
    ),
    ownSecrets(account, sought.project),
    sought.cluster === defaultCluster ? account.clusterState(sought.cluster) : undefined,
  ]);
  return { traces, revisions, logGroups, repositories, secrets, ...(cluster === undefined ? {} : { cluster }) };
}

async function allRevisions(account: Account, family: string): Promise<readonly Revision[]> {
  const [inactive, active] = await Promise.all([
    account.revisionsOf(family, 'INACTIVE'),
    account.revisionsOf(family, 'ACTIVE'),
  ]);
  const arns = [...inactive, ...active];
  const revisions: Revision[] = [];
  for (let at = 0; at < arns.length; at += atOnce) {
    revisions.push(...(await Promise.all(arns.slice(at, at + atOnce).map((arn) => account.revision(arn)))));
  }
  return revisions.toSorted((a, b) => a.number - b.number);
}

/** Those of the names behind which there is something. */
async function tagged(
  names: readonly Located[],
  tagsOf: (name: Located) => Promise<ReadonlyMap<string, string> | undefined>,
): Promise<readonly Tagged[]> {
  const found = await Promise.all(names.map(async (name) => ({ ...name, tags: await tagsOf(name) })));
  return found.flatMap(({ tags, ...name }) => (tags === undefined ? [] : { ...name, tags }));
}

async function ownSecrets(account: Account, project: string): Promise<readonly NamedSecret[]> {
  const found = await Promise.all(
    (['secrets-manager', 'ssm'] as const).map(async (store) => {
      const names = await (await account.secretStore(store)).tagged(projectTags(project));
      return names.map((name) => ({ store, name }));
    }),
  );
  return found.flat();
}
