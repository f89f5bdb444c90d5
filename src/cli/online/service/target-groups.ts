import { suggest } from '../../../source/suggest.ts';
import { areTooMany, containerNamed, mapsPort } from '../../../transformer/load-balancers.ts';
import { otherRegion } from '../../../transformer/regional-arns.ts';
import type { OnlineContext, ServiceUpOptions } from '../context.ts';

type Offline = typeof import('../../offline.ts');

/**
 * Whether the options name too many target groups or such of another region, or send traffic to where the task does not
 * listen, which is said then.
 */
export async function isRefusedByTargets(
  { io, options, region, task }: OnlineContext,
  { targetGroups = [] }: ServiceUpOptions,
): Promise<boolean> {
  if (targetGroups.length === 0) return false;
  const { diagnostic, printFindings }: Offline = await import('../../offline.ts');
  const containers = task.definition.containerDefinitions;
  const names = containers.map(({ name }) => name);
  const isOneMade = task.run.service?.applicationLoadBalancer !== undefined;
  const surplus = areTooMany(targetGroups.length, isOneMade)
    ? [diagnostic('params/target-groups', { named: targetGroups.length, isOneMade })]
    : [];
  const distant = targetGroups.flatMap(({ targetGroupArn }) => {
    if (region === undefined) return [];
    const other = otherRegion(targetGroupArn, region);
    return other === undefined ? [] : [diagnostic('params/other-region', { what: 'target group', other, region })];
  });
  const misled = targetGroups.flatMap(({ containerName: service, containerPort: port }) => {
    const container = containers.find(({ name }) => name === containerNamed(service));
    if (container === undefined) {
      const known = names.map((name) => `"${name}"`).join(', ');
      return [diagnostic('params/unknown-service', { service, suggestion: suggest(service, names), services: known })];
    }
    return mapsPort(container, port) ? [] : [diagnostic('params/load-balancer-port', { service, port })];
  });
  const findings = [...surplus, ...distant, ...misled];
  printFindings(io, findings, options);
  return findings.length > 0;
}
