/**
 * What an ECS service is told besides, by the names of the ECS API, Application Auto Scaling and Cloud Map; `rollout` is
 * Compose's.
 */
export interface ServiceSettings {
  readonly rollout?: Rollout;
  readonly deploymentConfiguration?: { readonly maximumPercent?: number; readonly minimumHealthyPercent?: number };
  readonly circuitBreaker?: { readonly enable: boolean; readonly rollback: boolean };
  readonly healthCheckGracePeriodSeconds?: number;
  readonly loadBalancers?: readonly {
    readonly targetGroupArn: string;
    readonly containerName: string;
    readonly containerPort: number;
  }[];
  readonly applicationLoadBalancer?: ApplicationLoadBalancer;
  readonly autoScaling?: {
    readonly minCapacity: number;
    readonly maxCapacity: number;
    readonly targetTracking?: readonly {
      readonly predefinedMetricType: string;
      readonly targetValue: number;
      /** Seconds. */
      readonly scaleInCooldown?: number;
      readonly scaleOutCooldown?: number;
      readonly disableScaleIn?: boolean;
    }[];
    readonly scheduledActions?: readonly {
      readonly scheduledActionName: string;
      readonly schedule: string;
      readonly timezone?: string;
      readonly minCapacity?: number;
      readonly maxCapacity?: number;
    }[];
  };
  readonly serviceConnectConfiguration?: {
    readonly enabled?: boolean;
    readonly namespace: string;
    readonly services?: readonly {
      readonly portName: string;
      readonly discoveryName?: string;
      readonly clientAliases?: readonly { readonly port: number; readonly dnsName?: string }[];
      readonly ingressPortOverride?: number;
    }[];
  };
  readonly serviceDiscovery?: {
    readonly containerName?: string;
    readonly containerPort?: number;
    readonly privateDnsNamespace?: {
      readonly id?: string;
      readonly name?: string;
      readonly vpc?: string;
      readonly description?: string;
    };
    readonly publicDnsNamespace?: { readonly id?: string; readonly name?: string };
    readonly serviceDiscoveryService?: {
      readonly name?: string;
      readonly description?: string;
      readonly dnsConfig?: { readonly type?: 'A' | 'SRV'; readonly ttl?: number };
      readonly healthcheckCustomConfig?: { readonly failureThreshold?: number };
    };
  };
}

/** An Application Load Balancer that is made for the service, complete but for what its network leaves open. */
export interface ApplicationLoadBalancer {
  readonly containerName: string;
  readonly containerPort: number;
  /** HTTPS on 443, to which 80 redirects; absent: HTTP on 80. */
  readonly certificateArn?: string;
  readonly healthCheck: TargetHealthCheck;
  /** Absent: those of the tasks. */
  readonly subnets?: readonly string[];
  readonly scheme: 'internet-facing' | 'internal';
  /** The blocks of addresses that may reach it. */
  readonly source: readonly string[];
}

/** How a target group sees whether a task is healthy. */
export interface TargetHealthCheck {
  readonly path: string;
  /** HTTP statuses, such as `200-399`. */
  readonly matcher: string;
  readonly intervalSeconds: number;
  /** Fewer than the interval. */
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** How many old tasks give way to new ones at a time, and which of them first: Compose's `deploy.update_config`. */
export interface Rollout {
  readonly order: 'start-first' | 'stop-first';
  /** 0 for all. */
  readonly parallelism: number;
}
