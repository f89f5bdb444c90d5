import * as ecs from '@aws-sdk/client-ecs';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/checker/check.ts';
import type { Member, MemberType } from '../../src/fargate/member.ts';
import { members } from '../../src/fargate/members.ts';
import { responseMembers } from '../../src/fargate/task-members.ts';

/**
 * Holds the table of members against the schemas of `@aws-sdk/client-ecs`, so that a member, a requirement or a value
 * that AWS adds fails here. The schemas are arrays, an internal of the SDK: its version is pinned.
 */
interface Described {
  readonly type: MemberType;
  readonly required: boolean;
}

const list = 1;
const structure = 3;
const simple: Readonly<Record<number, MemberType>> = { 0: 'string', 1: 'integer', 2: 'boolean', 128: 'map' };
const lists: Readonly<Record<number, number>> = { 64: 0, 65: 1, 66: 2 };

/** The members below a schema, by path; nothing below those that Fargate does not support. */
function describeMembers(schema: unknown, path: string, required: boolean, into: Map<string, Described>): void {
  const resolved = typeof schema === 'function' ? schema() : schema;
  if (typeof resolved === 'number') {
    const element = lists[resolved];
    const type = element === undefined ? simple[resolved] : 'list';
    if (type === undefined)
      throw new Error(`The SDK's schemas have a simple type of a new kind, ${resolved}, at ${path}.`);
    into.set(path, { type, required });
    if (element !== undefined && !members[path]?.unsupported) describeMembers(element, `${path}[]`, false, into);
    return;
  }
  if (!Array.isArray(resolved)) throw new Error(`The layout of the SDK's schemas has changed at ${path}.`);
  const [kind, , , , below, schemas, requiredCount = 0] = resolved;
  // A schema with traits: the schema itself comes first.
  if (typeof kind !== 'number') {
    describeMembers(kind, path, required, into);
    return;
  }
  if (path !== '') into.set(path, { type: kind === list ? 'list' : 'object', required });
  if (members[path]?.unsupported) return;
  if (kind === list) {
    describeMembers(below, `${path}[]`, false, into);
    return;
  }
  if (kind !== structure) throw new Error(`The SDK's schemas have a kind ${kind} at ${path}.`);
  for (const [index, name] of (below as string[]).entries()) {
    describeMembers(schemas[index], path === '' ? name : `${path}.${name}`, index < requiredCount, into);
  }
}

const described = new Map<string, Described>();
describeMembers(ecs.RegisterTaskDefinitionRequest$, '', false, described);

test('the walk sees the whole request', () => {
  const top = [...described.keys()].filter((path) => !/[.[]/.test(path));
  const ofContainer = [...described.keys()].filter((path) => /^containerDefinitions\[\]\.[^.[]+$/.test(path));
  expect([top.length, ofContainer.length]).toEqual([18, 42]);
});

test('the checker knows every member, and no other', () => {
  expect(Object.keys(members).toSorted()).toEqual([...described.keys()].toSorted());
});

test('the checker knows what ECS returns besides', () => {
  const [, , , , returned] = ecs.TaskDefinition$ as unknown as readonly [unknown, unknown, unknown, unknown, string[]];
  const added = returned.filter((member) => !described.has(member));
  expect([...responseMembers].toSorted()).toEqual(added.toSorted());
});

test.each([...described])('%s is of the type that the SDK says', (path, { type, required }) => {
  const member = members[path] as Member;
  expect(member.type).toBe(type);
  if (required && !member.unsupported) expect(member.required).toBeDefined();
});

describe('enumerations are those of the SDK', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['networkMode', ecs.NetworkMode],
    ['pidMode', ecs.PidMode],
    ['requiresCompatibilities[]', ecs.Compatibility],
    ['proxyConfiguration.type', ecs.ProxyConfigurationType],
    ['runtimePlatform.cpuArchitecture', ecs.CPUArchitecture],
    ['runtimePlatform.operatingSystemFamily', ecs.OSFamily],
    ['containerDefinitions[].portMappings[].protocol', ecs.TransportProtocol],
    ['containerDefinitions[].portMappings[].appProtocol', ecs.ApplicationProtocol],
    ['containerDefinitions[].environmentFiles[].type', ecs.EnvironmentFileType],
    ['containerDefinitions[].dependsOn[].condition', ecs.ContainerCondition],
    ['containerDefinitions[].versionConsistency', ecs.VersionConsistency],
    ['containerDefinitions[].ulimits[].name', ecs.UlimitName],
    ['containerDefinitions[].logConfiguration.logDriver', ecs.LogDriver],
    ['containerDefinitions[].firelensConfiguration.type', ecs.FirelensConfigurationType],
    ['volumes[].efsVolumeConfiguration.transitEncryption', ecs.EFSTransitEncryption],
    ['volumes[].efsVolumeConfiguration.authorizationConfig.iam', ecs.EFSAuthorizationConfigIAM],
  ])('%s', (path, values) => {
    const constraint = members[path]?.constraints?.find(({ kind }) => kind === 'values');
    const known = constraint?.kind === 'values' ? [...constraint.values, ...(constraint.notOnFargate ?? [])] : [];
    expect(known.toSorted()).toEqual(Object.values(values).toSorted());
  });
});

test('no member of the SDK is reported as unknown', () => {
  const codes: string[] = [];
  const everything = nest([...described]);
  check(
    everything,
    () => undefined,
    ({ code }) => codes.push(code),
  );
  expect(codes).not.toContain('fargate/unknown-member');
  expect(codes).not.toContain('fargate/type');
});

/** A value with every member set once. */
function nest(all: readonly (readonly [string, Described])[]): unknown {
  const samples = { string: 'x', integer: 7, boolean: true, map: { x: 'x' } };
  const build = (path: string, type: MemberType): unknown => {
    if (type === 'list') {
      const element = described.get(`${path}[]`);
      return element === undefined ? [] : [build(`${path}[]`, element.type)];
    }
    if (type !== 'object') return samples[type];
    const prefix = path === '' ? '' : `${path}.`;
    const below = all.filter(([each]) => each.startsWith(prefix) && /^[^.[]+$/.test(each.slice(prefix.length)));
    return Object.fromEntries(below.map(([each, { type: own }]) => [each.slice(prefix.length), build(each, own)]));
  };
  return build('', 'object');
}
