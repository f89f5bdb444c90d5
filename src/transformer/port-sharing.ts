import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { TaskContext } from './context.ts';

/** A port on which a service says that it listens: `ports` of the container, or `expose`. */
interface Claim {
  readonly service: string;
  readonly source: Source;
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  readonly isExposed: boolean;
}

/**
 * Ports that two services claim, one of them by `expose` alone, which need not be true. What both publish is in the
 * definition, and an error of the checker.
 */
export function checkSharedPorts({ containers, report }: TaskContext): void {
  const claims = containers.flatMap(({ service }) => [
    ...itemsOf(child(service.node, 'ports')).flatMap((item) => publishedClaim(service.name, item)),
    ...itemsOf(child(service.node, 'expose')).flatMap((item) => exposedClaim(service.name, item)),
  ]);
  for (const [index, claim] of claims.entries()) {
    if (!claim.isExposed) continue;
    const other = claims.find(
      (one, at) => one.service !== claim.service && doOverlap(one, claim) && (at < index || !one.isExposed),
    );
    if (other === undefined) continue;
    const port = String(Math.max(claim.first, other.first)) + (claim.protocol === 'tcp' ? '' : `/${claim.protocol}`);
    const related = [{ message: `port of service "${other.service}"`, source: other.source }];
    report(
      diagnostic(
        'transform/port-shared',
        { service: claim.service, other: other.service, port },
        claim.source,
        related,
      ),
    );
  }
}

function doOverlap(one: Claim, other: Claim): boolean {
  return one.protocol === other.protocol && one.first <= other.last && other.first <= one.last;
}

function publishedClaim(service: string, item: Node): readonly Claim[] {
  const port = numberOf(child(item, 'target'));
  const protocol = stringOf(child(item, 'protocol')) ?? 'tcp';
  if (port === undefined) return [];
  return [{ service, source: item.source, protocol, first: port, last: port, isExposed: false }];
}

/** `3000`, `3000-3005`, `53/udp` */
function exposedClaim(service: string, item: Node): readonly Claim[] {
  const match = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(stringOf(item) ?? '');
  if (match === null) return [];
  const [, first, last = first, protocol = 'tcp'] = match;
  return [{ service, source: item.source, protocol, first: Number(first), last: Number(last), isExposed: true }];
}
