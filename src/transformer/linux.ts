import { diagnostic } from '../diagnostics/diagnostic.ts';
import { ulimitNames } from '../fargate/linux.ts';
import type { LinuxParameters } from '../fargate/task-definition.ts';
import { parseByteSize } from '../parser/compose/units.ts';
import {
  booleanOf,
  child,
  entriesOf,
  itemsOf,
  type Node,
  numberOf,
  sortedEntriesOf,
  stringOf,
} from '../source/node.ts';
import type { ContainerConcern, ContainerContext, TaskContext } from './context.ts';
import { originFrom } from './task.ts';

type Tmpfs = NonNullable<LinuxParameters['tmpfs']>[number];

/** MiB that a tmpfs gets where the file sets no size; ECS wants one. */
const assumedTmpfs = 64;
const bytesInMiB = 1024 * 1024;

/** `init`, `cap_add`, `cap_drop`, `tmpfs`, `ulimits`, `sysctls`: what concerns the kernel's view of a container. */
export const linux: ContainerConcern = (container, context) => {
  const { service, fields } = container;
  const init = child(container.params, 'init_process_enabled') ?? child(service.node, 'init');
  const add = capabilitiesToAdd(container, context);
  const drop = itemsOf(child(service.node, 'cap_drop')).map((node) => capability(node));
  const tmpfs = [...tmpfsKey(container, context), ...tmpfsMounts(container, context)];
  const parameters: LinuxParameters = {
    ...(add.length + drop.length === 0
      ? {}
      : { capabilities: { ...(add.length && { add }), ...(drop.length && { drop }) } }),
    ...(booleanOf(init) === true ? { initProcessEnabled: true } : {}),
    ...(tmpfs.length === 0 ? {} : { tmpfs: tmpfs.map(({ value }) => value) }),
  };
  const nodes = [child(service.node, 'cap_add'), child(service.node, 'cap_drop'), init, tmpfs[0]?.node];
  const first = nodes.find((node) => node !== undefined);
  if (Object.keys(parameters).length > 0 && first !== undefined) {
    fields.put('linuxParameters', parameters, originFrom(first));
    for (const [index, { node }] of tmpfs.entries()) {
      fields.origin(`linuxParameters.tmpfs[${index}]`, originFrom(node));
    }
    for (const [index, node] of itemsOf(child(service.node, 'cap_drop')).entries()) {
      fields.origin(`linuxParameters.capabilities.drop[${index}]`, originFrom(node));
    }
  }
  putUlimits(container, context);
  fields.putList(
    'systemControls',
    sortedEntriesOf(child(service.node, 'sysctls')).map(([namespace, { key, value }]) => ({
      value: { namespace, value: value.kind === 'scalar' ? String(value.value ?? '') : '' },
      origin: originFrom(value),
      parts: [['namespace', key]],
    })),
  );
};

/** The kernel settings of the network belong to the task: one container sets them for all, and they must agree. */
export function checkSystemControls({ containers, report }: TaskContext): void {
  const names = new Set(
    containers.flatMap(({ service }) => entriesOf(child(service.node, 'sysctls')).map(([name]) => name)),
  );
  for (const name of names) {
    if (!name.startsWith('net.')) continue;
    const [first, ...others] = containers.flatMap(({ service }) => {
      const node = child(child(service.node, 'sysctls'), name);
      return node === undefined ? [] : [{ service: service.name, value: stringOf(node) ?? '', source: node.source }];
    });
    if (first === undefined) continue;
    for (const { service, value, source } of others) {
      if (value === first.value) continue;
      const related = [{ message: 'set here first', source: first.source }];
      report(diagnostic('transform/sysctl-differs', { service, name, value, other: first.value }, source, related));
    }
    if (others.length + 1 < containers.length) {
      report(diagnostic('transform/sysctl-shared', { service: first.service, name }, first.source));
    }
  }
}

function putUlimits({ service, fields }: ContainerContext, { report }: TaskContext): void {
  fields.putList(
    'ulimits',
    sortedEntriesOf(child(service.node, 'ulimits')).map(([name, { key, value }]) => {
      // A name that ECS does not know is an error of the checker.
      if (name !== 'nofile' && ulimitNames.includes(name))
        report(diagnostic('transform/ulimit', { service: service.name, name }, key));
      const both = numberOf(value);
      const softLimit = both ?? numberOf(child(value, 'soft')) ?? 0;
      const hardLimit = both ?? numberOf(child(value, 'hard')) ?? 0;
      return { value: { name, softLimit, hardLimit }, origin: originFrom(value), parts: [['name', key]] };
    }),
  );
}

/** Names of capabilities as ECS spells them, without `CAP_`; what Fargate does not allow is reported. */
function capabilitiesToAdd({ service }: ContainerContext, { report }: TaskContext): string[] {
  return itemsOf(child(service.node, 'cap_add')).flatMap((node) => {
    const name = capability(node);
    if (name === 'SYS_PTRACE') return [name];
    report(diagnostic('transform/capability', { service: service.name, capability: name }, node.source));
    return [];
  });
}

function capability(node: Node): string {
  return (stringOf(node) ?? '').toUpperCase().replace(/^CAP_/, '');
}

/** The short form: `/run`, `/run:size=64m,mode=1777`. */
function tmpfsKey(container: ContainerContext, context: TaskContext): { node: Node; value: Tmpfs }[] {
  return itemsOf(child(container.service.node, 'tmpfs')).map((node) => {
    const [containerPath = '', list = ''] = (stringOf(node) ?? '').split(':', 2);
    const options = list.split(',').filter((option) => option !== '');
    const size = options.find((option) => option.startsWith('size='))?.slice('size='.length);
    const mountOptions = options.filter((option) => !option.startsWith('size='));
    return { node, value: tmpfsOf(container, context, { node, containerPath, size, mountOptions }) };
  });
}

/** The long form, among `volumes`. */
function tmpfsMounts(container: ContainerContext, context: TaskContext): { node: Node; value: Tmpfs }[] {
  return itemsOf(child(container.service.node, 'volumes')).flatMap((node) => {
    if (stringOf(child(node, 'type')) !== 'tmpfs') return [];
    const options = child(node, 'tmpfs');
    const sizeNode = child(options, 'size');
    const size = numberOf(sizeNode) ?? stringOf(sizeNode);
    const mode = numberOf(child(options, 'mode'));
    const mountOptions = [
      ...(mode === undefined ? [] : [`mode=${mode.toString(8)}`]),
      ...(booleanOf(child(node, 'read_only')) === true ? ['ro'] : []),
    ];
    const containerPath = stringOf(child(node, 'target')) ?? '';
    return [{ node, value: tmpfsOf(container, context, { node, containerPath, size, mountOptions }) }];
  });
}

/** A tmpfs of a size in bytes, or as a text of the file writes it. */
function tmpfsOf(
  { service }: ContainerContext,
  { report }: TaskContext,
  mount: { node: Node; containerPath: string; size: number | string | undefined; mountOptions: string[] },
): Tmpfs {
  const { node, containerPath, size: written, mountOptions } = mount;
  const bytes = typeof written === 'number' ? written : parseByteSize(written ?? '');
  const size = bytes === undefined || bytes === 0 ? assumedTmpfs : Math.ceil(bytes / bytesInMiB);
  if (bytes === undefined || bytes === 0) {
    const unread = bytes === undefined && written ? String(written) : undefined;
    const words = { service: service.name, target: containerPath, unread, size };
    report(diagnostic('transform/tmpfs-size', words, node.source));
  }
  return { containerPath, size, ...(mountOptions.length === 0 ? {} : { mountOptions }) };
}
