import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { booleanOf, child, itemsOf, type MappingNode, type Node, numberOf, stringOf } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
import { type Path, pathTable, pathText, visit } from '../compose/path.ts';

type Check = (node: Node, path: Path) => void;

/**
 * Reports what the schema cannot tell: keys that exclude or need each other, and values that do not go together.
 * Sources: ECS CLI, `service_discovery` of ecs-params; ECS API Reference, CapacityProviderStrategyItem,
 * TaskManagedEBSVolumeConfiguration; Application Auto Scaling API Reference, RegisterScalableTarget.
 */
export function checkConsistency(root: Node, report: Report): void {
  const checks: Readonly<Record<string, Check>> = {
    'run_params.capacity_providers': checkShares,
    run_params: (node, path) => {
      const counting = metricsOf(node).find((metric) => stringOf(metric) === 'ALBRequestCountPerTarget');
      const isBalanced = ['load_balancers', 'application_load_balancer'].some((key) => child(node, key) !== undefined);
      if (counting === undefined || isBalanced) return;
      const words = {
        where: pathText(path),
        key: 'application_load_balancer',
        why: 'requests are counted at a target group',
        help: 'Have a load balancer made with "application_load_balancer: {}", or name your target group under "load_balancers".',
      };
      report(diagnostic('params/required-with', words, counting.source));
    },
    'run_params.auto_scaling': (node) => {
      checkLimits(node);
      const moves = ['target_tracking', 'scheduled_actions'].flatMap((key) => itemsOf(child(node, key)));
      if (moves.length === 0) report(diagnostic('params/auto-scaling-idle', {}, node.source));
    },
    'run_params.auto_scaling.target_tracking': checkMetrics,
    'run_params.auto_scaling.scheduled_actions.*': checkLimits,
    'run_params.service_discovery': (node, path) => {
      exclude(
        ['private_dns_namespace', 'public_dns_namespace'],
        'a service is registered in one namespace',
        node,
        path,
      );
      const type = stringOf(child(child(child(node, 'service_discovery_service'), 'dns_config'), 'type'));
      if (type === 'SRV') need(['container_name', 'container_port'], 'an SRV record tells a port', node, path);
    },
    'run_params.service_discovery.private_dns_namespace': (node, path) =>
      exclude(['id', 'name'], 'each of them tells the namespace', node, path),
    'run_params.service_discovery.public_dns_namespace': (node, path) =>
      exclude(['id', 'name'], 'each of them tells the namespace', node, path),
    'run_params.volume_configurations.*.managed_ebs_volume': (node, path) => {
      if (child(node, 'snapshot_id') === undefined)
        need(['size_in_gib'], 'there is no snapshot to tell it', node, path);
      checkVolumeType(node, path);
    },
    'run_params.deployment_configuration': (node, path) => {
      const [one, other] = ['maximum_percent', 'minimum_healthy_percent'].map((key) => child(node, key));
      if (one === undefined || other === undefined || numberOf(one) !== 100 || numberOf(other) !== 100) return;
      const texts = ['maximum_percent: 100', 'minimum_healthy_percent: 100'] as const;
      refuseBoth(texts, 'no task could be replaced', [one.source, other.source], pathText(path));
    },
    'run_params.capacity_providers.*.capacity_provider': (node) => {
      const platform = child(child(root, 'task_definition'), 'runtime_platform');
      const family = child(platform, 'operating_system_family');
      const system = stringOf(family) ?? '';
      if (family === undefined || stringOf(node) !== 'FARGATE_SPOT' || !system.startsWith('WINDOWS')) return;
      const texts = [`operating_system_family: ${system}`, 'capacity_provider: FARGATE_SPOT'] as const;
      refuseBoth(texts, 'Fargate Spot runs no Windows containers', [family.source, node.source], 'ecs-params');
    },
  };
  visit(root, pathTable(checks));
  checkVolumes(root, report);

  function exclude([one, other]: readonly [string, string], why: string, node: Node, path: Path): void {
    if (child(node, one) === undefined || child(node, other) === undefined) return;
    refuseBoth([one, other], why, [keyOf(node, one), keyOf(node, other)], pathText(path));
  }

  function refuseBoth(
    [one, other]: readonly [string, string],
    why: string,
    [first, second]: readonly [Source, Source],
    where: string,
  ): void {
    const related = [{ message: `"${one}"`, source: first }];
    report(diagnostic('params/excluded', { where, one, other, why }, second, related));
  }

  function checkVolumeType(node: Node, path: Path): void {
    const typeNode = child(node, 'volume_type');
    const type = stringOf(typeNode) ?? '';
    const { settings, leastSize } = volumeTypes[type] ?? {};
    if (typeNode === undefined || settings === undefined || leastSize === undefined) return;
    for (const key of ['iops', 'throughput'].filter((each) => !settings.includes(each))) {
      if (child(node, key) === undefined) continue;
      const sources = [typeNode.source, keyOf(node, key)] as const;
      refuseBoth([`volume_type: ${type}`, key], 'such volumes have no such setting', sources, pathText(path));
    }
    const size = child(node, 'size_in_gib');
    const gib = numberOf(size) ?? leastSize;
    // What no volume may be below is in the schema.
    if (gib >= leastSize || gib < 1) return;
    const where = pathText([...path, 'size_in_gib']);
    const expected = `at least ${leastSize} with volume_type: ${type}`;
    report(diagnostic('params/invalid-value', { where, expected, found: `${gib}` }, size?.source));
  }

  function need(keys: readonly string[], why: string, node: Node, path: Path): void {
    for (const key of keys) {
      if (child(node, key) !== undefined) continue;
      report(diagnostic('params/required-with', { where: pathText(path), key, why }, node.source));
    }
  }

  function checkShares(node: Node): void {
    const [, second] = itemsOf(node).filter((item) => (numberOf(child(item, 'base')) ?? 0) > 0);
    if (second !== undefined) {
      report(diagnostic('params/capacity-shares', { problem: 'several have a base' }, child(second, 'base')?.source));
    }
    if (!itemsOf(node).some((item) => (numberOf(child(item, 'weight')) ?? 0) > 0)) {
      report(diagnostic('params/capacity-shares', { problem: 'none has a weight' }, node.source));
    }
  }

  function checkMetrics(node: Node): void {
    const seen = new Map<string, Source>();
    for (const item of itemsOf(node)) {
      const metricNode = child(item, 'predefined_metric_type');
      const metric = stringOf(metricNode) ?? '';
      const source = (metricNode ?? item).source;
      const first = seen.get(metric);
      if (first === undefined) seen.set(metric, source);
      else
        report(diagnostic('params/metric-twice', { metric }, source, [{ message: 'the first time', source: first }]));
    }
  }

  function checkLimits(node: Node): void {
    const minimum = numberOf(child(node, 'min_capacity'));
    const maximum = numberOf(child(node, 'max_capacity'));
    if (minimum === undefined || maximum === undefined || minimum <= maximum) return;
    report(diagnostic('params/capacity-limits', { minimum, maximum }, child(node, 'max_capacity')?.source));
  }
}

/**
 * What EBS volumes can be told, and how many GiB they have at least, by those types that are not as free as gp3.
 * Source: ECS API Reference, TaskManagedEBSVolumeConfiguration.
 */
const volumeTypes: Readonly<Record<string, { readonly settings: readonly string[]; readonly leastSize: number }>> = {
  gp2: { settings: [], leastSize: 1 },
  io1: { settings: ['iops'], leastSize: 4 },
  io2: { settings: ['iops'], leastSize: 4 },
  st1: { settings: [], leastSize: 125 },
  sc1: { settings: [], leastSize: 125 },
};

/** What the service is scaled by. */
function metricsOf(run: Node): readonly Node[] {
  const tracking = itemsOf(child(child(run, 'auto_scaling'), 'target_tracking'));
  return tracking.flatMap((item) => child(item, 'predefined_metric_type') ?? []);
}

/** Each volume is told once; one that is configured at launch is told in both places. */
function checkVolumes(root: Node, report: Report): void {
  const definition = child(root, 'task_definition');
  const volumes = itemsOf(child(definition, 'volumes'));
  const seen = new Map<string, Source>();
  for (const node of [...volumes, ...itemsOf(child(definition, 'efs_volumes'))]) {
    const { volume, source } = nameOf(node);
    const first = seen.get(volume);
    if (first === undefined) seen.set(volume, source);
    else report(diagnostic('params/volume-twice', { volume }, source, [{ message: 'the first time', source: first }]));
  }
  const launched = volumes.filter((node) => booleanOf(child(node, 'configured_at_launch')) === true).map(nameOf);
  const configured = itemsOf(child(child(root, 'run_params'), 'volume_configurations')).map(nameOf);
  const compare = (these: readonly Named[], those: readonly Named[], where: string) => {
    for (const { volume, source } of these) {
      if (those.some((other) => other.volume === volume)) continue;
      report(diagnostic('params/launch-volume', { volume, where }, source));
    }
  };
  compare(launched, configured, 'run_params.volume_configurations');
  compare(configured, launched, 'task_definition.volumes');
}

interface Named {
  readonly volume: string;
  readonly source: Source;
}

function nameOf(node: Node): Named {
  const name = child(node, 'name');
  return { volume: stringOf(name) ?? '', source: (name ?? node).source };
}

function keyOf(node: Node, key: string): Source {
  return (node as MappingNode).entries.get(key)?.key ?? node.source;
}
