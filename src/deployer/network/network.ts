/** What the deployer asks of EC2. Every method may throw an `AwsError`. */
export interface Network {
  /** The subnets that the default VPC has one a zone; undefined where the region has no default VPC, or it has none. */
  defaultSubnets(): Promise<{ readonly vpc: string; readonly subnets: readonly string[] } | undefined>;
  /** The group that EC2 made with a VPC. */
  defaultSecurityGroup(vpc: string): Promise<SecurityGroup | undefined>;
  securityGroups(ids: readonly string[]): Promise<readonly SecurityGroup[]>;
  networkInterfaces(ids: readonly string[]): Promise<readonly NetworkInterface[]>;
}

export interface SecurityGroup {
  readonly id: string;
  readonly inbound: readonly InboundRule[];
}

/** A rule that admits traffic from addresses; those that admit other groups only are left out. */
export interface InboundRule {
  /** `tcp`, `udp`, a number, or `-1` for all. */
  readonly protocol: string;
  /** Absent: all ports. */
  readonly fromPort?: number;
  readonly toPort?: number;
}

export interface NetworkInterface {
  readonly id: string;
  readonly publicAddress?: string;
  readonly securityGroups: readonly string[];
}

/** Whether one of the groups admits traffic from addresses to a port. */
export function admits(groups: readonly SecurityGroup[], port: number, protocol: string): boolean {
  return groups.some(({ inbound }) =>
    inbound.some(
      (rule) =>
        rule.protocol === '-1' ||
        (rule.protocol === protocol && port >= (rule.fromPort ?? 0) && port <= (rule.toPort ?? 65535)),
    ),
  );
}
