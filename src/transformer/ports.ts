import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { PortMapping } from '../fargate/task-definition.ts';
import { child, itemsOf, numberOf, stringOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import type { Originated } from './fields.ts';

const appProtocols = ['http', 'http2', 'grpc'];
const everywhere = ['0.0.0.0', '::'];

/**
 * `ports` → `portMappings`. A `hostPort` is never written: in awsvpc mode it can only repeat the container's port.
 */
export const ports: ContainerConcern = ({ name, service, fields }, { report, published }) => {
  const mappings: Originated<PortMapping>[] = [];
  for (const item of itemsOf(child(service.node, 'ports'))) {
    const containerPort = numberOf(child(item, 'target'));
    const protocol = (stringOf(child(item, 'protocol')) ?? 'tcp').toLowerCase();
    if (containerPort === undefined) continue;
    const origin = { source: item.source };
    const names = { service: service.name, target: containerPort };
    if (protocol !== 'tcp' && protocol !== 'udp') {
      report(diagnostic('transform/port-protocol', { service: service.name, protocol }, item.source));
      continue;
    }
    const hostPort = stringOf(child(item, 'published'));
    const hostIp = stringOf(child(item, 'host_ip'));
    if (hostIp !== undefined && isLoopback(hostIp)) {
      report(diagnostic('transform/local-port-dropped', { ...names, hostIp }, item.source));
      continue;
    }
    if (hostIp !== undefined && !everywhere.includes(hostIp)) {
      report(diagnostic('transform/host-ip-dropped', { ...names, hostIp }, item.source));
    }
    if (hostPort !== undefined && hostPort !== String(containerPort)) {
      report(diagnostic('transform/host-port-dropped', { ...names, published: hostPort, protocol }, item.source));
    }
    const known = mappings.some(({ value }) => value.containerPort === containerPort && value.protocol === protocol);
    if (known) continue;
    const appProtocol = stringOf(child(item, 'app_protocol'));
    const portName = stringOf(child(item, 'name'));
    if (appProtocol !== undefined && !appProtocols.includes(appProtocol)) {
      report(
        diagnostic(
          'transform/app-protocol',
          { service: service.name, value: appProtocol },
          child(item, 'app_protocol')?.source,
        ),
      );
    }
    mappings.push({
      origin,
      value: {
        ...(portName === undefined ? {} : { name: portName }),
        containerPort,
        protocol,
        ...(appProtocol !== undefined && appProtocols.includes(appProtocol) ? { appProtocol } : {}),
      },
    });
    published.push({ containerName: name, containerPort, protocol, source: item.source });
  }
  fields.putList('portMappings', mappings);
};

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
