import type { ContainerSummary, TaskSummary } from '../../diagnostics/format/format.ts';
import type { ContainerDefinition, TaskDefinition } from '../../fargate/task-definition.ts';

/** What a report says of a task definition. */
export function taskSummary({ family, cpu, memory, containerDefinitions }: TaskDefinition): TaskSummary {
  return {
    family: String(family),
    cpu: String(cpu),
    memory: String(memory),
    containers: (containerDefinitions ?? []).map(containerSummary),
  };
}

function containerSummary(container: ContainerDefinition): ContainerSummary {
  return {
    name: String(container.name),
    image: String(container.image),
    cpu: container.cpu,
    memory: container.memory ?? container.memoryReservation,
    ports: (container.portMappings ?? []).map(({ containerPort, protocol }) => `${containerPort}/${protocol ?? 'tcp'}`),
  };
}
