import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { PortMapping } from '../fargate/task-definition.ts';
import { child, stringOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import type { Originated } from './fields.ts';
import { isLocal, type WrittenPorts, writtenPorts } from './written-ports.ts';

const appProtocols = ['http', 'http2', 'grpc'];
const everywhere = ['0.0.0.0', '::'];

/**
 * `ports` → `portMappings`; what was written as a range of ports stays one. A `hostPort` is never written: in awsvpc
 * mode it can only repeat the container's port.
 */
export const ports: ContainerConcern = ({ name, service, fields }, { report, published }) => {
  const mappings: Originated<PortMapping>[] = [];
  const mapped = new Set<string>();
  for (const written of writtenPorts(child(service.node, 'ports'))) {
    if (!isMapped(written, service.name, report)) continue;
    const { source, targets, protocol } = written;
    const fresh = targets.filter((port) => !mapped.has(`${port}/${protocol}`));
    if (fresh.length === 0) continue;
    for (const containerPort of fresh) {
      mapped.add(`${containerPort}/${protocol}`);
      published.push({ containerName: name, containerPort, protocol, source });
    }
    const appProtocol = appProtocolOf(written, service.name, report);
    mappings.push(...mappingsOf(written, fresh, appProtocol).map((value) => ({ value, origin: { source } })));
  }
  fields.putList('portMappings', mappings);
};

/** Ports of a protocol that Fargate has. */
interface MappedPorts extends WrittenPorts {
  readonly protocol: 'tcp' | 'udp';
}

/** Whether ports can be had in a task. Reports those that cannot, and what is otherwise than written in the others. */
function isMapped(written: WrittenPorts, service: string, report: Report): written is MappedPorts {
  const { source, target, published, protocol, hostIp } = written;
  if (protocol !== 'tcp' && protocol !== 'udp') {
    report(diagnostic('transform/port-protocol', { service, protocol }, source));
    return false;
  }
  if (hostIp !== undefined && isLocal(written)) {
    report(diagnostic('transform/local-port-dropped', { service, target, hostIp }, source));
    return false;
  }
  if (hostIp !== undefined && !everywhere.includes(hostIp)) {
    report(diagnostic('transform/host-ip-dropped', { service, target, hostIp }, source));
  }
  if (published !== undefined && published !== target) {
    report(diagnostic('transform/host-port-dropped', { service, target, published, protocol }, source));
  }
  return true;
}

/** The protocol that Service Connect speaks on the ports; undefined where none is written, or one that ECS lacks. */
function appProtocolOf({ item }: WrittenPorts, service: string, report: Report): string | undefined {
  const node = child(item, 'app_protocol') ?? child(item, 'x-aws-protocol');
  const value = stringOf(node);
  if (value === undefined || appProtocols.includes(value)) return value;
  report(diagnostic('transform/app-protocol', { service, value }, node?.source));
  return undefined;
}

/** One mapping of a whole range, or one of each port where another item has mapped some of them. */
function mappingsOf(
  { item, targets, target, protocol }: MappedPorts,
  fresh: readonly number[],
  appProtocol: string | undefined,
): readonly PortMapping[] {
  const name = stringOf(child(item, 'name'));
  const isWhole = fresh.length === targets.length && fresh.length > 1;
  const places = isWhole ? [{ containerPortRange: target }] : fresh.map((containerPort) => ({ containerPort }));
  return places.map((place) => ({
    ...(name === undefined ? {} : { name }),
    ...place,
    protocol,
    ...(appProtocol === undefined ? {} : { appProtocol }),
  }));
}
