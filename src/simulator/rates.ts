/** How many calls of some operations ECS takes at once, and how many a second after that. */
interface Bucket {
  readonly burst: number;
  readonly refill: number;
  readonly operations: readonly string[];
}

/** Per account and region; "Request throttling for the Amazon ECS API" in the API reference. */
const BUCKETS: readonly Bucket[] = [
  { burst: 20, refill: 1, operations: ['RegisterTaskDefinition', 'DeregisterTaskDefinition'] },
  {
    burst: 50,
    refill: 20,
    operations: ['DescribeTaskDefinition', 'ListTaskDefinitions', 'ListTaskDefinitionFamilies'],
  },
  { burst: 5, refill: 1, operations: ['DeleteTaskDefinitions'] },
  { burst: 100, refill: 40, operations: ['StopTask', 'ExecuteCommand'] },
  // AWS Fargate's own limit on RunTask is lower than that of ECS.
  { burst: 20, refill: 20, operations: ['RunTask'] },
  { burst: 100, refill: 20, operations: ['DescribeTasks', 'ListTasks'] },
  { burst: 50, refill: 5, operations: ['CreateService', 'UpdateService', 'DeleteService'] },
  { burst: 100, refill: 20, operations: ['DescribeServices', 'ListServices'] },
  { burst: 20, refill: 1, operations: ['CreateCluster', 'DeleteCluster', 'PutClusterCapacityProviders'] },
  { burst: 50, refill: 20, operations: ['DescribeClusters', 'ListClusters'] },
  { burst: 20, refill: 10, operations: ['TagResource', 'UntagResource'] },
  { burst: 50, refill: 20, operations: ['ListTagsForResource'] },
];

/** Counts calls to ECS, and says which are too many. */
export class Rates {
  readonly #levels = new Map<string, { readonly tokens: number; readonly at: number }>();

  /** Whether a call, at a moment in milliseconds, is within the rate of its operation. */
  take(service: string, operation: string, region: string, at: number): boolean {
    const bucket = service === 'ecs' ? BUCKETS.find(({ operations }) => operations.includes(operation)) : undefined;
    if (bucket === undefined) return true;
    const key = `${region} ${bucket.operations[0]}`;
    const last = this.#levels.get(key) ?? { tokens: bucket.burst, at };
    const tokens = Math.min(bucket.burst, last.tokens + ((at - last.at) / 1000) * bucket.refill);
    const taken = tokens >= 1;
    this.#levels.set(key, { tokens: taken ? tokens - 1 : tokens, at });
    return taken;
  }
}
