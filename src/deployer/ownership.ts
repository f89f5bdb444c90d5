import { createHash } from 'node:crypto';
import type { Tag } from '../fargate/task-definition.ts';
import type { LaunchSettings } from '../transformer/launch-settings.ts';
import type { NetworkSettings, RunSettings } from '../transformer/task.ts';
import type { TaskState } from './account.ts';

/** The tag that says to which project a resource belongs. */
const projectTag = 'compose2fargate:project';
/** The tag that says with which settings a task was run, network and others: they stand nowhere in its definition. */
const networkTag = 'compose2fargate:network';

/** `startedBy` takes so many characters. */
const maxStartedBy = 128;

/** The tags of everything that a project makes. */
export function projectTags(project: string): readonly Tag[] {
  return [{ key: projectTag, value: project }];
}

/** The tags of a project's tasks, of which those of the files come first. */
export function taskTags(project: string, network: NetworkSettings, launch: LaunchSettings = {}): readonly Tag[] {
  return [
    ...(launch.tags ?? []),
    ...projectTags(project),
    { key: networkTag, value: settingsDigest({ network, launch }) },
  ];
}

/** What `startedBy` of a project's tasks says, for whoever looks at the cluster. */
export function startedBy(project: string): string {
  return `compose2fargate/${project}`.slice(0, maxStartedBy);
}

/** Whether a project started a task: its tag says so. */
export function isOwn(task: TaskState, project: string): boolean {
  return hasProjectTag(task.tags, project);
}

/** Whether a resource with these tags belongs to a project. */
export function hasProjectTag(tags: ReadonlyMap<string, string>, project: string): boolean {
  return tags.get(projectTag) === project;
}

/** Whether a task was run with these settings. */
export function hasSettings(task: TaskState, settings: Pick<RunSettings, 'network' | 'launch'>): boolean {
  return task.tags.get(networkTag) === settingsDigest(settings);
}

function settingsDigest({ network, launch = {} }: Pick<RunSettings, 'network' | 'launch'>): string {
  const { subnets = [], securityGroups = [], assignPublicIp } = network;
  const others = Object.keys(launch).length === 0 ? [] : [launch];
  const text = JSON.stringify([subnets.toSorted(), securityGroups.toSorted(), assignPublicIp ?? '', ...others]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
