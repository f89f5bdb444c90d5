import type { Report } from '../diagnostics/diagnostic.ts';
import type { ContainerDefinition, TaskDefinition, Volume } from '../fargate/task-definition.ts';
import type { Host } from '../host.ts';
import type { Project, Service } from '../parser/compose/project.ts';
import type { EcsParams } from '../parser/ecs-params/ecs-params.ts';
import type { RegistryCredentials } from '../parser/registry-creds/credentials.ts';
import type { Node } from '../source/node.ts';
import type { Fields, Originated } from './fields.ts';
import type { PublishedPort } from './task.ts';
import type { ScratchVolume } from './volume-lifetime.ts';

/** What the user chose beside the files. */
export interface TransformOptions {
  readonly family?: string;
  /** The region that a generated log configuration names; without one that is reported. */
  readonly region?: string;
  /** Whether values that address a sibling service become 127.0.0.1; true unless said otherwise. */
  readonly rewriteHosts?: boolean;
  /** Whether the images of services with `build` will be built for the task and pushed before it runs. */
  readonly build?: boolean;
  /** Whether roles that the files leave open will be made before the task runs. */
  readonly createRoles?: boolean;
}

/** A task while it is being made from a group of services. */
export interface TaskContext {
  readonly host: Host;
  readonly project: Project;
  readonly params: EcsParams | undefined;
  readonly registryCredentials: RegistryCredentials | undefined;
  readonly options: TransformOptions;
  readonly report: Report;
  readonly task: Fields<TaskDefinition>;
  readonly containers: readonly ContainerContext[];
  /** The task's volumes, by their names as the files write them, which ECS need not take. */
  readonly volumes: Map<string, Originated<Volume>>;
  /** The named ones among them that do not outlive the task. */
  readonly scratch: ScratchVolume[];
  readonly published: PublishedPort[];
}

/** A container of that task. */
export interface ContainerContext {
  /** The name of the container: that of the service, dots made dashes. */
  readonly name: string;
  readonly service: Service;
  /** What ecs-params says of the service. */
  readonly params: Node | undefined;
  readonly fields: Fields<ContainerDefinition>;
}

/** A concern: reads what it is about from a container's service, and sets the members that come of it. */
export type ContainerConcern = (container: ContainerContext, context: TaskContext) => void;

/** The container that a service of the group becomes. */
export function containerOf(context: TaskContext, service: string): ContainerContext | undefined {
  return context.containers.find((container) => container.service.name === service);
}
