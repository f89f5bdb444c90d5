import type { ContainerDefinition, PortMapping } from '../fargate/task-definition.ts';

/** The mappings of a container that a port is in, by itself or in a range; one a protocol. */
export function mappingsOf({ portMappings = [] }: ContainerDefinition, port: number): readonly PortMapping[] {
  return portMappings.filter(({ containerPort, containerPortRange = '' }) => {
    const [first = 0, last = 0] = containerPortRange.split('-').map(Number);
    return containerPort === port || (port >= first && port <= last);
  });
}
