import type { Tag } from '../../fargate/task-definition.ts';

/** What the deployer asks of EC2. Every method may throw an `AwsError`. */
export interface Network {
  /** The subnets that the default VPC has one a zone; undefined where the region has no default VPC, or it has none. */
  defaultSubnets(): Promise<VpcSubnets | undefined>;
  /** Subnets as they are, in the order that they are named in. */
  places(subnets: readonly string[]): Promise<readonly SubnetPlace[]>;
  /** The way that each subnet has to the Internet, by its route table or else by the main one of the VPC. */
  routes(at: VpcSubnets): Promise<ReadonlyMap<string, Route>>;
  /** The services that a VPC has endpoints for, such as `com.amazonaws.eu-west-1.ecr.dkr`. */
  endpoints(vpc: string): Promise<readonly string[]>;
  /** The group that EC2 made with a VPC. */
  defaultSecurityGroup(vpc: string): Promise<SecurityGroup | undefined>;
  securityGroups(ids: readonly string[]): Promise<readonly SecurityGroup[]>;
  /** The groups of a name, of which a VPC has one at most. */
  securityGroupsNamed(name: string): Promise<readonly SecurityGroup[]>;
  /** Makes a group that admits nothing, and gives its id. */
  createSecurityGroup(vpc: string, name: string, description: string, tags: readonly Tag[]): Promise<string>;
  authorizeIngress(group: string, rules: readonly InboundRule[]): Promise<void>;
  revokeIngress(group: string, rules: readonly InboundRule[]): Promise<void>;
  /** One that is gone already is no error. */
  deleteSecurityGroup(id: string): Promise<void>;
  networkInterfaces(ids: readonly string[]): Promise<readonly NetworkInterface[]>;
}

/** Subnets of one VPC. */
export interface VpcSubnets {
  readonly vpc: string;
  readonly subnets: readonly string[];
}

/** Where a subnet is. */
export interface SubnetPlace {
  readonly id: string;
  readonly vpc: string;
  /** Its availability zone. */
  readonly zone: string;
}

/** The way of a subnet to the Internet: for public addresses alone, for all (a NAT gateway and the like), or none. */
export type Route = 'internet-gateway' | 'nat' | 'none';

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpc: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly inbound: readonly InboundRule[];
}

/** What a security group admits from one source. */
export interface InboundRule {
  /** `tcp`, `udp`, a number, or `-1` for all. */
  readonly protocol: string;
  /** Absent: all ports. */
  readonly fromPort?: number;
  readonly toPort?: number;
  /** A block of addresses, the id of another security group, or that of a prefix list. */
  readonly source: string;
  readonly description?: string;
}

export interface NetworkInterface {
  readonly id: string;
  readonly publicAddress?: string;
  readonly securityGroups: readonly string[];
}

/** Whether one of the groups admits traffic to a port: from addresses, or from the members of a group that is named. */
export function admits(
  groups: readonly Pick<SecurityGroup, 'inbound'>[],
  port: number,
  protocol: string,
  member?: string,
): boolean {
  return groups.some(({ inbound }) =>
    inbound.some(
      (rule) =>
        (!isGroup(rule.source) || rule.source === member) &&
        (rule.protocol === '-1' ||
          (rule.protocol === protocol && port >= (rule.fromPort ?? 0) && port <= (rule.toPort ?? 65535))),
    ),
  );
}

/** Whether a source of traffic is another security group. */
export function isGroup(source: string): boolean {
  return source.startsWith('sg-');
}
