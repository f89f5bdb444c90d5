import { loadBalancerPerHour, pricesAsOf, publicAddressPerHour } from '../../fargate/prices.ts';
import type { Tag } from '../../fargate/task-definition.ts';
import type { TargetHealthCheck } from '../../transformer/service-settings.ts';
import type { ListenerSettings, NewLoadBalancer, NewTargetGroup } from './balancing.ts';

/** A resource by its name; what is only to be made has no ARN yet. */
export interface Named {
  readonly name: string;
  readonly arn?: string;
}

/** One step of a plan for the load balancer of a service. */
export type BalancerOperation =
  | { readonly kind: 'create-target-group'; readonly targetGroup: NewTargetGroup }
  | {
      readonly kind: 'modify-target-group';
      readonly name: string;
      readonly arn: string;
      readonly healthCheck: TargetHealthCheck;
      /** What changes, in words. */
      readonly changes: readonly string[];
    }
  | {
      readonly kind: 'create-load-balancer';
      /** Its security group is that of the plan where it has none. */
      readonly loadBalancer: Omit<NewLoadBalancer, 'securityGroup'> & { readonly securityGroup?: string };
      /** Where it costs what its sentence tells. */
      readonly region: string;
    }
  | { readonly kind: 'set-subnets'; readonly name: string; readonly arn: string; readonly subnets: readonly string[] }
  | {
      readonly kind: 'create-listener';
      readonly loadBalancer: Named;
      readonly listener: WantedListener;
      readonly tags: readonly Tag[];
    }
  | {
      readonly kind: 'modify-listener';
      readonly name: string;
      readonly arn: string;
      readonly listener: WantedListener;
    }
  | { readonly kind: 'delete-listener'; readonly name: string; readonly arn: string; readonly port: number }
  /** Until it takes requests. */
  | { readonly kind: 'wait-load-balancer'; readonly name: string }
  | { readonly kind: 'delete-load-balancer'; readonly name: string; readonly arn: string }
  | { readonly kind: 'delete-target-group'; readonly name: string; readonly arn: string };

/** What a listener is to do; without a target group it redirects to HTTPS. */
export interface WantedListener extends Omit<ListenerSettings, 'targetGroupArn'> {
  readonly targetGroup?: Named;
}

/** What an operation does, in a sentence without its full stop. */
export function balancerSentence(operation: BalancerOperation): string {
  switch (operation.kind) {
    case 'create-target-group': {
      const { name, port, healthCheck } = operation.targetGroup;
      const { path, matcher, intervalSeconds } = healthCheck;
      return `Create the target group ${name} for port ${port}, checked at ${path} for ${matcher} every ${intervalSeconds} s`;
    }
    case 'modify-target-group':
      return `Change the health check of the target group ${operation.name}: ${operation.changes.join(', ')}`;
    case 'create-load-balancer': {
      const { name, scheme, subnets } = operation.loadBalancer;
      return `Create the ${scheme === 'internal' ? 'internal ' : ''}load balancer ${name} in ${subnets.length} availability zones${idlePrice(operation)}`;
    }
    case 'set-subnets':
      return `Move the load balancer ${operation.name} into ${operation.subnets.join(', ')}`;
    case 'create-listener':
      return `Let the load balancer ${operation.loadBalancer.name} ${deed(operation.listener)}`;
    case 'modify-listener':
      return `Let the load balancer ${operation.name} ${deed(operation.listener)} from now on`;
    case 'delete-listener':
      return `Take port ${operation.port} from the load balancer ${operation.name}`;
    case 'wait-load-balancer':
      return `Wait until the load balancer ${operation.name} takes requests`;
    case 'delete-load-balancer':
      return `Delete the load balancer ${operation.name} and its listeners`;
    case 'delete-target-group':
      return `Delete the target group ${operation.name}`;
  }
}

function deed({ port, certificateArn, targetGroup }: WantedListener): string {
  if (targetGroup === undefined) return `redirect port ${port} to HTTPS`;
  if (certificateArn === undefined) return `send HTTP at port ${port} to the target group ${targetGroup.name}`;
  const certificate = certificateArn.slice(certificateArn.lastIndexOf('/') + 1);
  return `send HTTPS at port ${port} to the target group ${targetGroup.name}, with the certificate ${certificate}`;
}

/** Hours of a month, as AWS's pricing pages count them. */
const hoursPerMonth = 730;

/** What it costs without a single request, its public addresses included, as the end of a sentence. */
function idlePrice({
  loadBalancer: { scheme, subnets },
  region,
}: Extract<BalancerOperation, { kind: 'create-load-balancer' }>): string {
  const rate = loadBalancerPerHour(region);
  if (rate === undefined) return `; its price in ${region} is not known here`;
  const addresses = scheme === 'internal' ? 0 : subnets.length;
  const hour = rate + addresses * publicAddressPerHour;
  const month = Math.round(hour * hoursPerMonth);
  const included = addresses === 0 ? '' : ` with its ${addresses} public addresses`;
  return `, which costs about $${hour.toFixed(4)} an hour${included}, $${month} a month, before any request, at the prices of ${pricesAsOf} in ${region}`;
}
