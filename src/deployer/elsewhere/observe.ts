import { type Account, familyOf, serviceOf } from '../account.ts';
import { type AwsError, isAwsError } from '../aws/aws-error.ts';
import { clusterName } from '../cluster/cluster-settings.ts';
import { type ClusterContents, contentsOf } from '../cluster/observe-cluster.ts';
import { hasProjectTag } from '../ownership.ts';

/** Who else needs what a project has made: in another cluster or under another family; or that it could not be seen. */
export type UseElsewhere =
  | { readonly by: 'tasks' | 'service'; readonly family: string; readonly cluster: string }
  | {
      readonly by: 'unknown';
      readonly family: string;
      /** The cluster that may not be looked into; absent where it may not be asked which there are. */
      readonly cluster?: string;
      /** The IAM action that it takes. */
      readonly permission: string;
    };

/** What a command is about. */
interface Subject {
  /** Name or ARN. */
  readonly cluster: string;
  readonly family: string;
}

/** So many clusters are looked into at once: ECS answers 20 such calls a second, and 100 for a moment. */
const atOnce = 10;

/**
 * Who uses a family in the other clusters of the region: a service of its name, which may have no tasks at the moment, or
 * tasks that ECS wants running, whoever started them, since they may run any revision of the family with its roles.
 */
export function usesElsewhere(account: Account, subject: Subject): Promise<readonly UseElsewhere[]> {
  const { family } = subject;
  return inOtherClusters(account, subject, async (cluster) => {
    const by = await userIn(account, cluster, family);
    return by === undefined ? [] : [{ by, family, cluster }];
  });
}

/**
 * Who else uses what belongs to a project in a region: those that `usesElsewhere` finds, and in all clusters, its own
 * too, the services and the tasks of other families that carry the project's tag.
 */
export async function usesOfProject(
  account: Account,
  subject: Subject & { readonly project: string },
): Promise<readonly UseElsewhere[]> {
  const usesIn = async (cluster: string) => {
    const contents = await contentsOf(account, cluster);
    return contents === undefined ? [] : usesAmong(contents, { ...subject, cluster });
  };
  const here = await usesIn(clusterName(subject.cluster));
  const others = here.filter(({ family }) => family !== subject.family);
  return [...others, ...(await inOtherClusters(account, subject, usesIn))];
}

/** What is found in the other clusters of the region, and which of them may not be looked into. */
async function inOtherClusters(
  account: Account,
  { cluster, family }: Subject,
  usesIn: (cluster: string) => Promise<readonly UseElsewhere[]>,
): Promise<readonly UseElsewhere[]> {
  const names = await ifAllowed(() => account.clusterNames());
  if (isAwsError(names)) return [{ by: 'unknown', family, permission: names.action }];
  const others = names.filter((name) => name !== clusterName(cluster));
  const uses: UseElsewhere[] = [];
  for (let at = 0; at < others.length; at += atOnce) {
    const found = await Promise.all(
      others.slice(at, at + atOnce).map(async (name): Promise<readonly UseElsewhere[]> => {
        const seen = await ifAllowed(() => usesIn(name));
        return isAwsError(seen) ? [{ by: 'unknown', family, cluster: name, permission: seen.action }] : seen;
      }),
    );
    uses.push(...found.flat());
  }
  return uses;
}

/** Who uses in a cluster what belongs to a project: its services, and the families whose tasks run beside them. */
function usesAmong(
  { services, tasks }: ClusterContents,
  { cluster, family, project }: Subject & { readonly project: string },
): readonly UseElsewhere[] {
  const names = services
    .filter(
      ({ name, tags, revisionArn }) =>
        hasProjectTag(tags, project) || (name === family && familyOf(revisionArn) === family),
    )
    .map(({ name }) => name);
  const families = tasks
    .filter(({ tags, revisionArn }) => hasProjectTag(tags, project) || familyOf(revisionArn) === family)
    .filter((task) => !names.includes(serviceOf(task) ?? ''))
    .map(({ revisionArn }) => familyOf(revisionArn));
  return [
    ...names.map((name) => ({ by: 'service', family: name, cluster }) as const),
    ...[...new Set(families)].map((name) => ({ by: 'tasks', family: name, cluster }) as const),
  ];
}

async function userIn(account: Account, cluster: string, family: string): Promise<'tasks' | 'service' | undefined> {
  try {
    const service = await account.describeService(cluster, family);
    if (service?.status === 'ACTIVE' && familyOf(service.revisionArn) === family) return 'service';
    return (await account.listTasks(cluster, family, 'RUNNING')).length > 0 ? 'tasks' : undefined;
  } catch (error) {
    // It was deleted a moment ago.
    if (isAwsError(error, 'ClusterNotFoundException')) return undefined;
    throw error;
  }
}

/** What a call answers, or its refusal where the permission for it is missing. */
async function ifAllowed<T>(call: () => Promise<T>): Promise<T | AwsError> {
  try {
    return await call();
  } catch (error) {
    if (isAwsError(error, 'AccessDenied', 'AccessDeniedException')) return error;
    throw error;
  }
}
