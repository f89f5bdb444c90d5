import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child } from '../source/node.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { siblingNames } from './hosts.ts';
import { imageOf, imagePlace } from './image.ts';
import { asksForServer, type DefaultHost, defaultHost } from './known-images.ts';

/** A program that nobody tells of its server looks for one by a name, which no file of the project holds, or asks. */
export function imageHosts(context: TaskContext): void {
  for (const container of context.containers) {
    const image = imageOf(container);
    if (image === undefined) continue;
    const { service } = container;
    const known = defaultHost(image);
    if (known !== undefined && isLookedFor(known, container, context)) {
      const { host, value } = known;
      const words = { service: service.name, host, variable: known.variables[0], value };
      context.report(diagnostic('transform/host-in-image', words, imagePlace(container)));
    }
    if (asksForServer(image) && context.containers.length > 1) {
      context.report(diagnostic('transform/server-entered', { service: service.name }, imagePlace(container)));
    }
  }
}

/** Whether the host is a sibling, and no variable says another. */
function isLookedFor({ host, variables }: DefaultHost, container: ContainerContext, context: TaskContext): boolean {
  const environment = child(container.service.node, 'environment');
  const isSet = variables.some((variable) => child(environment, variable) !== undefined);
  return !isSet && siblingNames(container, context).has(host);
}
