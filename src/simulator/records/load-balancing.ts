/** A tag as Elastic Load Balancing writes it. */
export interface BalancerTag {
  readonly Key: string;
  readonly Value: string;
}

/** An Application Load Balancer. */
export interface LoadBalancer {
  readonly loadBalancerArn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly region: string;
  readonly scheme: string;
  readonly vpcId: string;
  readonly createdAt: number;
  readonly speed: number;
  subnets: readonly string[];
  readonly securityGroups: readonly string[];
  tags: readonly BalancerTag[];
  /** Its network interfaces go a while after it. */
  deletedAt?: number;
}

/** How a target group checks its targets, by the names of the API. */
export interface TargetHealthCheck {
  readonly HealthCheckPath: string;
  readonly HealthCheckIntervalSeconds: number;
  readonly HealthCheckTimeoutSeconds: number;
  readonly HealthyThresholdCount: number;
  readonly UnhealthyThresholdCount: number;
  readonly Matcher: { readonly HttpCode: string };
}

export interface TargetGroup {
  readonly targetGroupArn: string;
  readonly name: string;
  readonly region: string;
  readonly protocol: string;
  readonly port: number;
  readonly vpcId: string;
  readonly targetType: string;
  healthCheck: TargetHealthCheck;
  tags: readonly BalancerTag[];
  /** It was deleted: its ARN is not to be taken for that of a group that somebody has made elsewhere. */
  deleted?: true;
}

/** What a load balancer does with requests at a port. */
export interface Listener {
  readonly listenerArn: string;
  readonly loadBalancerArn: string;
  port: number;
  protocol: string;
  certificates: readonly { readonly CertificateArn: string }[];
  sslPolicy?: string;
  defaultActions: readonly ListenerAction[];
  tags: readonly BalancerTag[];
}

export interface ListenerAction {
  readonly Type: string;
  readonly TargetGroupArn?: string;
  readonly RedirectConfig?: Readonly<Record<string, string>>;
}
