import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { scalar } from '../../source/build.ts';
import type { Node } from '../../source/node.ts';
import { type Path, type PathTable, pathTable, pathText, rewriteBy } from './path.ts';

type Cast = 'int' | 'float' | 'bool';

/** Strings at these paths become what the attribute is, so that `"${REPLICAS}"` works where a number belongs. */
const casts: PathTable<Cast> = pathTable<Cast>({
  'services.*.attach': 'bool',
  'services.*.build.no_cache': 'bool',
  'services.*.build.privileged': 'bool',
  'services.*.build.pull': 'bool',
  'services.*.cpu_count': 'int',
  'services.*.cpu_percent': 'float',
  'services.*.cpu_period': 'int',
  'services.*.cpu_quota': 'int',
  'services.*.cpu_rt_period': 'int',
  'services.*.cpu_rt_runtime': 'int',
  'services.*.cpus': 'float',
  'services.*.cpu_shares': 'int',
  'services.*.depends_on.*.required': 'bool',
  'services.*.depends_on.*.restart': 'bool',
  'services.*.env_file.*.required': 'bool',
  'services.*.init': 'bool',
  'services.*.deploy.replicas': 'int',
  'services.*.deploy.update_config.parallelism': 'int',
  'services.*.deploy.update_config.max_failure_ratio': 'float',
  'services.*.deploy.rollback_config.parallelism': 'int',
  'services.*.deploy.rollback_config.max_failure_ratio': 'float',
  'services.*.deploy.restart_policy.max_attempts': 'int',
  'services.*.deploy.placement.max_replicas_per_node': 'int',
  'services.*.healthcheck.retries': 'int',
  'services.*.healthcheck.disable': 'bool',
  'services.*.oom_kill_disable': 'bool',
  'services.*.oom_score_adj': 'int',
  'services.*.pids_limit': 'int',
  'services.*.develop.watch.*.exec.privileged': 'bool',
  'services.*.ports.*.target': 'int',
  'services.*.post_start.*.privileged': 'bool',
  'services.*.pre_start.*.per_replica': 'bool',
  'services.*.pre_start.*.privileged': 'bool',
  'services.*.pre_stop.*.privileged': 'bool',
  'services.*.privileged': 'bool',
  'services.*.read_only': 'bool',
  'services.*.scale': 'int',
  'services.*.stdin_open': 'bool',
  'services.*.tty': 'bool',
  'services.*.build.ulimits.*': 'int',
  'services.*.build.ulimits.*.hard': 'int',
  'services.*.build.ulimits.*.soft': 'int',
  'services.*.ulimits.*': 'int',
  'services.*.ulimits.*.hard': 'int',
  'services.*.ulimits.*.soft': 'int',
  'services.*.volumes.*.bind.create_host_path': 'bool',
  'services.*.volumes.*.read_only': 'bool',
  'services.*.volumes.*.volume.nocopy': 'bool',
  'networks.*.external': 'bool',
  'networks.*.internal': 'bool',
  'networks.*.attachable': 'bool',
  'networks.*.enable_ipv4': 'bool',
  'networks.*.enable_ipv6': 'bool',
  'volumes.*.external': 'bool',
  'secrets.*.external': 'bool',
  'configs.*.external': 'bool',
});

/** The file's tree with the strings that stand for numbers and booleans turned into them. */
export function castScalars(root: Node, report: Report): Node {
  return rewriteBy(root, casts, (node, cast, path) => castScalar(node, cast, path, report)) ?? root;
}

const accepted: Readonly<Record<Cast, RegExp>> = {
  int: /^[-+]?\d+$/,
  float: /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/,
  bool: /^(true|false|y|yes|on|n|no|off)$/i,
};

function castScalar(node: Node, cast: Cast, path: Path, report: Report): Node {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const text = node.value;
  if (!accepted[cast].test(text) || (cast === 'int' && Math.abs(Number(text)) >= 2 ** 63)) {
    report(diagnostic('compose/wrong-type', { path: pathText(path), text, type: cast }, node.source, node.related));
    return node;
  }
  if (cast !== 'bool') return { ...node, ...scalar(Number(text), node, cast) };
  const value = booleanOfWord(text) ?? false;
  if (!/^(true|false)$/i.test(text)) {
    report(diagnostic('compose/boolean-word', { text, value: String(value) }, node.source, node.related));
  }
  return { ...node, ...scalar(value, node) };
}

/** What a word is where a boolean belongs, in YAML 1.1 and so to ecs-cli and Docker Compose; undefined for another word. */
export function booleanOfWord(text: string): boolean | undefined {
  return accepted.bool.test(text) ? /^(true|y|yes|on)$/i.test(text) : undefined;
}
