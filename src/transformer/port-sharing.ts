import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, itemsOf, type Node, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { TaskContext } from './context.ts';
import { isLoopback, type WrittenPorts, writtenPorts } from './ports.ts';

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
  for (const [index, claim] of claims.entries()) {
    const isExposed = claim.by === 'exposed';
    const other = claims.find(
      (one, at) =>
        one.service !== claim.service &&
        doOverlap(one, claim) &&
        (isExposed ? at < index || one.by !== 'exposed' : at < index && isConflict(one, claim)),
    );
    if (other === undefined) continue;
    const { service, protocol, source } = claim;
    const related = [{ message: `port of service "${other.service}"`, source: other.source }];
    const first = Math.max(claim.first, other.first);
    if (isExposed) {
      const port = String(first) + (protocol === 'tcp' ? '' : `/${protocol}`);
      report(diagnostic('transform/port-shared', { service, other: other.service, port }, source, related));
    } else {
      const shared = { first, last: Math.min(claim.last, other.last), protocol: protocol.toUpperCase() };
      report(diagnostic('fargate/port-conflict', { ...shared, aws: undefined }, source, related));
    }
  }
}

/** Whether two claims by `ports` meet where the checker does not see both. */
function isConflict(one: Claim, other: Claim): boolean {
  return one.by !== 'exposed' && (one.by === 'local' || other.by === 'local');
}

function doOverlap(one: Claim, other: Claim): boolean {
  return one.protocol === other.protocol && one.first <= other.last && other.first <= one.last;
}

function publishedClaim(service: string, { item, source, targets }: WrittenPorts): Claim {
  const protocol = (stringOf(child(item, 'protocol')) ?? 'tcp').toLowerCase();
  const by = isLoopback(stringOf(child(item, 'host_ip')) ?? '') ? 'local' : 'published';
  return { service, source, protocol, first: Math.min(...targets), last: Math.max(...targets), by };
}

/** `3000`, `3000-3005`, `53/udp` */
function exposedClaim(service: string, item: Node): readonly Claim[] {
  const match = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(stringOf(item)?.toLowerCase() ?? '');
  if (match === null) return [];
  const [, first, last = first, protocol = 'tcp'] = match;
  return [{ service, source: item.source, protocol, first: Number(first), last: Number(last), by: 'exposed' }];
}
