import { child, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';

/** One port or range of ports as it was written. */
export interface WrittenPorts {
  readonly item: Node;
  readonly source: Source;
  /** The ports of the container. */
  readonly targets: readonly number[];
  /** The same as text: `8000`, `8000-8010`. */
  readonly target: string;
  /** The ports of the host, as text. */
  readonly published: string | undefined;
  readonly protocol: string;
  readonly hostIp: string | undefined;
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

/** Whether ports are bound to an address that only the machine itself reaches. */
export function isLocal({ hostIp = '' }: WrittenPorts): boolean {
  return hostIp.startsWith('127.') || hostIp === '::1';
}

function written(items: readonly Node[]): readonly WrittenPorts[] {
  const [item] = items;
  const targets = items.map(targetOf).filter(Number.isInteger);
  if (item === undefined || targets.length === 0) return [];
  const published = items.flatMap((one) => stringOf(child(one, 'published')) ?? []);
  return [
    {
      item,
      source: item.source,
      targets,
      target: spanOf(targets),
      published: published.length > 1 ? spanOf(published.map(Number)) : published[0],
      protocol: (stringOf(child(item, 'protocol')) ?? 'tcp').toLowerCase(),
      hostIp: stringOf(child(item, 'host_ip')),
    },
  ];
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
