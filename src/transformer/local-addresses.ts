import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, entriesOf, itemsOf, numberOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';
import { namesOf, type Subject, together } from './together.ts';

const localAddress = /(?<![\w.-])(?:localhost|127\.0\.0\.1):(\d+)/g;

/** A variable of a service that holds such an address, and which port of which service is published there. */
interface Found extends Subject {
  readonly words: {
    readonly variable: string;
    readonly address: string;
    readonly publisher: string;
    readonly target: number;
  };
}

/**
 * Warns of variables that hold an address at which Docker publishes a port on the developer's machine, such as the URL of
 * a site. A port on which a container says that it listens may be meant as that one, and is left alone.
 */
export function localAddresses({ containers, report }: TaskContext): void {
  const ports = containers.flatMap(({ service }) =>
    itemsOf(child(service.node, 'ports')).map((item) => ({
      service: service.name,
      published: stringOf(child(item, 'published')),
      target: numberOf(child(item, 'target')),
    })),
  );
  const listening = new Set([
    ...ports.map(({ target }) => String(target)),
    ...containers.flatMap(({ service }) => itemsOf(child(service.node, 'expose')).map(stringOf)),
  ]);
  const found: readonly Found[] = containers.flatMap(({ service }) =>
    entriesOf(child(service.node, 'environment')).flatMap(([variable, { value: node }]) => {
      const addresses = [...(stringOf(node) ?? '').matchAll(localAddress)];
      const [address, port] = addresses.find(([, one]) => !listening.has(one)) ?? [];
      const publishing = ports.find(({ published }) => published === port);
      if (address === undefined || publishing?.target === undefined) return [];
      const { service: publisher, target } = publishing;
      return [{ service: service.name, source: node.source, words: { variable, address, publisher, target } }];
    }),
  );
  const isSame = ({ words: one }: Found, { words: other }: Found) =>
    one.variable === other.variable && one.address === other.address;
  for (const [index, first] of found.entries()) {
    if (found.findIndex((one) => isSame(one, first)) < index) continue;
    const same = found.filter((one) => isSame(one, first));
    report(diagnostic('transform/local-address', { ...first.words, services: namesOf(same) }, ...together(same)));
  }
}
