import { createHash } from 'node:crypto';
import { parseTaskCpu, parseTaskMemory } from '../fargate/sizes.ts';
import type { TaskDefinition } from '../fargate/task-definition.ts';

/** Plain JSON: what a definition is once it is in its normal form. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

/** What spellings of a document have in common, by path; `[]` stands for every item of a list. */
export interface Comparison {
  /** What AWS takes a member for that is not there: one with such a value is as good as absent. */
  readonly defaults: Readonly<Record<string, Json>>;
  /** Lists whose order means nothing, with the member that orders them; "" for plain texts. */
  readonly sets: Readonly<Record<string, string>>;
  /** Values that have several spellings, and the one that they are compared by. */
  readonly spellings: Readonly<Record<string, (value: Json) => Json | undefined>>;
}

/** The members of RegisterTaskDefinition; DescribeTaskDefinition adds others (`revision`, `status`, `registeredAt` …). */
const members: readonly (keyof TaskDefinition)[] = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'runtimePlatform',
  'ephemeralStorage',
  'pidMode',
  'ipcMode',
  'enableFaultInjection',
  'containerDefinitions',
  'volumes',
  'placementConstraints',
  'proxyConfiguration',
  'inferenceAccelerators',
  'tags',
];

/** ECS echoes some of these. Sources: ECS API Reference, data types; `registered.json` of ecs-cli's tests. */
const defaults: Comparison['defaults'] = {
  enableFaultInjection: false,
  'runtimePlatform.cpuArchitecture': 'X86_64',
  'runtimePlatform.operatingSystemFamily': 'LINUX',
  'containerDefinitions[].cpu': 0,
  'containerDefinitions[].essential': true,
  'containerDefinitions[].interactive': false,
  'containerDefinitions[].pseudoTerminal': false,
  'containerDefinitions[].privileged': false,
  'containerDefinitions[].readonlyRootFilesystem': false,
  'containerDefinitions[].disableNetworking': false,
  'containerDefinitions[].portMappings[].protocol': 'tcp',
  'containerDefinitions[].healthCheck.interval': 30,
  'containerDefinitions[].healthCheck.timeout': 5,
  'containerDefinitions[].healthCheck.retries': 3,
  'containerDefinitions[].healthCheck.startPeriod': 0,
  'containerDefinitions[].restartPolicy.restartAttemptPeriod': 300,
  'containerDefinitions[].mountPoints[].readOnly': false,
  'containerDefinitions[].volumesFrom[].readOnly': false,
  'containerDefinitions[].linuxParameters.initProcessEnabled': false,
  'volumes[].configuredAtLaunch': false,
  'volumes[].efsVolumeConfiguration.rootDirectory': '/',
  'volumes[].efsVolumeConfiguration.transitEncryption': 'DISABLED',
  'volumes[].efsVolumeConfiguration.authorizationConfig.iam': 'DISABLED',
};

const sets: Comparison['sets'] = {
  requiresCompatibilities: '',
  tags: 'key',
  'containerDefinitions[].environment': 'name',
  'containerDefinitions[].secrets': 'name',
  'containerDefinitions[].logConfiguration.secretOptions': 'name',
  'containerDefinitions[].dependsOn': 'containerName',
  'containerDefinitions[].ulimits': 'name',
  'containerDefinitions[].systemControls': 'namespace',
  'containerDefinitions[].linuxParameters.capabilities.add': '',
  'containerDefinitions[].linuxParameters.capabilities.drop': '',
};

const spellings: Comparison['spellings'] = {
  cpu: (value) => String(parseTaskCpu(String(value)) ?? value),
  memory: (value) => String(parseTaskMemory(String(value)) ?? value),
  taskRoleArn: roleName,
  executionRoleArn: roleName,
  // In awsvpc mode it can only be the container's own port, which ECS fills in.
  'containerDefinitions[].portMappings[].hostPort': () => undefined,
  // AWS adds tags of its own, and we ours.
  tags: (tags) => (isList(tags) ? tags.filter((tag) => !/^(?:aws|compose2fargate):/.test(memberOf(tag, 'key'))) : tags),
};

/**
 * The normal form of a definition: what two spellings of the same task have in common, whether one was written by us
 * and the other echoed by AWS. Members stand in alphabetical order.
 */
export function normalForm(definition: TaskDefinition): Json {
  const known = members.map((member) => [member, definition[member]] as const);
  return normalise(Object.fromEntries(known) as unknown as Json, { defaults, sets, spellings }) ?? {};
}

/** Whether two definitions make the same task. */
export function sameDefinition(one: TaskDefinition, other: TaskDefinition): boolean {
  return JSON.stringify(normalForm(one)) === JSON.stringify(normalForm(other));
}

/** A digest of all that makes the task: two definitions have the same one if they make the same task. */
export function definitionDigest(definition: TaskDefinition): string {
  return createHash('sha256')
    .update(JSON.stringify(normalForm(definition)))
    .digest('hex')
    .slice(0, 32);
}

/** A value in its normal form; undefined for what is as good as absent: an empty list or mapping, and a default. */
export function normalise(value: Json | undefined, by: Comparison, path = ''): Json | undefined {
  if (value === undefined || value === null) return undefined;
  const spelt = (by.spellings[path] ?? ((same) => same))(value);
  if (spelt === undefined || spelt === by.defaults[path]) return undefined;
  if (isList(spelt)) {
    const items = spelt.map((item) => normalise(item, by, `${path}[]`) ?? {});
    const key = by.sets[path];
    const ordered = key === undefined ? items : items.toSorted((a, b) => compare(memberOf(a, key), memberOf(b, key)));
    return ordered.length === 0 ? undefined : ordered;
  }
  if (typeof spelt === 'object' && spelt !== null) {
    const entries = Object.entries(spelt)
      .map(([name, child]) => [name, normalise(child, by, path === '' ? name : `${path}.${name}`)] as const)
      .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined)
      .toSorted(([a], [b]) => compare(a, b));
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  return spelt;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function memberOf(item: Json, key: string): string {
  return String(key === '' ? item : ((item as Readonly<Record<string, Json>>)[key] ?? ''));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** ECS takes a role's short name for a role of the account's own, without a path. */
function roleName(value: Json): Json {
  return /^arn:[^:]+:iam::\d+:role\/([^/]+)$/.exec(String(value))?.[1] ?? value;
}
