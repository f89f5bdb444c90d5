import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { PortMapping } from '../fargate/task-definition.ts';
import { child, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { ContainerConcern } from './context.ts';
import type { Originated } from './fields.ts';

const appProtocols = ['http', 'http2', 'grpc'];
const everywhere = ['0.0.0.0', '::'];

/**
 * `ports` → `portMappings`; what was written as a range of ports stays one. A `hostPort` is never written: in awsvpc
 * mode it can only repeat the container's port.
 */
export const ports: ContainerConcern = ({ name, service, fields }, { report, published }) => {
  const mappings: Originated<PortMapping>[] = [];
  const mapped = new Set<string>();
  for (const { item, source, targets, published: hostPort } of writtenPorts(child(service.node, 'ports'))) {
    const protocol = (stringOf(child(item, 'protocol')) ?? 'tcp').toLowerCase();
    const target = spanOf(targets);
    const names = { service: service.name, target };
    if (protocol !== 'tcp' && protocol !== 'udp') {
      report(diagnostic('transform/port-protocol', { service: service.name, protocol }, source));
      continue;
    }
    const hostIp = stringOf(child(item, 'host_ip'));
    if (hostIp !== undefined && isLoopback(hostIp)) {
      report(diagnostic('transform/local-port-dropped', { ...names, hostIp }, source));
      continue;
    }
    if (hostIp !== undefined && !everywhere.includes(hostIp)) {
      report(diagnostic('transform/host-ip-dropped', { ...names, hostIp }, source));
    }
    if (hostPort !== undefined && hostPort !== target) {
      report(diagnostic('transform/host-port-dropped', { ...names, published: hostPort, protocol }, source));
    }
    const fresh = targets.filter((port) => !mapped.has(`${port}/${protocol}`));
    for (const containerPort of fresh) {
      mapped.add(`${containerPort}/${protocol}`);
      published.push({ containerName: name, containerPort, protocol, source });
    }
    const appProtocolNode = child(item, 'app_protocol') ?? child(item, 'x-aws-protocol');
    const appProtocol = stringOf(appProtocolNode);
    const isKnown = appProtocol !== undefined && appProtocols.includes(appProtocol);
    if (appProtocol !== undefined && !isKnown && fresh.length > 0) {
      const words = { service: service.name, value: appProtocol };
      report(diagnostic('transform/app-protocol', words, appProtocolNode?.source));
    }
    const portName = stringOf(child(item, 'name'));
    const isWhole = fresh.length === targets.length && fresh.length > 1;
    const places = isWhole ? [{ containerPortRange: target }] : fresh.map((containerPort) => ({ containerPort }));
    for (const place of places) {
      const value = {
        ...(portName === undefined ? {} : { name: portName }),
        ...place,
        protocol,
        ...(isKnown ? { appProtocol } : {}),
      };
      mappings.push({ value, origin: { source } });
    }
  }
  fields.putList('portMappings', mappings);
};

/** One port or range of ports as it was written, its host ports as text: `8000`, `8000-8010`. */
export interface WrittenPorts {
  readonly item: Node;
  readonly source: Source;
  readonly targets: readonly number[];
  readonly published: string | undefined;
}

/** The items of `ports`; those that the parser has made of one range, which it sorts as texts, are one again. */
export function writtenPorts(node: Node | undefined): readonly WrittenPorts[] {
  const runs = new Map<string, Node[]>();
  for (const item of itemsOf(node)) {
    const written = itemKey(item);
    const run = runs.get(written);
    if (run === undefined) runs.set(written, [item]);
    else run.push(item);
  }
  return [...runs.values()].flatMap((run) => {
    const sorted = [...run].sort((a, b) => targetOf(a) - targetOf(b));
    const isRange = sorted.every((item, index) => index === 0 || follows(sorted[index - 1], item));
    return (isRange ? [sorted] : sorted.map((item) => [item])).flatMap(written);
  });
}

function written(items: readonly Node[]): readonly WrittenPorts[] {
  const [item] = items;
  const targets = items.map(targetOf).filter(Number.isInteger);
  if (item === undefined || targets.length === 0) return [];
  const published = items.flatMap((one) => stringOf(child(one, 'published')) ?? []);
  const hostPorts = published.length > 1 ? spanOf(published.map(Number)) : published[0];
  return [{ item, source: item.source, targets, published: hostPorts }];
}

/** What ports of one range have in common: the place of their text, and what it says of all of them. */
function itemKey(item: Node): string {
  const { file, start } = item.source;
  return JSON.stringify([file.path, start, stringOf(child(item, 'protocol')), stringOf(child(item, 'host_ip'))]);
}

/** Whether a port is the next one after another, in the container and, where it is published, on the host. */
function follows(before: Node | undefined, item: Node): boolean {
  const hostPorts = [before, item].map((node) => stringOf(child(node, 'published')));
  const isNext =
    hostPorts[0] === hostPorts[1] ? hostPorts[0] === undefined : Number(hostPorts[0]) + 1 === Number(hostPorts[1]);
  return before !== undefined && targetOf(before) + 1 === targetOf(item) && isNext;
}

function targetOf(item: Node): number {
  return numberOf(child(item, 'target')) ?? Number.NaN;
}

/** `8000`, or `8000-8010` of consecutive ports. */
function spanOf(ports: readonly number[]): string {
  return ports.length === 1 ? String(ports[0]) : `${ports[0]}-${ports.at(-1)}`;
}

/** Whether a port bound to an address is for the machine itself alone. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
