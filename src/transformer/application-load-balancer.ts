import { diagnostic } from '../diagnostics/diagnostic.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, entriesOf, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { containerNamed, mapsPort } from './load-balancers.ts';
import type { ApplicationLoadBalancer, ServiceSettings, TargetHealthCheck } from './service-settings.ts';
import { type Origin, originFrom, type PublishedPort } from './task.ts';

/** What is taken where neither ecs-params nor the container's own health check says. Source: ELB API Reference, CreateTargetGroup. */
const usualCheck: TargetHealthCheck = {
  path: '/',
  matcher: '200-399',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
};

/** What ELB takes. Source: ELB API Reference, CreateTargetGroup; the timeout ends before the next check begins. */
const limits = {
  intervalSeconds: [5, 300],
  timeoutSeconds: [2, 120],
  unhealthyThreshold: [2, 10],
} as const;

/** The numbers of a check, by their keys in ecs-params. */
const numbers = {
  interval_seconds: 'intervalSeconds',
  timeout_seconds: 'timeoutSeconds',
  healthy_threshold: 'healthyThreshold',
  unhealthy_threshold: 'unhealthyThreshold',
} as const satisfies Readonly<Record<string, keyof TargetHealthCheck>>;

/** The load balancer of `run_params`, and its place; undefined where there is none, or it is wrong, which is reported. */
export function applicationLoadBalancer(context: TaskContext):
  | {
      readonly settings: Pick<ServiceSettings, 'applicationLoadBalancer'>;
      readonly origins: readonly (readonly [string, Origin])[];
    }
  | undefined {
  const node = paramsAt(context.params, 'run_params', 'application_load_balancer');
  if (node === undefined) return undefined;
  const target = targetOf(node, context);
  checkSubnets(node, context);
  const healthCheck = healthCheckOf(child(node, 'health_check'), target, context);
  if (target === undefined || healthCheck === undefined) return undefined;
  const certificateArn = stringOf(child(node, 'certificate_arn'));
  const subnets = textsOf(child(node, 'subnets'));
  const source = textsOf(child(node, 'source'));
  const settings: ApplicationLoadBalancer = {
    ...target,
    ...(certificateArn === undefined ? {} : { certificateArn }),
    healthCheck,
    ...(subnets.length === 0 ? {} : { subnets }),
    scheme: stringOf(child(node, 'scheme')) === 'internal' ? 'internal' : 'internet-facing',
    source: source.length === 0 ? ['0.0.0.0/0'] : source,
  };
  return {
    settings: { applicationLoadBalancer: settings },
    origins: [['run.service.applicationLoadBalancer', originFrom(node)]],
  };
}

type Target = Pick<ApplicationLoadBalancer, 'containerName' | 'containerPort'>;

/** Where requests go: what ecs-params leaves open is said by the only TCP port that is published. */
function targetOf(node: Node, { containers, published, report }: TaskContext): Target | undefined {
  const nameNode = child(node, 'container_name');
  const portNode = child(node, 'container_port');
  const service = stringOf(nameNode);
  const port = numberOf(portNode);
  const name = service === undefined ? undefined : containerNamed(service);
  const container = containers.find((one) => one.name === name);
  if (container !== undefined && port !== undefined) {
    if (mapsPort({ portMappings: container.fields.get('portMappings') ?? [] }, port)) {
      return { containerName: container.name, containerPort: port };
    }
    const words = { service: container.service.name, port };
    report(diagnostic('params/load-balancer-port', words, portNode?.source));
    return undefined;
  }
  // A name that no service has is reported where all such names are.
  if (name !== undefined && container === undefined) return undefined;
  const fits = ({ containerName, containerPort, protocol }: PublishedPort) =>
    protocol === 'tcp' && (name ?? containerName) === containerName && (port ?? containerPort) === containerPort;
  const [first, ...others] = published.filter(fits);
  if (first !== undefined && others.length === 0) {
    return { containerName: first.containerName, containerPort: first.containerPort };
  }
  const known = first === undefined && port !== undefined ? published.filter(({ protocol }) => protocol === 'tcp') : [];
  const candidates = [...(first === undefined ? known : [first]), ...others].map(
    ({ containerName, containerPort }) => `${containerName}:${containerPort}`,
  );
  report(diagnostic('params/load-balancer-target', { service, candidates }, (nameNode ?? portNode ?? node).source));
  return undefined;
}

/** Two subnets are the least, which are the tasks' where none are named. */
function checkSubnets(node: Node, { params, report }: TaskContext): void {
  const named = child(node, 'subnets');
  const ofTasks = paramsAt(params, 'run_params', 'network_configuration', 'awsvpc_configuration', 'subnets');
  const counted = itemsOf(named).length > 0 ? named : ofTasks;
  if (counted === undefined || itemsOf(counted).length !== 1) return;
  const related = counted === named ? [] : [{ message: 'the subnet of the tasks', source: counted.source }];
  const source = (counted === named ? counted : node).source;
  report(diagnostic('params/load-balancer-zones', { ofTasks: counted !== named }, source, related));
}

/** What ecs-params says of the check, else the container's own one, else what is usual; undefined where it is refused. */
function healthCheckOf(
  node: Node | undefined,
  target: Target | undefined,
  { containers, report }: TaskContext,
): TargetHealthCheck | undefined {
  const container = containers.find(({ name }) => name === target?.containerName);
  const own = container === undefined || target === undefined ? {} : checkOf(container, target);
  const given = givenBy(node);
  const check = { ...usualCheck, ...own, ...given };
  if (check.timeoutSeconds < check.intervalSeconds) return check;
  // What is said in ecs-params counts, and what is not gives way.
  if (given.timeoutSeconds === undefined) return { ...check, timeoutSeconds: check.intervalSeconds - 1 };
  if (given.intervalSeconds === undefined) return { ...check, intervalSeconds: check.timeoutSeconds + 1 };
  const words = { timeout: check.timeoutSeconds, interval: check.intervalSeconds };
  report(diagnostic('params/target-timeout', words, child(node, 'timeout_seconds')?.source));
  return undefined;
}

function givenBy(node: Node | undefined): Partial<TargetHealthCheck> {
  const path = stringOf(child(node, 'path'));
  const matcher = child(node, 'matcher');
  return {
    ...(path === undefined ? {} : { path }),
    ...(matcher === undefined ? {} : { matcher: stringOf(matcher) ?? String(numberOf(matcher)) }),
    ...Object.fromEntries(
      entriesOf(node).flatMap(([key, { value }]) => {
        const member = Object.hasOwn(numbers, key) ? numbers[key as keyof typeof numbers] : undefined;
        return member === undefined ? [] : [[member, numberOf(value)]];
      }),
    ),
  };
}

/** The address that curl or wget asks the container itself for: its port, 80 unless it says, and its path. */
const address =
  /\b(?:curl|wget)\b.*?\s['"]?(?:http:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/[^\s'"|;&#]*)?(?=[\s'"|;&#]|$)/;

/** What a container's own check says, in ELB's limits, where it asks for an address at the port of the target. */
function checkOf({ service, params, fields }: ContainerContext, { containerPort }: Target): Partial<TargetHealthCheck> {
  const { command = [], interval, timeout, retries } = fields.get('healthCheck') ?? {};
  const [whole, port = '80', path = '/'] = address.exec(command.slice(1).join(' ')) ?? [];
  if (whole === undefined || Number(port) !== containerPort) return {};
  // The container's timeout is Docker's long one where nothing is said.
  const isTimed = [child(params, 'healthcheck'), child(service.node, 'healthcheck')].some(
    (check) => child(check, 'timeout') !== undefined,
  );
  return {
    path,
    ...(interval === undefined ? {} : { intervalSeconds: within(limits.intervalSeconds, interval) }),
    ...(timeout === undefined || !isTimed ? {} : { timeoutSeconds: within(limits.timeoutSeconds, timeout) }),
    ...(retries === undefined ? {} : { unhealthyThreshold: within(limits.unhealthyThreshold, retries) }),
  };
}

function within([least, most]: readonly [number, number], value: number): number {
  return Math.min(most, Math.max(least, value));
}

function textsOf(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => stringOf(item) ?? []);
}
