import { suggest } from '../../../source/suggest.ts';
import { containerNamed, mapsPort } from '../../../transformer/load-balancers.ts';
import type { OnlineContext, ServiceUpOptions } from '../context.ts';

type Offline = typeof import('../../offline.ts');

/** Whether the options send traffic to where the task does not listen, which is said then. */
export async function isRefusedByPorts(
  { io, options, task }: OnlineContext,
  { targetGroups = [] }: ServiceUpOptions,
): Promise<boolean> {
  if (targetGroups.length === 0) return false;
  const { diagnostic, printFindings }: Offline = await import('../../offline.ts');
  const containers = task.definition.containerDefinitions;
  const names = containers.map(({ name }) => name);
  const findings = targetGroups.flatMap(({ containerName: service, containerPort: port }) => {
    const container = containers.find(({ name }) => name === containerNamed(service));
    if (container === undefined) {
      const known = names.map((name) => `"${name}"`).join(', ');
      return [diagnostic('params/unknown-service', { service, suggestion: suggest(service, names), services: known })];
    }
    return mapsPort(container, port) ? [] : [diagnostic('params/load-balancer-port', { service, port })];
  });
  printFindings(io, findings, options);
  return findings.length > 0;
}
