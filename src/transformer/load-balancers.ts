import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { ContainerDefinition } from '../fargate/task-definition.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/** The container that a service of the Compose file becomes is named as it, but for dots. */
export function containerNamed(name: string): string {
  return name.replaceAll('.', '-');
}

/** Whether a container maps a port, alone or in a range; a load balancer reaches no other one. */
export function mapsPort({ portMappings = [] }: Pick<ContainerDefinition, 'portMappings'>, port: number): boolean {
  return portMappings.some(({ containerPort, containerPortRange }) => {
    const [first = Number.NaN, last = first] = (containerPortRange ?? '').split('-').map(Number);
    return containerPort === port || (containerPortRange !== undefined && port >= first && port <= last);
  });
}

/** A service takes so many target groups. Source: ECS Developer Guide, "Amazon ECS service quotas". */
const mostTargetGroups = 5;

/** Whether target groups that are named, and the one that is made, are too many for a service. */
export function areTooMany(named: number, isOneMade: boolean): boolean {
  return named + (isOneMade ? 1 : 0) > mostTargetGroups;
}

/** Reports target groups of ecs-params that are too many, or send traffic to a port that their container does not map. */
export function checkLoadBalancers(context: TaskContext): void {
  const { params, report } = context;
  const list = paramsAt(params, 'run_params', 'load_balancers');
  const made = paramsAt(params, 'run_params', 'application_load_balancer');
  const named = itemsOf(list);
  for (const item of named) checkPort(item, context);
  // The schema counts those that are named.
  if (list === undefined || made === undefined || !areTooMany(named.length, true)) return;
  const related = [{ message: 'those that are named', source: list.source }];
  report(diagnostic('params/target-groups', { named: named.length, isOneMade: true }, made.source, related));
}

function checkPort(item: Node, { containers, report }: TaskContext): void {
  const name = stringOf(child(item, 'container_name')) ?? '';
  const port = numberOf(child(item, 'container_port'));
  const container = containers.find((one) => one.name === containerNamed(name));
  if (container === undefined || port === undefined) return;
  if (mapsPort({ portMappings: container.fields.get('portMappings') ?? [] }, port)) return;
  const words = { service: container.service.name, port };
  report(diagnostic('params/load-balancer-port', words, child(item, 'container_port')?.source));
}
