import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Project } from '../parser/compose/project.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, entriesOf, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';
import type { NetworkSettings, RunSettings } from './task.ts';

/** `run_params` of ecs-params, and how many tasks the services ask for. */
export function runSettings(context: TaskContext): RunSettings {
  return { count: countOf(context), network: networkOf(context) };
}

function networkOf({ params, project }: TaskContext): NetworkSettings {
  const node = paramsAt(params, 'run_params', 'network_configuration', 'awsvpc_configuration');
  const subnets = textsOf(child(node, 'subnets'));
  const named = textsOf(child(node, 'security_groups'));
  const securityGroups = named.length > 0 ? named : securityGroupsOf(project);
  const assignPublicIp = stringOf(child(node, 'assign_public_ip'));
  return {
    ...(subnets.length === 0 ? {} : { subnets }),
    ...(securityGroups.length === 0 ? {} : { securityGroups }),
    ...(assignPublicIp === 'ENABLED' || assignPublicIp === 'DISABLED' ? { assignPublicIp } : {}),
  };
}

/** The groups that the networks of the project stand for, as in Docker's retired ECS integration. */
function securityGroupsOf(project: Project): readonly string[] {
  const networks = entriesOf(child(project.root, 'networks'));
  return networks.flatMap(([, { value }]) => stringOf(child(value, 'x-aws-securitygroup')) ?? []);
}

function textsOf(node: Node | undefined): string[] {
  return itemsOf(node).map((item) => stringOf(item) ?? '');
}

/**
 * `deploy.replicas` and `scale`: one task holds one of each service, so all must want as many; a service that says
 * nothing wants one.
 */
function countOf({ containers, report }: TaskContext): number {
  const wishes = containers.map(({ service }) => {
    const node = child(child(service.node, 'deploy'), 'replicas') ?? child(service.node, 'scale');
    return {
      service: service.name,
      count: numberOf(node) ?? 1,
      source: node?.source ?? service.key,
      isSaid: node !== undefined,
    };
  });
  const first = wishes.find(({ isSaid }) => isSaid);
  if (first === undefined) return 1;
  for (const { service, count, source } of wishes) {
    if (count === first.count) continue;
    const related = [{ message: `${first.count} of service "${first.service}"`, source: first.source }];
    report(diagnostic('transform/replicas-differ', { service, count, other: first.count }, source, related));
  }
  return first.count;
}
