import { type Account, revisionName } from '../account.ts';
import { type AwsError, isAwsError } from '../aws/aws-error.ts';
import { clusterName } from '../cluster/cluster-settings.ts';

/** Who needs in another cluster of the region what a project has made, or that it could not be seen. */
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

/** So many clusters are looked into at once: ECS answers 20 such calls a second, and 100 for a moment. */
const atOnce = 10;

/**
 * Who uses a family in the other clusters of the region: a service of its name, which may have no tasks at the moment, or
 * tasks that ECS wants running, whoever started them, since they may run any revision of the family with its roles.
 */
export async function usesElsewhere(
  account: Account,
  { cluster, family }: { readonly cluster: string; readonly family: string },
): Promise<readonly UseElsewhere[]> {
  const names = await ifAllowed(() => account.clusterNames());
  if (isAwsError(names)) return [{ by: 'unknown', family, permission: names.action }];
  const others = names.filter((name) => name !== clusterName(cluster));
  const uses: UseElsewhere[] = [];
  for (let at = 0; at < others.length; at += atOnce) {
    const found = await Promise.all(others.slice(at, at + atOnce).map((name) => usesIn(account, name, family)));
    uses.push(...found.flat());
  }
  return uses;
}

async function usesIn(account: Account, cluster: string, family: string): Promise<readonly UseElsewhere[]> {
  const user = await ifAllowed(() => userIn(account, cluster, family));
  if (user === undefined) return [];
  return [
    isAwsError(user) ? { by: 'unknown', family, cluster, permission: user.action } : { by: user, family, cluster },
  ];
}

async function userIn(account: Account, cluster: string, family: string): Promise<'tasks' | 'service' | undefined> {
  try {
    const service = await account.describeService(cluster, family);
    const isOfFamily = service?.status === 'ACTIVE' && revisionName(service.revisionArn).startsWith(`${family}:`);
    if (isOfFamily) return 'service';
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
