import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { madeBy, mapItems, mapValues, partOf, partsOf, readBy, scalar, sequence } from '../../source/build.ts';
import { isNull, type Node, stringOf } from '../../source/node.ts';
import { sourceText } from '../../source/source.ts';
import { keyValueMapping } from './key-values.ts';
import { count, deviceCount, number, singlePrecision, textOrInteger, wholeNumber } from './numbers.ts';
import { ofScalar, type PathTable, pathTable, pathText, type Rewrite, rewrite } from './path.ts';
import { scalarText } from './plain.ts';
import { splitShellWords } from './shell-words.ts';
import { durationText, parseByteSize, parseDuration } from './units.ts';

/** The canonical tree with every value as what it stands for: words of a command, bytes, texts of variables. */
export function readValues(root: Node, report: Report): Node {
  return rewrite(root, valueReaders(report)) ?? root;
}

/** A command line as its words. */
function command(report: Report): Rewrite {
  return ofScalar((node, path) => {
    if (typeof node.value !== 'string') return node;
    const split = splitShellWords(node.value);
    const attribute = pathText(path);
    if (typeof split === 'string') {
      report(diagnostic('compose/command-syntax', { path: attribute, problem: split }, node.source, node.related));
      return node;
    }
    if (split.cutAt !== undefined) {
      const rest = node.value.slice(split.cutAt);
      const source = partOf(node.source, rest.split('\n', 1)[0] ?? '', 'end');
      report(diagnostic('compose/command-cut', { path: attribute, rest }, source, node.related));
    }
    const origin = madeBy('words of a command line', node);
    const places = partsOf(node.source, split.words);
    return sequence(
      split.words.map((word, index) => scalar(word, { ...origin, source: places[index] ?? node.source })),
      origin,
    );
  });
}

function duration(report: Report): Rewrite {
  return ofScalar((node, path) => {
    if (typeof node.value !== 'string') return node;
    const value = parseDuration(node.value);
    if (value !== undefined) return readBy('duration as Go prints it', node, durationText(value));
    const text = node.value;
    report(diagnostic('compose/duration-syntax', { path: pathText(path), text }, node.source, node.related));
    return node;
  });
}

/** A size as its bytes. A YAML float is no size, and Docker Compose drops it. */
function byteSize(report: Report): Rewrite {
  return ofScalar((node, path) => {
    if (node.type === 'float') {
      const size = { path: pathText(path), text: sourceText(node.source) };
      report(diagnostic('compose/size-ignored', size, node.source, node.related));
      return undefined;
    }
    if (typeof node.value !== 'string') return node;
    // Without a unit it may be negative: -1 stands for "no limit".
    const bytes = /^-\d+$/.test(node.value) ? Number(node.value) : parseByteSize(node.value);
    if (bytes !== undefined) return readBy('size in bytes', node, bytes, 'int');
    report(diagnostic('compose/size-syntax', { path: pathText(path), text: node.value }, node.source, node.related));
    return node;
  });
}

/** Variables (which may be null) or labels as a mapping of texts. No name of a variable ends with a space. */
function texts(ofNull: '' | null, report: Report): Rewrite {
  return (node, path) => {
    const named = node.kind === 'sequence' ? keyValueMapping(node) : node;
    if (named.kind !== 'mapping') return named;
    for (const [key, { key: source, value }] of named.entries) {
      if (ofNull === null && value.rule === 'list of KEY=value' && /\s$/.test(key)) {
        report(diagnostic('compose/key-space', { path: pathText(path), key }, source, value.related));
      }
    }
    return mapValues(named, (value) => {
      if (value.kind !== 'scalar' || typeof value.value === 'string') return asText(value);
      return isNull(value) ? readBy('no value is an empty text', value, ofNull) : asText(value);
    });
  };
}

/** A scalar as the text that a container sees. */
function asText(node: Node): Node {
  if (node.kind !== 'scalar' || isNull(node) || node.type === 'string') return node;
  return readBy('text of a scalar', node, scalarText(node), 'string');
}

/** An item of a list of texts, some of which look like numbers. */
function textItem(report: Report): Rewrite {
  const read = textOrInteger(report);
  return (node, path) => asText(read(node, path) ?? node);
}

/** An empty name server is none. */
const listOfNames: Rewrite = (node) =>
  node.kind === 'sequence' ? mapItems(node, (item) => (stringOf(item) === '' ? undefined : item)) : node;

/** Permission bits as an octal text: an int has them, a string writes them so. */
function fileMode(report: Report): Rewrite {
  return ofScalar((node, path) => {
    const isOctal = typeof node.value === 'string' && /^[0-7]+$/.test(node.value);
    const bits = isOctal ? Number.parseInt(String(node.value), 8) : node.value;
    if (typeof bits === 'number' && node.type !== 'float') return readBy('octal mode', node, `0${bits.toString(8)}`);
    report(
      diagnostic('compose/mode-syntax', { path: pathText(path), text: scalarText(node) }, node.source, node.related),
    );
    return node;
  });
}

/** A text whatever it looks like, such as a published port, which may be a range. */
const text: Rewrite = ofScalar((node) => (isNull(node) ? undefined : asText(node)));

/** `host=address`, the address without brackets, `host:address` too. */
function extraHosts(report: Report): Rewrite {
  return (node) => {
    if (node.kind !== 'sequence') return node;
    const items = node.items.flatMap((item) => {
      const text = stringOf(item);
      if (item.kind !== 'scalar' || text === undefined) return [item];
      const separator = text.includes('=') ? '=' : ':';
      const at = text.indexOf(separator);
      const host = at === -1 ? '' : text.slice(0, at);
      if (host === '' || /[:=]/.test(host)) {
        report(diagnostic('compose/extra-host-syntax', { text }, item.source, item.related));
        return [item];
      }
      return text
        .slice(at + 1)
        .split(',')
        .map((address) => `${host}=${address.replace(/^\[(.+)\]$/, '$1')}`)
        .map((line) => readBy('short form of extra_hosts', item, line));
    });
    return sequence(items, node);
  };
}

/** A service's networks, an entry without attributes being null. */
const emptyIsNull: Rewrite = (node) =>
  node.kind === 'mapping' && node.entries.size === 0 ? scalar(null, madeBy('no attributes', node)) : node;

/** The SSH keys of a build as `docker build --ssh` takes them: `id`, or `id=path`. */
const sshKeys: Rewrite = (node) => {
  if (node.kind !== 'mapping') return node;
  const keys = [...node.entries].map(([id, { key, value }]) =>
    value.kind !== 'scalar' || isNull(value)
      ? scalar(id, madeBy('mapping of ssh', { source: key }))
      : scalar(`${id}=${scalarText(value)}`, madeBy('mapping of ssh', value)),
  );
  return sequence(keys, madeBy('mapping of ssh', node));
};

function valueReaders(report: Report): PathTable<Rewrite> {
  const [words, time, size, amount] = [command(report), duration(report), byteSize(report), number(report)];
  const [single, devices, unsigned] = [singlePrecision(report), deviceCount(report), count(report)];
  const [variables, labels, mode] = [texts(null, report), texts('', report), fileMode(report)];
  const [item, limit] = [textItem(report), textOrInteger(report)];
  const updates = (config: string): Readonly<Record<string, Rewrite>> => ({
    [`services.*.deploy.${config}.delay`]: time,
    [`services.*.deploy.${config}.monitor`]: time,
    [`services.*.deploy.${config}.max_failure_ratio`]: amount,
    [`services.*.deploy.${config}.parallelism`]: unsigned,
  });
  return pathTable<Rewrite>({
    'services.*.annotations': labels,
    'services.*.blkio_config.device_read_bps.*.rate': size,
    'services.*.blkio_config.device_read_iops.*.rate': size,
    'services.*.blkio_config.device_write_bps.*.rate': size,
    'services.*.blkio_config.device_write_iops.*.rate': size,
    'services.*.blkio_config.weight': unsigned,
    'services.*.blkio_config.weight_device.*.weight': unsigned,
    'services.*.build.additional_contexts': labels,
    'services.*.build.args': variables,
    'services.*.build.extra_hosts': extraHosts(report),
    'services.*.build.labels': labels,
    'services.*.build.provenance': text,
    'services.*.build.sbom': text,
    'services.*.build.secrets.*.mode': mode,
    'services.*.build.shm_size': size,
    'services.*.build.ssh': sshKeys,
    'services.*.command': words,
    'services.*.configs.*.mode': mode,
    'services.*.cpu_period': wholeNumber,
    'services.*.cpu_quota': wholeNumber,
    'services.*.cpu_rt_period': wholeNumber,
    'services.*.cpu_rt_runtime': wholeNumber,
    'services.*.cpu_shares': wholeNumber,
    'services.*.cpus': single,
    'services.*.deploy.labels': labels,
    'services.*.deploy.placement.max_replicas_per_node': unsigned,
    'services.*.deploy.resources.limits.cpus': single,
    'services.*.deploy.resources.limits.memory': size,
    'services.*.deploy.resources.limits.pids': amount,
    'services.*.deploy.resources.reservations.cpus': single,
    'services.*.deploy.resources.reservations.devices.*.count': devices,
    'services.*.deploy.resources.reservations.devices.*.options': labels,
    'services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value': amount,
    'services.*.deploy.resources.reservations.memory': size,
    'services.*.deploy.restart_policy.delay': time,
    'services.*.deploy.restart_policy.max_attempts': unsigned,
    'services.*.deploy.restart_policy.window': time,
    ...updates('rollback_config'),
    ...updates('update_config'),
    'services.*.develop.watch.*.exec.command': words,
    'services.*.develop.watch.*.exec.environment': variables,
    'services.*.dns': listOfNames,
    'services.*.entrypoint': words,
    'services.*.environment': variables,
    'services.*.expose.*': item,
    'services.*.extra_hosts': extraHosts(report),
    'services.*.gpus.*.count': devices,
    'services.*.gpus.*.options': labels,
    'services.*.group_add.*': item,
    'services.*.healthcheck.interval': time,
    'services.*.healthcheck.retries': unsigned,
    'services.*.healthcheck.start_interval': time,
    'services.*.healthcheck.start_period': time,
    'services.*.healthcheck.timeout': time,
    'services.*.labels': labels,
    'services.*.logging.options': labels,
    'services.*.mem_limit': size,
    'services.*.mem_reservation': size,
    'services.*.mem_swappiness': size,
    'services.*.memswap_limit': size,
    'services.*.networks.*': emptyIsNull,
    'services.*.networks.*.driver_opts': labels,
    'services.*.networks.*.gw_priority': wholeNumber,
    'services.*.networks.*.priority': wholeNumber,
    'services.*.pids_limit': wholeNumber,
    'services.*.ports.*.published': text,
    'services.*.ports.*.target': unsigned,
    'services.*.post_start.*.command': words,
    'services.*.post_start.*.environment': variables,
    'services.*.pre_start.*.command': words,
    'services.*.pre_start.*.environment': variables,
    'services.*.pre_stop.*.command': words,
    'services.*.pre_stop.*.environment': variables,
    'services.*.secrets.*.mode': mode,
    'services.*.shm_size': size,
    'services.*.stop_grace_period': time,
    'services.*.storage_opt': labels,
    'services.*.sysctls': labels,
    'services.*.ulimits.*': limit,
    'services.*.ulimits.*.hard': limit,
    'services.*.ulimits.*.soft': limit,
    'services.*.volumes.*.tmpfs.mode': unsigned,
    'services.*.volumes.*.tmpfs.size': size,
    'services.*.volumes.*.volume.labels': labels,
    'configs.*.labels': labels,
    'networks.*.driver_opts': labels,
    'networks.*.labels': labels,
    'secrets.*.driver_opts': labels,
    'secrets.*.labels': labels,
    'volumes.*.driver_opts': labels,
    'volumes.*.labels': labels,
  });
}
