import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { officialImage } from '../../fargate/images.ts';
import { parseTaskMemory } from '../../fargate/sizes.ts';
import { paramsAt } from '../../parser/ecs-params/ecs-params.ts';
import { itemsOf } from '../../source/node.ts';
import type { ContainerContext, TaskContext } from '../context.ts';
import { imageOf, imagePlace } from '../image.ts';
import { isDatabase, leastMemory } from '../known-images.ts';

/** Each task has containers of its own, databases included. */
export function databaseCopies(container: ContainerContext, context: TaskContext, count: number): void {
  const image = imageOf(container);
  if (count < 2 || image === undefined || !isDatabase(image)) return;
  context.report(
    diagnostic('transform/database-copies', { service: container.service.name, count }, imagePlace(container)),
  );
}

/** A container has what its own limit leaves it, else at most what the task has; a developer's machine has plenty. */
export function memoryToStart(container: ContainerContext, { task, report }: TaskContext): void {
  const { service, fields } = container;
  const image = imageOf(container);
  const least = image && leastMemory(image);
  const memory = fields.get('memory') ?? parseTaskMemory(task.get('memory') ?? '');
  if (least === undefined || memory === undefined || memory >= least) return;
  report(diagnostic('transform/memory-to-start', { service: service.name, least, memory }, imagePlace(container)));
}

/** WordPress writes down the address at which it was installed; that of a task changes with each task. */
export function siteAddress(container: ContainerContext, { params, report }: TaskContext): void {
  const image = imageOf(container);
  if (image === undefined || officialImage(image) !== 'wordpress') return;
  const isFixed = (container.fields.get('environment') ?? []).some(({ name, value }) =>
    /\bWP_(?:HOME|SITEURL)\b/.test(`${name} ${value}`),
  );
  const isBalanced =
    itemsOf(paramsAt(params, 'run_params', 'load_balancers')).length > 0 ||
    paramsAt(params, 'run_params', 'application_load_balancer') !== undefined;
  if (isFixed || isBalanced) return;
  report(diagnostic('transform/site-address', { service: container.service.name }, imagePlace(container)));
}
