import type { ApplicationLoadBalancer } from '../../transformer/service-settings.ts';
import { ingressChanges, joinedRules } from '../network/ingress.ts';
import type { InboundRule } from '../network/network.ts';
import type { NetworkOperation } from '../network/operation.ts';
import { closes } from '../network/plan.ts';
import { hasProjectTag, projectTags } from '../ownership.ts';
import type { Listener, TargetGroup } from './balancing.ts';
import { type BalancerOwner, balancerGroupName, balancerName } from './names.ts';
import type { BalancerObservation, BalancerPlace } from './observe.ts';
import type { BalancerOperation, Named, WantedListener } from './operation.ts';

/** What stands in the way of a load balancer. */
export type BalancerObstacle =
  | { readonly kind: 'load-balancer-zones'; readonly subnets: readonly string[] }
  /** The Internet does not reach these subnets. */
  | { readonly kind: 'load-balancer-shut'; readonly subnets: readonly string[] }
  | { readonly kind: 'foreign-load-balancer'; readonly what: string; readonly name: string; readonly id: string }
  /** What ELB does not change in a load balancer that is there. */
  | {
      readonly kind: 'fixed-load-balancer';
      readonly name: string;
      readonly member: 'scheme' | 'VPC';
      readonly before: string;
      readonly after: string;
    };

/** The load balancer that a service is to have, and where. */
export interface DesiredBalancer {
  readonly owner: BalancerOwner;
  readonly region: string;
  readonly settings: ApplicationLoadBalancer;
}

/** What stands in the way of the load balancer of a service; undefined where nothing does. */
export function obstacleToBalancer(
  { owner: { project }, settings }: Pick<DesiredBalancer, 'owner' | 'settings'>,
  { loadBalancer, targetGroup, group }: BalancerObservation,
  place: BalancerPlace,
): BalancerObstacle | undefined {
  const kind = 'foreign-load-balancer';
  if (loadBalancer?.own === false)
    return { kind, what: 'load balancer', name: loadBalancer.name, id: loadBalancer.arn };
  if (targetGroup?.own === false) return { kind, what: 'target group', name: targetGroup.name, id: targetGroup.arn };
  if (group !== undefined && !hasProjectTag(group.tags, project)) {
    return { kind, what: 'security group', name: group.name, id: group.id };
  }
  const fixed = [
    { member: 'scheme', found: loadBalancer, before: loadBalancer?.scheme, after: settings.scheme },
    { member: 'VPC', found: loadBalancer ?? targetGroup, before: (loadBalancer ?? targetGroup)?.vpc, after: place.vpc },
  ] as const;
  const changed = fixed.find(({ before, after }) => before !== undefined && before !== after);
  if (changed?.found !== undefined && changed.before !== undefined) {
    const { member, before, after, found } = changed;
    return { kind: 'fixed-load-balancer', name: found.name, member, before, after };
  }
  if (place.subnets.length < 2) return { kind: 'load-balancer-zones', subnets: place.subnets };
  return place.shut.length === 0 ? undefined : { kind: 'load-balancer-shut', subnets: place.shut };
}

/** The steps that make the load balancer of a service as desired, before the service; none where it is. */
export function planBalancer(
  desired: DesiredBalancer,
  observed: BalancerObservation,
  place: BalancerPlace,
): readonly (BalancerOperation | NetworkOperation)[] {
  const { owner, region, settings } = desired;
  const { loadBalancer, targetGroup, group } = observed;
  const name = balancerName(owner);
  const tags = projectTags(owner.project);
  const made = { name, ...(loadBalancer === undefined ? {} : { arn: loadBalancer.arn }) };
  const groupChanges = planGroup(desired, observed, place);
  return [
    ...groupChanges.filter((one) => !closes(one)),
    ...(targetGroup === undefined
      ? [
          {
            kind: 'create-target-group',
            targetGroup: {
              name,
              port: settings.containerPort,
              vpc: place.vpc,
              healthCheck: settings.healthCheck,
              tags,
            },
          } as const,
        ]
      : planHealthCheck(settings, targetGroup)),
    ...(loadBalancer === undefined
      ? [
          {
            kind: 'create-load-balancer',
            loadBalancer: {
              name,
              scheme: settings.scheme,
              subnets: place.subnets,
              ...(group === undefined ? {} : { securityGroup: group.id }),
              tags,
            },
            region,
          } as const,
        ]
      : JSON.stringify(loadBalancer.subnets.toSorted()) === JSON.stringify(place.subnets)
        ? []
        : [{ kind: 'set-subnets', name, arn: loadBalancer.arn, subnets: place.subnets } as const]),
    ...planListeners(desired, observed, made),
    ...(loadBalancer === undefined || loadBalancer.state === 'provisioning'
      ? [{ kind: 'wait-load-balancer', name } as const]
      : []),
    // Where it has redirected to a port, nobody is sent there any more.
    ...groupChanges.filter(closes),
  ];
}

/** The steps that remove the load balancer of a service, once nothing uses it; what others have made stays. */
export function removeBalancer(observed: BalancerObservation | undefined): readonly BalancerOperation[] {
  const { loadBalancer, targetGroup } = observed ?? {};
  return [
    ...(loadBalancer?.own
      ? [{ kind: 'delete-load-balancer', name: loadBalancer.name, arn: loadBalancer.arn } as const]
      : []),
    ...(targetGroup?.own
      ? [{ kind: 'delete-target-group', name: targetGroup.name, arn: targetGroup.arn } as const]
      : []),
  ];
}

/** The ports that a load balancer listens at, and what it does there. */
function wantedListeners({ certificateArn }: ApplicationLoadBalancer, targetGroup: Named): readonly WantedListener[] {
  if (certificateArn === undefined) return [{ port: 80, targetGroup }];
  return [{ port: 443, certificateArn, targetGroup }, { port: 80 }];
}

/** Its security group admits to these ports whoever may reach it. */
function planGroup(
  { owner, settings }: DesiredBalancer,
  { group }: BalancerObservation,
  { vpc }: BalancerPlace,
): readonly NetworkOperation[] {
  const name = balancerGroupName(owner);
  const ports = wantedListeners(settings, { name }).map(({ port }) => port);
  const wanted: readonly InboundRule[] = joinedRules(
    ports.flatMap((port) => settings.source.map((source) => ({ protocol: 'tcp', port, source }))),
  );
  const of = 'load-balancer';
  if (group === undefined) {
    return [
      { kind: 'create-security-group', vpc, name, of },
      { kind: 'authorize-ingress', name, of, rules: wanted },
    ];
  }
  const { missing, surplus } = ingressChanges(wanted, group.inbound);
  return [
    ...(missing.length === 0 ? [] : [{ kind: 'authorize-ingress', name, group: group.id, rules: missing } as const]),
    ...(surplus.length === 0 ? [] : [{ kind: 'revoke-ingress', name, group: group.id, rules: surplus } as const]),
  ];
}

function planHealthCheck(
  { healthCheck }: ApplicationLoadBalancer,
  { name, arn, healthCheck: before }: TargetGroup,
): readonly BalancerOperation[] {
  const members = Object.keys(healthCheck) as (keyof typeof healthCheck)[];
  const changes = members
    .filter((member) => before[member] !== healthCheck[member])
    .map((member) => `${member} ${before[member]} → ${healthCheck[member]}`);
  return changes.length === 0 ? [] : [{ kind: 'modify-target-group', name, arn, healthCheck, changes }];
}

/** Those that are missing come first, so that the target group has a listener at every moment. */
function planListeners(
  { owner, settings }: DesiredBalancer,
  { listeners, targetGroup }: BalancerObservation,
  loadBalancer: Named,
): readonly BalancerOperation[] {
  const { name } = loadBalancer;
  const wanted = wantedListeners(settings, { name, ...(targetGroup === undefined ? {} : { arn: targetGroup.arn }) });
  const at = (port: number) => listeners.find((one) => one.port === port);
  return [
    ...wanted
      .filter(({ port }) => at(port) === undefined)
      .map(
        (listener) => ({ kind: 'create-listener', loadBalancer, listener, tags: projectTags(owner.project) }) as const,
      ),
    ...wanted.flatMap((listener) => {
      const found = at(listener.port);
      if (found === undefined || isAsWanted(found, listener)) return [];
      return [{ kind: 'modify-listener', name, arn: found.arn, listener } as const];
    }),
    ...listeners
      .filter(({ port, own }) => own && !wanted.some((one) => one.port === port))
      .map(({ arn, port }) => ({ kind: 'delete-listener', name, arn, port }) as const),
  ];
}

function isAsWanted(found: Listener, { certificateArn, targetGroup }: WantedListener): boolean {
  if (found.certificateArn !== certificateArn) return false;
  return targetGroup === undefined
    ? found.redirects
    : found.forwardsTo !== undefined && found.forwardsTo === targetGroup.arn;
}
