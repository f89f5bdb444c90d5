import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, itemsOf, type Node, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { TaskContext } from './context.ts';
import { isLocal, type WrittenPorts, writtenPorts } from './written-ports.ts';

/** A port on which a service says that it listens: `ports` of the container, or `expose`. */
interface Claim {
  readonly service: string;
  readonly source: Source;
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  /** `local`: by `ports`, but for the machine itself, so that it is not in the definition. */
  readonly by: 'published' | 'local' | 'exposed';
}

/**
 * Ports that two services claim where the definition does not say so: one of them by `expose` alone, which need not be
 * true, or bound to the machine itself. What both publish is in the definition, and an error of the checker.
 */
export function checkSharedPorts({ containers, report }: TaskContext): void {
  const claims = containers.flatMap(({ service }) => [
    ...writtenPorts(child(service.node, 'ports')).map((ports) => publishedClaim(service.name, ports)),
    ...itemsOf(child(service.node, 'expose')).flatMap((item) => exposedClaim(service.name, item)),
  ]);
  const hasLocal = claims.some(({ by }) => by === 'local');
  for (const [index, claim] of claims.entries()) {
    const { service, source, protocol, by } = claim;
    // Two that are both in the definition are the checker's, and there may be thousands.
    if (by === 'published' && !hasLocal) continue;
    const others = claims.filter(
      (one, at) =>
        one.service !== service && doOverlap(one, claim) && (at < index || (by === 'exposed' && one.by !== 'exposed')),
    );
    const other = by === 'exposed' ? others[0] : unseen(claim, others);
    if (other === undefined) continue;
    const related = [{ message: `port of service "${other.service}"`, source: other.source }];
    const first = Math.max(claim.first, other.first);
    if (by === 'exposed') {
      const port = String(first) + (protocol === 'tcp' ? '' : `/${protocol}`);
      report(diagnostic('transform/port-shared', { service, other: other.service, port }, source, related));
    } else {
      const shared = { first, last: Math.min(claim.last, other.last), protocol: protocol.toUpperCase() };
      report(diagnostic('fargate/port-conflict', { ...shared, aws: undefined }, source, related));
    }
  }
}

/** The first claim by `ports` that meets another one; none where both are in the definition. */
function unseen(claim: Claim, others: readonly Claim[]): Claim | undefined {
  if (claim.by === 'published' && others.some(({ by }) => by === 'published')) return undefined;
  return others.find(({ by }) => by !== 'exposed');
}

function doOverlap(one: Claim, other: Claim): boolean {
  return one.protocol === other.protocol && one.first <= other.last && other.first <= one.last;
}

function publishedClaim(service: string, ports: WrittenPorts): Claim {
  const { source, targets, protocol } = ports;
  const by = isLocal(ports) ? 'local' : 'published';
  return { service, source, protocol, first: Math.min(...targets), last: Math.max(...targets), by };
}

/** `3000`, `3000-3005`, `53/udp` */
function exposedClaim(service: string, item: Node): readonly Claim[] {
  const match = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(stringOf(item)?.toLowerCase() ?? '');
  if (match === null) return [];
  const [, first, last = first, protocol = 'tcp'] = match;
  return [{ service, source: item.source, protocol, first: Number(first), last: Number(last), by: 'exposed' }];
}
