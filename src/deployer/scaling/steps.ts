import type { Account } from '../account.ts';
import { serviceMarks } from '../ownership.ts';
import type { Steps } from '../step.ts';
import type { ScalingOperation } from './operation.ts';

/** The steps that the auto scaling of a service needs. */
export const scalingSteps: Steps<ScalingOperation['kind']> = {
  async 'register-scalable-target'({ service, capacity, tags }, _, { account, cluster }) {
    await (await account.scaling()).registerTarget({ cluster, service }, capacity, tags);
    return { result: service };
  },
  async 'put-scaling-policy'({ service, name, policy, targetGroupArn }, { balancer }, { account, cluster }) {
    const known = targetGroupArn?.startsWith('arn:') ? targetGroupArn : balancer?.targetGroupArn;
    const counted = targetGroupArn === undefined ? {} : { resourceLabel: await labelOf(account, known ?? '') };
    await (await account.scaling()).putPolicy({ cluster, service }, name, { ...policy, ...counted });
    return { result: name };
  },
  async 'delete-scaling-policy'({ service, name }, _, { account, cluster }) {
    await (await account.scaling()).deletePolicy({ cluster, service }, name);
    return { result: name };
  },
  async 'put-scheduled-action'({ service, action }, _, { account, cluster }) {
    await (await account.scaling()).putScheduledAction({ cluster, service }, action);
    return { result: action.scheduledActionName };
  },
  async 'delete-scheduled-action'({ service, name }, _, { account, cluster }) {
    await (await account.scaling()).deleteScheduledAction({ cluster, service }, name);
    return { result: name };
  },
  async 'suspend-scaling'({ service }, _, { account, cluster }) {
    await (await account.scaling()).suspend({ cluster, service }, true);
    return { result: service };
  },
  async 'resume-scaling'({ service }, _, { account, cluster }) {
    await (await account.scaling()).suspend({ cluster, service }, false);
    return { result: service };
  },
  async 'deregister-scalable-target'({ service, serviceArn }, _, { account, cluster }) {
    await (await account.scaling()).deregisterTarget({ cluster, service });
    await account.untagResource(serviceArn, [serviceMarks.scaling.key]);
    return { result: service };
  },
};

/** `app/NAME/ID/targetgroup/NAME/ID`, which says whose requests are counted. */
async function labelOf(account: Account, targetGroupArn: string): Promise<string> {
  const [targetGroup] = await (await account.balancing()).targetGroups([targetGroupArn]);
  const [, name = ''] = /:loadbalancer\/(.+)$/.exec(targetGroup?.loadBalancers[0] ?? '') ?? [];
  return `${name}/${targetGroupArn.slice(targetGroupArn.lastIndexOf(':') + 1)}`;
}
