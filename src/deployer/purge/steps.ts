import { revisionName } from '../account.ts';
import { isAwsError } from '../aws/aws-error.ts';
import type { ExecuteOptions, Steps } from '../step.ts';
import type { PurgeOperation } from './operation.ts';

/**
 * ECS takes so many calls of DeregisterTaskDefinition at once, and then one after so many milliseconds.
 * Source: ECS API Reference, "Request throttling for the Amazon ECS API".
 */
const deregisteredAtOnce = 20;
const deregisterPause = 1_000;

/** How often, and after how many milliseconds each time, a cluster is tried again whose last tasks are still going. */
const clusterAttempts = 12;
const clusterPause = 5_000;

/** The steps that remove what a project has kept outside its tasks. What is gone already is no error. */
export const purgeSteps: Steps<PurgeOperation['kind']> = {
  async 'delete-log-group'({ group }, _, { account }) {
    await account.deleteLogGroup(group);
    return { result: group.name };
  },
  async 'delete-repository'({ repository: { name, region } }, _, { account }) {
    await (await account.registry(region)).deleteRepository(name);
    return { result: name };
  },
  async 'delete-secret'({ secret: { store, name } }, _, { account }) {
    await (await account.secretStore(store)).delete(name);
    return { result: name };
  },
  async 'delete-revisions'({ revisions, active }, { tasks }, { account, clock, signal }) {
    for (const [index, arn] of active.entries()) {
      if (index >= deregisteredAtOnce) await clock.sleep(deregisterPause, signal);
      if (signal.aborted) return { verdict: { kind: 'interrupted', tasks } };
      await account.deregisterRevision(arn);
    }
    await account.deleteRevisions(revisions);
    return { result: revisions.map(revisionName).join(', ') };
  },
  async 'delete-cluster'({ cluster }, _, options) {
    if (await deleteCluster(cluster, options)) return { result: cluster };
    options.emit({ code: 'cluster/left', level: 'warning', data: { cluster } });
    return {};
  },
};

/** Whether the cluster is gone; false where somebody else's services or tasks are in it. */
async function deleteCluster(cluster: string, { account, clock, signal }: ExecuteOptions): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await account.deleteCluster(cluster);
      return true;
    } catch (error) {
      if (isAwsError(error, 'ClusterNotFoundException')) return true;
      if (!isAwsError(error, 'ClusterContainsServicesException', 'ClusterContainsTasksException')) throw error;
      if (attempt === clusterAttempts || signal.aborted) return false;
      await clock.sleep(clusterPause, signal);
    }
  }
}
