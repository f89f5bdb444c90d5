import type { MappingNode, Node } from '../../source/node.ts';
import { type PathTable, pathTable, under } from './path.ts';
import { type Json, plain, scalarText } from './plain.ts';
import type { Project } from './project.ts';

/** The project as `docker compose config --format json` prints it: without its models, as that one has none. */
export function projectJson(project: Project): Json {
  const { models: _, ...printed } = projectYaml(project);
  return printed;
}

/** The project as `docker compose config` prints it: attributes without a value left out. */
export function projectYaml(project: Project): Readonly<Record<string, Json>> {
  return print(project.root, prints) as Fields;
}

type Fields = Record<string, Json>;

/** How the attribute at a path is printed, where that is not as the model has it. */
interface Print {
  /** 0, false and "" are values of it, and not "unset". */
  readonly keepsEmpty?: true;
  /** Its keys are names, not attributes: they may begin with `x-`, and have a value even if that is empty. */
  readonly names?: true;
  /** Its children of type text: an empty mapping of them is left out. */
  readonly omitsEmpty?: true;
  /** What is printed instead; undefined leaves it out. */
  readonly print?: (printed: Json, node: Node) => Json | undefined;
}

function print(node: Node, table: PathTable<Print> | undefined): Json | undefined {
  const printed = printValue(node, table);
  const change = table?.row?.print;
  return printed === undefined || change === undefined ? printed : change(printed, node);
}

function printValue(node: Node, table: PathTable<Print> | undefined): Json | undefined {
  if (node.kind === 'scalar') return node.type === 'timestamp' ? scalarText(node) : plain(node);
  if (node.kind === 'sequence') return node.items.map((item) => print(item, under(table, 0)) ?? null);
  return printMapping(node, table);
}

function printMapping(node: MappingNode, table: PathTable<Print> | undefined): Json {
  const fields: [string, Json][] = [];
  const isRoot = table === prints;
  for (const [key, { value }] of node.entries) {
    const isExtension = key.startsWith('x-') && table?.row?.names === undefined;
    if (isExtension && isRoot) fields.push([key, plain(value)]);
    if (isExtension) continue;
    const below = under(table, key);
    const printed = print(value, below);
    const keeps = table?.row?.names ?? below?.row?.keepsEmpty ?? false;
    if (printed !== undefined && (keeps || !isUnset(printed, below))) fields.push([key, printed]);
  }
  return Object.fromEntries(fields);
}

function isUnset(value: Json, table: PathTable<Print> | undefined): boolean {
  if (value === null || value === 0 || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && table?.row?.omitsEmpty === true && Object.keys(value).length === 0;
}

const keeps: Print = { keepsEmpty: true };
const named: Print = { names: true };
const texts: Print = { names: true, omitsEmpty: true };
const bytes: Print = { print: (size) => (size === 0 ? 0 : String(size)) };

/** Fields that are printed even when they are not set. */
function always(fields: Fields): Print {
  return { print: (printed) => (printed === null ? undefined : { ...fields, ...(printed as Fields) }) };
}

/** Docker Compose prints these under their names in its own code. */
const capitalised: Print = {
  print: (printed) =>
    Object.fromEntries(
      Object.entries(printed as Fields).map(([key, value]) => [(key[0] ?? '').toUpperCase() + key.slice(1), value]),
    ),
};

/** Known to the schema, and to nothing else. */
const never: Print = { print: () => undefined };

/** True unless said otherwise, so that only false needs saying. */
const unlessTrue: Print = { keepsEmpty: true, print: (printed) => (printed === true ? undefined : printed) };

const unlessZero: Print = { print: (printed) => (printed === '0s' ? undefined : printed) };

const sorted: Print = { print: (printed) => (Array.isArray(printed) ? [...printed].sort() : printed) };

/** A single limit of 0 is printed as limits that are not set. */
const limit: Print = { print: (printed) => (printed === 0 ? {} : printed) };

const options: Print = {
  print: (printed) => (Array.isArray(printed) ? printed.map(String) : [String(printed)]),
};

const prints: PathTable<Print> = pathTable<Print>({
  services: named,
  'services.*': always({ command: null, entrypoint: null }),
  'services.*.annotations': texts,
  'services.*.attach': keeps,
  'services.*.blkio_config.device_read_bps.*': capitalised,
  'services.*.blkio_config.device_read_bps.*.rate': bytes,
  'services.*.blkio_config.device_read_iops.*': capitalised,
  'services.*.blkio_config.device_read_iops.*.rate': bytes,
  'services.*.blkio_config.device_write_bps.*': capitalised,
  'services.*.blkio_config.device_write_bps.*.rate': bytes,
  'services.*.blkio_config.device_write_iops.*': capitalised,
  'services.*.blkio_config.device_write_iops.*.rate': bytes,
  'services.*.blkio_config.weight_device.*': capitalised,
  'services.*.build.additional_contexts': texts,
  'services.*.build.args': texts,
  'services.*.build.extra_hosts': sorted,
  'services.*.build.labels': texts,
  'services.*.build.shm_size': bytes,
  'services.*.build.ssh': texts,
  'services.*.build.ulimits': named,
  'services.*.build.ulimits.*': limit,
  'services.*.command': keeps,
  'services.*.depends_on': texts,
  'services.*.depends_on.*.required': keeps,
  'services.*.deploy': always({ resources: {}, placement: {} }),
  'services.*.deploy.labels': texts,
  'services.*.deploy.replicas': keeps,
  'services.*.deploy.resources.limits.memory': bytes,
  'services.*.deploy.resources.reservations.devices.*.options': texts,
  'services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value': keeps,
  'services.*.deploy.resources.reservations.memory': bytes,
  'services.*.deploy.restart_policy.max_attempts': keeps,
  'services.*.deploy.rollback_config.delay': unlessZero,
  'services.*.deploy.rollback_config.monitor': unlessZero,
  'services.*.deploy.rollback_config.parallelism': keeps,
  'services.*.deploy.update_config.delay': unlessZero,
  'services.*.deploy.update_config.monitor': unlessZero,
  'services.*.deploy.update_config.parallelism': keeps,
  'services.*.entrypoint': keeps,
  'services.*.environment': texts,
  'services.*.extra_hosts': sorted,
  'services.*.gpus.*.options': texts,
  'services.*.healthcheck.retries': keeps,
  'services.*.init': keeps,
  'services.*.labels': texts,
  'services.*.logging.options': texts,
  'services.*.mem_limit': bytes,
  'services.*.mem_reservation': bytes,
  'services.*.mem_swappiness': bytes,
  'services.*.memswap_limit': bytes,
  'services.*.models': named,
  'services.*.networks': texts,
  'services.*.networks.*.driver_opts': texts,
  'services.*.post_start.*.environment': texts,
  'services.*.pre_start.*.environment': texts,
  'services.*.pre_stop.*.environment': texts,
  'services.*.provider.options': named,
  'services.*.provider.options.*': options,
  'services.*.pull_refresh_after': never,
  'services.*.scale': keeps,
  'services.*.shm_size': bytes,
  'services.*.storage_opt': texts,
  'services.*.sysctls': texts,
  'services.*.ulimits': texts,
  'services.*.ulimits.*': limit,
  'services.*.volumes.*.bind.create_host_path': unlessTrue,
  'services.*.volumes.*.tmpfs.size': bytes,
  'services.*.volumes.*.volume.labels': texts,
  configs: named,
  'configs.*.labels': texts,
  models: named,
  networks: named,
  'networks.*': always({ ipam: {} }),
  'networks.*.driver_opts': texts,
  'networks.*.enable_ipv4': keeps,
  'networks.*.enable_ipv6': keeps,
  'networks.*.labels': texts,
  secrets: named,
  'secrets.*.driver_opts': texts,
  'secrets.*.labels': texts,
  volumes: named,
  'volumes.*.driver_opts': texts,
  'volumes.*.labels': texts,
});
