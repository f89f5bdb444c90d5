import { parentPath } from '../fargate/member-path.ts';
import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { Node } from '../source/node.ts';
import type { Related, Source } from '../source/source.ts';
import type { LaunchSettings } from './launch-settings.ts';
import type { ServiceSettings } from './service-settings.ts';
import type { RolePolicies } from './task-role.ts';

/** What the transformer makes of one group of services: one task definition, and how to run it. */
export interface Task {
  readonly definition: TaskDefinition;
  readonly origins: Origins;
  readonly run: RunSettings;
  /** The ports that the project publishes, in the order of the file. */
  readonly published: readonly PublishedPort[];
  /** What its containers are to be allowed; absent where the files say nothing of it. */
  readonly rolePolicies?: RolePolicies;
  /** The `x-simulate` value of each container that has one; the simulator alone reads it. */
  readonly simulate: ReadonlyMap<string, Node>;
}

/**
 * Where each path of the definition came from, such as `containerDefinitions[0].memory`. A path that is missing here
 * came with its nearest parent. The run settings are below `run`: `run.count`, `run.network.subnets`.
 */
export type Origins = ReadonlyMap<string, Origin>;

export interface Origin {
  /** The place in the user's files; absent where a rule alone chose the value. */
  readonly source?: Source;
  /** The rule that chose or changed the value, in words; absent where it stands in the definition as it was written. */
  readonly rule?: string;
  /** Places that had a part in it: the line of `.env` behind a variable, the anchor behind an alias. */
  readonly related?: readonly Related[];
}

/** The origin of what stands in the definition as the parser has it. */
export function originFrom({ source, rule, related }: Node): Origin {
  return { source, ...(rule === undefined ? {} : { rule }), ...(related === undefined ? {} : { related }) };
}

/** What RunTask and CreateService are told beside the definition: `run_params` of ecs-params, and counts. */
export interface RunSettings {
  /** How many tasks; 1 unless the files say otherwise. */
  readonly count: number;
  readonly network: NetworkSettings;
  /** Absent where the files say nothing, as `service`. */
  readonly launch?: LaunchSettings;
  readonly service?: ServiceSettings;
}

/** `awsvpcConfiguration` as far as the files give it; what is absent is found out when the task is run. */
export interface NetworkSettings {
  readonly subnets?: readonly string[];
  readonly securityGroups?: readonly string[];
  readonly assignPublicIp?: 'ENABLED' | 'DISABLED';
  /** What the project's own security group admits, in place of everybody to every published port. */
  readonly ingress?: readonly IngressSource[];
}

/** Who reaches a port: a block of addresses, or the members of a security group. */
export interface IngressSource {
  readonly port: number;
  /** Absent: tcp. */
  readonly protocol?: 'tcp' | 'udp';
  readonly source: string;
}

/** A port that `ports` publishes: reachable, where a security group admits it, at the task's address. */
export interface PublishedPort {
  readonly containerName: string;
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp';
  /** `127.0.0.1` and the like: meant for the machine itself alone. */
  readonly hostIp?: string;
  readonly source: Source;
}

/** The place in the user's files from which a path of the definition came: its own, else its nearest parent's. */
export function sourceOf(origins: Origins, path: string): Source | undefined {
  const origin = originOf(origins, path);
  if (origin?.source !== undefined || path === '') return origin?.source;
  return sourceOf(origins, parentPath(path));
}

/** Where a path of the definition came from: its own origin, else its nearest parent's. */
export function originOf(origins: Origins, path: string): Origin | undefined {
  return origins.get(path) ?? (path === '' ? undefined : originOf(origins, parentPath(path)));
}
