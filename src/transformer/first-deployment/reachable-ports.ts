import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, itemsOf, stringOf } from '../../source/node.ts';
import type { ContainerContext, TaskContext } from '../context.ts';

/** On the network of a Docker host every port of a container is reachable, and its file needs to name none. */
export function unpublishedPorts({ service }: ContainerContext, { report }: TaskContext): void {
  const mode = child(service.node, 'network_mode');
  if (stringOf(mode) !== 'host' || itemsOf(child(service.node, 'ports')).length > 0) return;
  report(diagnostic('transform/nothing-published', { service: service.name }, mode?.source));
}

/** The ports of debuggers that no program uses for anything else: the inspector of Node.js (its `--inspect` option). */
const debuggers: Readonly<Record<number, string>> = { 9229: 'Node.js', 9230: 'Node.js' };

/** A debugger lets whoever reaches it run what they like; on a laptop that is its owner alone. */
export function debuggerPorts({ name }: ContainerContext, { published, report }: TaskContext): void {
  for (const { containerName, containerPort, source } of published) {
    const program = debuggers[containerPort];
    if (containerName !== name || program === undefined) continue;
    report(diagnostic('transform/debugger-published', { service: name, port: containerPort, program }, source));
  }
}
