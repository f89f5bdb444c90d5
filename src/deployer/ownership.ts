import { createHash } from 'node:crypto';
import type { Tag, TaskDefinition } from '../fargate/task-definition.ts';
import type { LaunchSettings } from '../transformer/launch-settings.ts';
import type { NetworkSettings, RunSettings } from '../transformer/task.ts';
import type { Revision, TaskState } from './account.ts';
import { clusterName } from './cluster/cluster-settings.ts';
import { defaultCluster } from './desired.ts';
import { definitionDigest } from './normal-form.ts';
import { shortName } from './short-name.ts';

/** The tag that says to which project a resource belongs. */
const projectTag = 'compose2fargate:project';
/** The tag that says with which settings a task was run, network and others: they stand nowhere in its definition. */
const networkTag = 'compose2fargate:network';
/** The tag that says what a task's definition holds, which saves the question. */
const definitionTag = 'compose2fargate:definition';
/** The tag that says for which service's command a task was run once. */
const oneOffTag = 'compose2fargate:one-off';

/**
 * The tags of a service that say what was made around it, and whether it stands behind target groups of others, so that
 * nothing is asked of AWS where there is nothing. Its tasks have them too.
 */
export const serviceMarks: Readonly<Record<'scaling' | 'balancer' | 'targetGroups', Tag>> = {
  scaling: { key: 'compose2fargate:auto-scaling', value: 'true' },
  balancer: { key: 'compose2fargate:load-balancer', value: 'true' },
  targetGroups: { key: 'compose2fargate:target-groups', value: 'true' },
};

/** How the names of what a project makes for itself begin, where they are names of their own. */
export const namePrefix = 'compose2fargate-';

/** A security group's name has so many characters. Source: EC2 API Reference, CreateSecurityGroup. */
const longestGroupName = 255;

/** `startedBy` takes so many characters. */
const maxStartedBy = 128;

/** The tag of a namespace that says for which VPC it was made: Cloud Map does not tell. */
const vpcTag = 'compose2fargate:vpc';

/** The tags of a private namespace, beside those of the project. */
export function namespaceTags(vpc: string): readonly Tag[] {
  return [{ key: vpcTag, value: vpc }];
}

/** The VPC that the tags of a namespace name; undefined where somebody else made it. */
export function vpcOfNamespace(tags: ReadonlyMap<string, string>): string | undefined {
  return tags.get(vpcTag);
}

/** The tags of everything that a project makes. */
export function projectTags(project: string): readonly Tag[] {
  return [{ key: projectTag, value: project }];
}

/** Whose security group it is: a project that runs in several clusters may publish other ports in each. */
export interface GroupOwner {
  readonly project: string;
  /** Name or ARN. */
  readonly cluster: string;
}

/**
 * The name of the security group that a project makes for its tasks; a VPC has one group of a name. In another cluster
 * than `default` it names that, after a character that no project's name has.
 */
export function ownGroupName({ project, cluster }: GroupOwner): string {
  const name = `${namePrefix}${project}`;
  const inCluster = clusterName(cluster);
  if (inCluster === defaultCluster) return name;
  const whole = `${name}@${inCluster}`;
  return whole.length > longestGroupName ? shortName(whole, longestGroupName, [project, inCluster]) : whole;
}

/** Whether a source of traffic is the name of a group that a project makes, and no id. */
export function isOwnGroupName(source: string): boolean {
  return source.startsWith(namePrefix);
}

/** The tags of a project's tasks, of which those of the files come first. */
export function taskTags(project: string, network: NetworkSettings, launch: LaunchSettings = {}): readonly Tag[] {
  return [
    ...(launch.tags ?? []),
    ...projectTags(project),
    { key: networkTag, value: settingsDigest({ network, launch }) },
  ];
}

/** The tag of a task that runs a definition. */
export function definitionTags(definition: TaskDefinition): readonly Tag[] {
  return [{ key: definitionTag, value: definitionDigest(definition) }];
}

/** The tags of a task that `run` starts for a service. */
export function oneOffTags(project: string, service: string, launch: LaunchSettings = {}): readonly Tag[] {
  return [...(launch.tags ?? []), ...projectTags(project), { key: oneOffTag, value: service }];
}

/** What ECS is told of why a task is stopped, for whoever looks at it afterwards. */
export function stopReason(why: string): string {
  return `Stopped by compose2fargate: ${why}`;
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

/** Whether the tags of a service say that this was made around it. */
export function hasMark(tags: ReadonlyMap<string, string>, { key, value }: Tag): boolean {
  return tags.get(key) === value;
}

/** Whether the tags of a task say that its service stands, or once stood, behind a load balancer. */
export function isBalanced({ tags }: TaskState): boolean {
  return [serviceMarks.balancer, serviceMarks.targetGroups].some((mark) => hasMark(tags, mark));
}

/** The service whose command a task was run once for; undefined for one of the tasks that `up` looks after. */
export function oneOffService(task: TaskState): string | undefined {
  return task.tags.get(oneOffTag);
}

/** Whether a project registered a revision: its tag says so. */
export function isOwnRevision({ definition }: Revision, project: string): boolean {
  return (definition.tags ?? []).some(({ key, value }) => key === projectTag && value === project);
}

/** Whether a resource with these tags belongs to some project, whichever it is. */
export function isOfSomeProject(tags: ReadonlyMap<string, string>): boolean {
  return projectOf(tags) !== undefined;
}

/** The project that a resource with these tags belongs to; undefined where none of ours made it. */
export function projectOf(tags: ReadonlyMap<string, string>): string | undefined {
  return tags.get(projectTag);
}

/** Whether a task was run with these settings. */
export function hasSettings(task: TaskState, settings: Pick<RunSettings, 'network' | 'launch'>): boolean {
  return task.tags.get(networkTag) === settingsDigest(settings);
}

/** Whether a task's tag says that its definition holds the same; false for a task that has no such tag. */
export function hasDefinition(task: TaskState, definition: TaskDefinition): boolean {
  return task.tags.get(definitionTag) === definitionDigest(definition);
}

function settingsDigest({ network, launch = {} }: Pick<RunSettings, 'network' | 'launch'>): string {
  const { subnets = [], securityGroups = [], assignPublicIp } = network;
  const others = Object.keys(launch).length === 0 ? [] : [launch];
  const text = JSON.stringify([subnets.toSorted(), securityGroups.toSorted(), assignPublicIp ?? '', ...others]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
