import { diagnostic } from '../diagnostics/diagnostic.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { entriesOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/** Keys that ecs-cli sent and that Fargate refuses. */
const refusedParams: Readonly<Record<string, string>> = {
  ipc_mode: 'the containers of a task keep their own IPC namespaces',
  placement_constraints: 'AWS places its tasks',
  docker_volumes: 'it has no Docker volumes; use efs_volumes, or a Compose volume that lives as long as the task',
  gpu: 'its tasks have no GPU',
  task_placement: 'AWS places its tasks',
};

/** Reports the keys of ecs-params that Fargate has nothing for. */
export function refuseParams({ params, containers, report }: TaskContext): void {
  const definition = entriesOf(paramsAt(params, 'task_definition'));
  const services = containers.flatMap((container) => entriesOf(container.params));
  const run = entriesOf(paramsAt(params, 'run_params'));
  for (const [key, entry] of [...definition, ...services, ...run]) {
    const why = refusedParams[key];
    if (why !== undefined) report(diagnostic('params/refused', { key, why }, entry.key));
  }
  const mode = paramsAt(params, 'task_definition', 'ecs_network_mode');
  if (mode !== undefined && stringOf(mode) !== 'awsvpc') {
    report(diagnostic('params/network-mode', { mode: stringOf(mode) ?? '' }, mode.source));
  }
}
