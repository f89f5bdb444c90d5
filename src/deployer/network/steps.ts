import { isAwsError } from '../aws/aws-error.ts';
import { hasProjectTag, isOwnGroupName, projectTags } from '../ownership.ts';
import type { ExecuteOptions, Steps } from '../step.ts';
import { removeWhenUnused } from '../when-unused.ts';
import type { InboundRule, Network, SecurityGroup } from './network.ts';
import type { NetworkOperation } from './operation.ts';

/** How often, and after how many milliseconds each time, EC2 is asked again about a group that was made just now. */
const newGroupAttempts = 10;
const newGroupPause = 1_000;

/** For how many milliseconds one is tried again that network interfaces are still in: they go a while after their tasks. */
const deleteTimeout = 120_000;

/** The steps that the project's own security group needs. */
export const networkSteps: Steps<NetworkOperation['kind']> = {
  async 'create-security-group'({ vpc, name, of }, { placement, balancer }, { account, project }) {
    const group = await createGroup(await account.network(), vpc, name, project);
    if (of === 'load-balancer') {
      return { progress: { balancer: { ...balancer, securityGroup: group.id } }, result: group.id };
    }
    const placed = placement === undefined ? {} : { placement: { ...placement, securityGroups: [group.id] } };
    return { progress: { ...placed, securityGroups: [group], hasNewGroup: true }, result: group.id };
  },
  async 'authorize-ingress'({ group, of, rules: planned }, { securityGroups, balancer }, options) {
    const ec2 = await options.account.network();
    const made = of === 'load-balancer' ? balancer?.securityGroup : securityGroups[0]?.id;
    const id = group ?? made ?? '';
    const rules = planned.map((rule) => withGroupId(rule, balancer?.securityGroup));
    await untilKnown(options, () =>
      each(rules, 'InvalidPermission.Duplicate', (some) => ec2.authorizeIngress(id, some)),
    );
    return {
      progress: {
        securityGroups: withRules(securityGroups, id, (inbound) => [...inbound, ...rules]),
        // The command that made it may have been cut short a moment ago.
        hasNewGroup: true,
      },
      result: id,
    };
  },
  async 'revoke-ingress'({ group, rules }, { securityGroups }, { account }) {
    const ec2 = await account.network();
    await each(rules, 'InvalidPermission.NotFound', (some) => ec2.revokeIngress(group, some));
    const left = (inbound: readonly InboundRule[]) => inbound.filter((rule) => !rules.includes(rule));
    return { progress: { securityGroups: withRules(securityGroups, group, left) }, result: group };
  },
  async 'delete-security-group'({ group, name }, _, options) {
    const ec2 = await options.account.network();
    const refusal = await removeWhenUnused(options, () => ec2.deleteSecurityGroup(group), {
      inUse: ['DependencyViolation'],
      timeout: deleteTimeout,
    });
    if (refusal === undefined) return { result: group };
    options.emit({ code: 'network/group-left', level: 'warning', data: { group, name } });
    return {};
  },
};

/** A rule whose source is a group that was only to be made when it was planned, and has its id now. */
function withGroupId(rule: InboundRule, made = ''): InboundRule {
  return isOwnGroupName(rule.source) ? { ...rule, source: made } : rule;
}

/** Makes the group, or finds the one that another `up` at the same moment has made. */
async function createGroup(ec2: Network, vpc: string, name: string, project: string): Promise<SecurityGroup> {
  const tags = projectTags(project);
  try {
    const id = await ec2.createSecurityGroup(vpc, name, `Ports of the Compose project ${project}`, tags);
    return { id, name, vpc, tags: new Map(tags.map(({ key, value }) => [key, value])), inbound: [] };
  } catch (error) {
    if (!isAwsError(error, 'InvalidGroup.Duplicate')) throw error;
    const group = (await ec2.securityGroupsNamed(name)).find((one) => one.vpc === vpc);
    if (group === undefined || !hasProjectTag(group.tags, project)) throw error;
    return group;
  }
}

/** Makes a call for all rules, or one by one where some are as they should be already. */
async function each(
  rules: readonly InboundRule[],
  already: string,
  call: (rules: readonly InboundRule[]) => Promise<void>,
): Promise<void> {
  try {
    await call(rules);
  } catch (error) {
    if (!isAwsError(error, already)) throw error;
    if (rules.length > 1) for (const rule of rules) await each([rule], already, call);
  }
}

/** Makes a call again while EC2 does not know everywhere the group that it has made. */
async function untilKnown({ clock, signal }: ExecuteOptions, call: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!isAwsError(error, 'InvalidGroup.NotFound') || attempt === newGroupAttempts || signal.aborted) throw error;
      await clock.sleep(newGroupPause, signal);
    }
  }
}

function withRules(
  groups: readonly SecurityGroup[],
  id: string,
  change: (inbound: readonly InboundRule[]) => readonly InboundRule[],
): readonly SecurityGroup[] {
  return groups.map((group) => (group.id === id ? { ...group, inbound: change(group.inbound) } : group));
}
