import { diagnostic } from '../diagnostics/diagnostic.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { TaskContext } from './context.ts';
import type { NetworkSettings, RunSettings } from './task.ts';

/** `run_params` of ecs-params, and how many tasks the services ask for. */
export function runSettings(context: TaskContext): RunSettings {
  return { count: countOf(context), network: networkOf(context) };
}

function networkOf({ params }: TaskContext): NetworkSettings {
  const node = paramsAt(params, 'run_params', 'network_configuration', 'awsvpc_configuration');
  const subnets = textsOf(child(node, 'subnets'));
  const securityGroups = textsOf(child(node, 'security_groups'));
  const assignPublicIp = stringOf(child(node, 'assign_public_ip'));
  return {
    ...(subnets.length === 0 ? {} : { subnets }),
    ...(securityGroups.length === 0 ? {} : { securityGroups }),
    ...(assignPublicIp === 'ENABLED' || assignPublicIp === 'DISABLED' ? { assignPublicIp } : {}),
  };
}

function textsOf(node: Node | undefined): string[] {
  return itemsOf(node).map((item) => stringOf(item) ?? '');
}

/** `deploy.replicas` and `scale`: one task holds one of each service, so all that say a number must say the same. */
function countOf({ containers, report }: TaskContext): number {
  let first: { count: number; source: Source } | undefined;
  for (const { service } of containers) {
    const node = child(child(service.node, 'deploy'), 'replicas') ?? child(service.node, 'scale');
    const count = numberOf(node);
    if (node === undefined || count === undefined) continue;
    first ??= { count, source: node.source };
    if (count !== first.count) {
      const words = { service: service.name, count, other: first.count };
      report(
        diagnostic('transform/replicas-differ', words, node.source, [
          { message: `${first.count} replicas`, source: first.source },
        ]),
      );
    }
  }
  return first?.count ?? 1;
}
