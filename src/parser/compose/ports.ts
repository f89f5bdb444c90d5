import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Allowance } from '../../source/allowance.ts';
import { madeBy, partsOf, record, scalar, sequence } from '../../source/build.ts';
import { limits } from '../../source/limits.ts';
import type { Node, ScalarNode } from '../../source/node.ts';
import { scalarText } from './plain.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Binding {
  readonly hostIp: string;
  readonly published: string | undefined;
  readonly target: number;
}

/**
 * The ports of a service, each in the long form; a range of container ports becomes one item a port.
 * @param allowance how many ports there may still be
 */
export function longPorts(node: Node, allowance: Allowance, report: Report): Node {
  if (node.kind !== 'sequence') return node;
  return sequence(
    node.items.flatMap((item) => {
      if (allowance.isSpent) return [];
      const ports = item.kind === 'scalar' ? longPort(item, report) : [item];
      const isAffordable = allowance.spend(ports.length, () =>
        report(diagnostic('compose/too-many-ports', { limit: limits.ports }, item.source)),
      );
      return isAffordable ? ports : [];
    }),
    node,
  );
}

/** One port in its short form, `[ip:][published:]target[/protocol]`, as the long forms that it stands for. */
function longPort(node: ScalarNode, report: Report): readonly Node[] {
  const text = scalarText(node);
  const shortForm = madeBy('short form of ports', node);
  const mode = scalar('ingress', madeBy('default mode of ports', node));
  const tcp = scalar('tcp', madeBy('default protocol of ports', node));
  const [ports = '', protocol = ''] = text.split('/');
  const isPort = node.type === 'string' || node.type === 'int';
  const bindings = isPort ? parsePorts(ports) : 'a port is a whole number';
  const known = ['tcp', 'udp', 'sctp', ''].includes(protocol.toLowerCase());
  if (typeof bindings === 'string' || !known) {
    const problem = typeof bindings === 'string' ? bindings : `"${protocol}" is no protocol`;
    report(diagnostic('compose/port-syntax', { text, problem }, node.source, node.related));
    return [node];
  }
  if (node.type === 'int') return [record({ mode, protocol: tcp, target: node }, shortForm)];
  const written = splitPorts(ports);
  const parts = [withoutBrackets(written.hostIp), written.published, written.container, protocol];
  const places = partsOf(node.source, parts);
  const part = (value: string | number, index: number) =>
    scalar(value, { ...shortForm, source: places[index] ?? node.source });
  return bindings.map(({ hostIp, published, target }) =>
    record(
      {
        mode,
        protocol: protocol === '' ? tcp : part(protocol.toLowerCase(), 3),
        host_ip: hostIp === '' ? undefined : part(hostIp, 0),
        target: part(target, 2),
        published: published === undefined ? undefined : part(published, 1),
      },
      shortForm,
    ),
  );
}

function withoutBrackets(address: string): string {
  return /^\[.*\]$/.test(address) ? address.slice(1, -1) : address;
}

/** The bindings that the text before the protocol stands for, or what is wrong with it. */
function parsePorts(text: string): readonly Binding[] | string {
  const { hostIp, published: host, container } = splitPorts(text);
  if (container === '') return 'it names no container port';
  const ip = withoutBrackets(hostIp);
  if (ip !== '' && (!isIpAddress(ip) || (ip.includes(':') && ip === hostIp))) {
    return isIpAddress(ip) ? 'an IPv6 address stands in brackets' : `"${hostIp}" is no IP address`;
  }
  const target = parseRange(container);
  if (target === undefined || target.start === 0) return `"${container}" is no container port, nor a range of them`;
  const published = host === '' ? undefined : parseRange(host);
  if (host !== '' && published === undefined) return `"${host}" is no host port, nor a range of them`;
  const count = target.end - target.start;
  if (published !== undefined && published.end - published.start !== count && count !== 0) {
    return `the ranges ${host} and ${container} differ in length`;
  }
  const bindings = Array.from({ length: count + 1 }, (_, index) => ({
    hostIp: ip,
    published: published === undefined ? undefined : publishedText(published, count, index),
    target: target.start + index,
  }));
  return bindings.sort(byText);
}

/** Docker Compose orders the ports of a range as texts: 10 comes before 9. */
function byText(one: Binding, other: Binding): number {
  return String(one.target) < String(other.target) ? -1 : 1;
}

/** A range of host ports in front of a single container port stays a range: any of them will do. */
function publishedText(published: Range, count: number, index: number): string {
  const isChoice = count === 0 && published.end !== published.start;
  return isChoice ? `${published.start}-${published.end}` : String(published.start + index);
}

/** From the right: the container port, the host port, and all else is the address. */
function splitPorts(text: string): { hostIp: string; published: string; container: string } {
  const parts = text.split(':');
  const container = parts.at(-1) ?? '';
  const published = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  return { hostIp: parts.slice(0, -2).join(':'), published, container };
}

function parseRange(text: string): Range | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const start = Number(match[1]);
  const end = Number(match[2] ?? match[1]);
  return start <= end && end <= 65535 ? { start, end } : undefined;
}

/** Whether the text is an IPv4 or IPv6 address. */
export function isIpAddress(text: string): boolean {
  const isIpv4 = (part: string) =>
    /^(\d{1,3}\.){3}\d{1,3}$/.test(part) &&
    part.split('.').every((octet) => Number(octet) < 256 && String(Number(octet)) === octet);
  if (!text.includes(':')) return isIpv4(text);
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const embedded = last?.includes('.') ? (isIpv4(last) ? 1 : Number.NaN) : 0;
  const hex = embedded === 1 ? groups.slice(0, -1) : groups;
  const count = hex.length + embedded * 2;
  const full = halves.length === 2 ? count < 8 : count === 8;
  return full && hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group));
}
