import type { Tag } from '../../fargate/task-definition.ts';
import type { ApplicationLoadBalancer, TargetHealthCheck } from '../../transformer/service-settings.ts';

export type Scheme = ApplicationLoadBalancer['scheme'];

/** An Application Load Balancer. */
export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  /** The name under which it is found. */
  readonly host: string;
  readonly scheme: Scheme;
  readonly vpc: string;
  /** `provisioning`, `active`, `active_impaired` or `failed`. */
  readonly state: string;
  /** One of each availability zone that it is in. */
  readonly subnets: readonly string[];
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly vpc: string;
  readonly healthCheck: TargetHealthCheck;
  /** The load balancers that send it requests. */
  readonly loadBalancers: readonly string[];
}

/** What a load balancer does with requests at a port. */
export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly certificateArn?: string;
  /** The target group that gets the requests. */
  readonly forwardsTo?: string;
  /** Whether it sends whoever asks to HTTPS. */
  readonly redirects: boolean;
}

/** What a listener is to do; without a target group it redirects to HTTPS. */
export interface ListenerSettings {
  readonly port: number;
  readonly certificateArn?: string;
  readonly targetGroupArn?: string;
}

export interface NewTargetGroup {
  readonly name: string;
  readonly port: number;
  readonly vpc: string;
  readonly healthCheck: TargetHealthCheck;
  readonly tags: readonly Tag[];
}

export interface NewLoadBalancer {
  readonly name: string;
  readonly scheme: Scheme;
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  readonly tags: readonly Tag[];
}

/** What the deployer asks of Elastic Load Balancing. Every method may throw an `AwsError`. */
export interface Balancing {
  loadBalancerNamed(name: string): Promise<LoadBalancer | undefined>;
  targetGroupNamed(name: string): Promise<TargetGroup | undefined>;
  loadBalancers(arns: readonly string[]): Promise<readonly LoadBalancer[]>;
  targetGroups(arns: readonly string[]): Promise<readonly TargetGroup[]>;
  listeners(loadBalancerArn: string): Promise<readonly Listener[]>;
  /** The tags of load balancers, target groups and listeners, by ARN. */
  tags(arns: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>>;
  /** Gives its ARN; that of the one which is there where another has made the same meanwhile. */
  createLoadBalancer(wanted: NewLoadBalancer): Promise<string>;
  setSubnets(loadBalancerArn: string, subnets: readonly string[]): Promise<void>;
  /** With its listeners. One that is gone already is no error. */
  deleteLoadBalancer(arn: string): Promise<void>;
  /** Gives its ARN; that of the one which is there where another has made the same meanwhile. */
  createTargetGroup(wanted: NewTargetGroup): Promise<string>;
  modifyTargetGroup(arn: string, healthCheck: TargetHealthCheck): Promise<void>;
  /** One that is gone already is no error. */
  deleteTargetGroup(arn: string): Promise<void>;
  createListener(loadBalancerArn: string, settings: ListenerSettings, tags: readonly Tag[]): Promise<void>;
  modifyListener(arn: string, settings: ListenerSettings): Promise<void>;
  /** One that is gone already is no error. */
  deleteListener(arn: string): Promise<void>;
}
