import { AwsError } from '../aws/aws-error.ts';
import type { Progress, Steps } from '../step.ts';
import { poll } from '../watch.ts';
import { removal } from '../when-unused.ts';
import type { ListenerSettings } from './balancing.ts';
import type { BalancerOperation, WantedListener } from './operation.ts';

/** The steps that the load balancer of a service needs. */
export const balancerSteps: Steps<BalancerOperation['kind']> = {
  async 'create-target-group'({ targetGroup }, { balancer }, { account }) {
    const targetGroupArn = await (await account.balancing()).createTargetGroup(targetGroup);
    return { progress: { balancer: { ...balancer, targetGroupArn } }, result: targetGroup.name };
  },
  async 'modify-target-group'({ name, arn, healthCheck }, _, { account }) {
    await (await account.balancing()).modifyTargetGroup(arn, healthCheck);
    return { result: name };
  },
  async 'create-load-balancer'({ loadBalancer }, { balancer }, { account }) {
    const securityGroup = loadBalancer.securityGroup ?? balancer?.securityGroup ?? '';
    const loadBalancerArn = await (await account.balancing()).createLoadBalancer({ ...loadBalancer, securityGroup });
    return { progress: { balancer: { ...balancer, loadBalancerArn } }, result: loadBalancer.name };
  },
  async 'set-subnets'({ name, arn, subnets }, _, { account }) {
    await (await account.balancing()).setSubnets(arn, subnets);
    return { result: name };
  },
  async 'create-listener'({ loadBalancer, listener, tags }, { balancer }, { account }) {
    const arn = loadBalancer.arn ?? balancer?.loadBalancerArn ?? '';
    await (await account.balancing()).createListener(arn, settingsOf(listener, balancer), tags);
    return { result: loadBalancer.name };
  },
  async 'modify-listener'({ name, arn, listener }, { balancer }, { account }) {
    await (await account.balancing()).modifyListener(arn, settingsOf(listener, balancer));
    return { result: name };
  },
  async 'delete-listener'({ name, arn }, _, { account }) {
    await (await account.balancing()).deleteListener(arn);
    return { result: name };
  },
  async 'wait-load-balancer'({ name }, _, options) {
    const balancing = await options.account.balancing();
    const start = options.clock.now();
    for await (const found of poll(options, () => balancing.loadBalancerNamed(name))) {
      if (found?.state.startsWith('active')) return { result: name };
      const isFailed = found?.state === 'failed';
      if (isFailed || options.clock.now() - start >= options.timeout) {
        const error = isFailed ? 'LoadBalancerFailed' : 'LoadBalancerNotActive';
        const message = `The load balancer ${name} is ${found?.state ?? 'not there'}.`;
        throw new AwsError('elasticloadbalancing:DescribeLoadBalancers', { name: error, message });
      }
    }
    return { verdict: { kind: 'interrupted', tasks: [] } };
  },
  async 'delete-load-balancer'({ name, arn }, _, { account }) {
    await (await account.balancing()).deleteLoadBalancer(arn);
    return { result: name };
  },
  async 'delete-target-group'({ name, arn }, _, options) {
    const balancing = await options.account.balancing();
    return removal(options, () => balancing.deleteTargetGroup(arn), name);
  },
};

function settingsOf({ targetGroup, ...settings }: WantedListener, balancer: Progress['balancer']): ListenerSettings {
  const targetGroupArn = targetGroup && (targetGroup.arn ?? balancer?.targetGroupArn ?? '');
  return { ...settings, ...(targetGroupArn === undefined ? {} : { targetGroupArn }) };
}
