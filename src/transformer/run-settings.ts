import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Project } from '../parser/compose/project.ts';
import { apiName, apiValue } from '../parser/ecs-params/api-value.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { booleanOf, child, entriesOf, type Node, numberOf, stringOf } from '../source/node.ts';
import { applicationLoadBalancer } from './application-load-balancer.ts';
import { checkCount } from './capacity.ts';
import type { TaskContext } from './context.ts';
import type { LaunchSettings } from './launch-settings.ts';
import { checkLoadBalancers, containerNamed } from './load-balancers.ts';
import { checkServiceConnect } from './service-connect.ts';
import type { ServiceSettings } from './service-settings.ts';
import { type NetworkSettings, type Origin, originFrom, type RunSettings } from './task.ts';
import { namesOf, together } from './together.ts';
import { updateSettings } from './update-config.ts';

/** The keys of `run_params` that say how tasks are launched. */
const launchKeys = [
  'platform_version',
  'capacity_providers',
  'enable_execute_command',
  'enable_ecs_managed_tags',
  'propagate_tags',
  'tags',
  'volume_configurations',
];

/** The keys of `run_params` that only an ECS service has a use for. */
const serviceKeys = [
  'deployment_configuration',
  'circuit_breaker',
  'health_check_grace_period_seconds',
  'load_balancers',
  'auto_scaling',
  'service_discovery',
  'service_connect_configuration',
];

/** How to run the task, and where each setting came from, by its path below `run`. */
export interface OriginatedSettings {
  readonly settings: RunSettings;
  readonly origins: readonly (readonly [string, Origin])[];
}

/** `run_params` of ecs-params, and how many tasks the services ask for. */
export function runSettings(context: TaskContext): OriginatedSettings {
  const { params } = context;
  const run = entriesOf(paramsAt(params, 'run_params')).filter(([, { value }]) => !isEmptyList(value));
  const network = entriesOf(paramsAt(params, 'run_params', 'network_configuration', 'awsvpc_configuration')).filter(
    ([, { value }]) => !isEmptyList(value),
  );
  const launch = run.filter(([key]) => launchKeys.includes(key));
  const service = run.filter(([key]) => serviceKeys.includes(key));
  const balancer = applicationLoadBalancer(context);
  const count = countOf(context);
  const update = updateSettings(context);
  checkCount(context, count);
  checkExecuteCommand(context);
  checkLoadBalancers(context);
  checkServiceConnect(context);
  // The schema of ecs-params has the members that these types have.
  const networkSettings = { ...groupsOf(context.project), ...valuesOf(network) } as NetworkSettings;
  checkIngress(context, networkSettings);
  return {
    settings: {
      count: count.value,
      network: networkSettings,
      ...(launch.length === 0 ? {} : { launch: valuesOf(launch) as LaunchSettings }),
      ...(service.length === 0 && update === undefined && balancer === undefined
        ? {}
        : { service: { ...update?.settings, ...withContainerNames(valuesOf(service)), ...balancer?.settings } }),
    },
    origins: [
      ...(count.origin === undefined ? [] : [['run.count', count.origin] as const]),
      ...originsUnder('run.network', network),
      ...originsUnder('run.launch', launch),
      ...(update === undefined ? [] : update.origins),
      ...originsUnder('run.service', service),
      ...(balancer === undefined ? [] : balancer.origins),
    ],
  };
}

/** The groups that the networks of the project stand for, as in Docker's retired ECS integration. */
function groupsOf(project: Project): Pick<NetworkSettings, 'securityGroups'> {
  const networks = entriesOf(child(project.root, 'networks'));
  const securityGroups = networks.flatMap(([, { value }]) => stringOf(child(value, 'x-aws-securitygroup')) ?? []);
  return securityGroups.length === 0 ? {} : { securityGroups };
}

type Entries = ReturnType<typeof entriesOf>;

function isEmptyList(node: Node): boolean {
  return node.kind === 'sequence' && node.items.length === 0;
}

function valuesOf(entries: Entries): object {
  return Object.fromEntries(entries.map(([key, { value }]) => [apiName(key), apiValue(value)]));
}

/** ecs-params names services of the Compose file where ECS wants the containers that they become. */
function withContainerNames(settings: ServiceSettings): ServiceSettings {
  const { loadBalancers, serviceDiscovery } = settings;
  return {
    ...settings,
    ...(loadBalancers === undefined
      ? {}
      : { loadBalancers: loadBalancers.map((one) => ({ ...one, containerName: containerNamed(one.containerName) })) }),
    ...(serviceDiscovery?.containerName === undefined
      ? {}
      : { serviceDiscovery: { ...serviceDiscovery, containerName: containerNamed(serviceDiscovery.containerName) } }),
  };
}

function originsUnder(prefix: string, entries: Entries): (readonly [string, Origin])[] {
  return entries.map(([key, { value }]) => [`${prefix}.${apiName(key)}`, originFrom(value)]);
}

/** ECS runs commands in containers with the task role. Source: ECS Developer Guide, "Using Amazon ECS Exec". */
function checkExecuteCommand({ params, task, options, report }: TaskContext): void {
  const node = paramsAt(params, 'run_params', 'enable_execute_command');
  if (booleanOf(node) === true && task.get('taskRoleArn') === undefined && !options.createRoles) {
    report(diagnostic('params/execute-command-role', {}, node?.source));
  }
}

/** Rules are for the group that the deployer makes, which is where the files leave the network open. */
function checkIngress({ params, report }: TaskContext, { subnets, securityGroups, ingress }: NetworkSettings): void {
  if (ingress === undefined || (subnets === undefined && securityGroups === undefined)) return;
  const node = paramsAt(params, 'run_params', 'network_configuration', 'awsvpc_configuration', 'ingress');
  report(diagnostic('params/ingress-unused', {}, node?.source));
}

/**
 * `desired_count` of ecs-params, else `deploy.replicas` and `scale`: one task holds one of each service, so all must
 * want as many; a service that says nothing wants one.
 */
function countOf({ params, containers, report }: TaskContext): { readonly value: number; readonly origin?: Origin } {
  const desired = paramsAt(params, 'run_params', 'desired_count');
  const count = numberOf(desired);
  if (desired !== undefined && count !== undefined) return { value: count, origin: originFrom(desired) };
  const wishes = containers.map(({ service }) => {
    const node = child(child(service.node, 'deploy'), 'replicas') ?? child(service.node, 'scale');
    return {
      service: service.name,
      count: numberOf(node) ?? 1,
      source: node?.source ?? service.key,
      isSaid: node !== undefined,
    };
  });
  const first = wishes.find(({ isSaid }) => isSaid);
  if (first === undefined) return { value: 1 };
  const counts = [...new Set([first, ...wishes].map(({ count }) => count))];
  if (counts.length > 1) {
    const groups = counts.map((count) => ({ count, services: namesOf(wishes.filter((wish) => wish.count === count)) }));
    const said = wishes.filter(({ isSaid }) => isSaid);
    const unsaid = wishes.filter(({ isSaid }) => !isSaid);
    report(diagnostic('transform/replicas-differ', { wishes: groups }, ...together([...said, ...unsaid])));
  }
  return { value: first.count, origin: { source: first.source } };
}
