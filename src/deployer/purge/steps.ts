import { revisionName } from '../account.ts';
import type { Steps } from '../step.ts';
import { removeWhenUnused } from '../when-unused.ts';
import type { PurgeOperation } from './operation.ts';

/**
 * ECS takes so many calls of DeregisterTaskDefinition at once, and then one after so many milliseconds.
 * Source: ECS API Reference, "Request throttling for the Amazon ECS API".
 */
const deregisteredAtOnce = 20;
const deregisterPause = 1_000;

/** For how many milliseconds a cluster is tried again whose last tasks are still going. */
const clusterTimeout = 60_000;

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
    const refusal = await removeWhenUnused(options, () => options.account.deleteCluster(cluster), {
      inUse: ['ClusterContainsServicesException', 'ClusterContainsTasksException'],
      timeout: clusterTimeout,
    });
    if (refusal === undefined) return { result: cluster };
    options.emit({ code: 'cluster/left', level: 'warning', data: { cluster } });
    return {};
  },
};
