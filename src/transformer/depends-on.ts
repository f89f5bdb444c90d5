import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { ContainerDependency } from '../fargate/task-definition.ts';
import { apiPlaces } from '../parser/ecs-params/api-value.ts';
import { booleanOf, child, entriesOf, itemsOf, stringOf } from '../source/node.ts';
import { type ContainerConcern, containerOf } from './context.ts';
import type { Originated } from './fields.ts';
import { originFrom } from './task.ts';

const conditions: Readonly<Record<string, string>> = {
  service_started: 'START',
  service_healthy: 'HEALTHY',
  service_completed_successfully: 'SUCCESS',
};

/** `depends_on` → `dependsOn`; what ecs-params says of a container takes the place of what Compose says of it. */
export const dependsOn: ContainerConcern = ({ service, params, fields }, context) => {
  const dependencies = new Map<string, Originated<ContainerDependency>>();
  const overrides = itemsOf(child(params, 'depends_on')).map((item) => {
    const name = stringOf(child(item, 'container_name')) ?? '';
    return { item, containerName: containerOf(context, name)?.name ?? name };
  });
  for (const [name, { key, value }] of entriesOf(child(service.node, 'depends_on'))) {
    const target = containerOf(context, name);
    if (target === undefined) continue;
    const words = { service: service.name, dependency: name };
    let condition = conditions[stringOf(child(value, 'condition')) ?? 'service_started'] ?? 'START';
    if (booleanOf(child(value, 'restart')) === true && value.rule !== 'implied dependency') {
      context.report(diagnostic('transform/dependency-restart', words, child(value, 'restart')?.source ?? key));
    }
    if (overrides.some(({ containerName }) => containerName === target.name)) continue;
    const source = child(value, 'condition')?.source ?? value.source;
    if (condition === 'HEALTHY' && target.fields.get('healthCheck') === undefined) {
      context.report(
        diagnostic('transform/health-missing', words, source, [
          { message: `service "${name}"`, source: target.service.key },
        ]),
      );
      // ECS would refuse to wait for what never comes.
      condition = 'START';
    }
    dependencies.set(target.name, { value: { containerName: target.name, condition }, origin: { source } });
  }
  for (const { item, containerName } of overrides) {
    const condition = stringOf(child(item, 'condition')) ?? '';
    dependencies.set(containerName, {
      value: { containerName, condition },
      origin: originFrom(item),
      parts: apiPlaces(item),
    });
  }
  const order = context.containers.map(({ name }) => name);
  const rank = ({ value }: Originated<ContainerDependency>) => order.indexOf(value.containerName);
  fields.putList(
    'dependsOn',
    [...dependencies.values()].sort((one, other) => rank(one) - rank(other)),
  );
};
