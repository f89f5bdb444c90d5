import { createHash } from 'node:crypto';
import type { Tag } from '../fargate/task-definition.ts';
import type { NetworkSettings } from '../transformer/task.ts';
import type { TaskState } from './account.ts';

/** The tag that says to which project a resource belongs. */
const projectTag = 'compose2fargate:project';
/** The tag that says with which network settings a task was run: they stand nowhere in its definition. */
const networkTag = 'compose2fargate:network';

/** `startedBy` takes so many characters. */
const maxStartedBy = 128;

/** The tags of everything that a project makes. */
export function projectTags(project: string): readonly Tag[] {
  return [{ key: projectTag, value: project }];
}

/** The tags of a project's tasks. */
export function taskTags(project: string, network: NetworkSettings): readonly Tag[] {
  return [...projectTags(project), { key: networkTag, value: networkDigest(network) }];
}

/** What `startedBy` of a project's tasks says, for whoever looks at the cluster. */
export function startedBy(project: string): string {
  return `compose2fargate/${project}`.slice(0, maxStartedBy);
}

/** Whether a project started a task: its tag says so. */
export function isOwn(task: TaskState, project: string): boolean {
  return task.tags.get(projectTag) === project;
}

/** Whether a task was run with these network settings. */
export function hasNetwork(task: TaskState, network: NetworkSettings): boolean {
  return task.tags.get(networkTag) === networkDigest(network);
}

function networkDigest({ subnets = [], securityGroups = [], assignPublicIp }: NetworkSettings): string {
  const text = JSON.stringify([subnets.toSorted(), securityGroups.toSorted(), assignPublicIp ?? '']);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
