import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn } from '../identifiers.ts';
import type { ChangeSet, StackChange, StackRecord } from '../records/stacks.ts';
import { changesOf } from '../stack-changes.ts';
import { changeStory, statusAt } from '../stack-story.ts';
import { RESOURCE_TYPES, references, type StackTemplate } from '../stack-template.ts';
import { isoTime } from '../wire.ts';
import type { Operation } from './operation.ts';
import { findStack, isSettled, type StackInput, uuid, validation } from './stacks.ts';

interface ChangeSetInput extends StackInput {
  readonly ChangeSetName: string;
}

interface CreateChangeSetInput extends ChangeSetInput {
  readonly StackName: string;
  readonly ChangeSetType?: 'CREATE' | 'UPDATE';
  readonly TemplateBody?: string;
  readonly Capabilities?: readonly string[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** How long CloudFormation takes to work out a change set, in milliseconds at speed 1. */
const WORKING_OUT = 3_000;

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export const changeSetOperations: Readonly<Record<string, Operation>> = {
  CreateChangeSet: { check: checkCreateChangeSet, apply: createChangeSet },
  DescribeChangeSet: { answer: describeChangeSet },
  ExecuteChangeSet: { check: checkExecute, apply: executeChangeSet },
  DeleteChangeSet: {
    check: (account, call: Call<ChangeSetInput>) => void changeSetOf(account, call),
    apply: deleteChangeSet,
  },
};

function checkCreateChangeSet(account: Account, call: Call<CreateChangeSetInput>): void {
  const { StackName, ChangeSetName, ChangeSetType = 'UPDATE', TemplateBody, Capabilities = [] } = call.input;
  if (!/^[A-Za-z][-A-Za-z0-9]{0,127}$/.test(StackName)) {
    const problem = `Value '${StackName}' at 'stackName' failed to satisfy constraint`;
    throw validation(
      `1 validation error detected: ${problem}: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  const { Resources } = checkedTemplate(TemplateBody ?? '');
  if (
    Object.values(Resources).some(({ Type }) => Type === 'AWS::IAM::Role') &&
    !Capabilities.includes('CAPABILITY_IAM')
  ) {
    throw new ApiError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]');
  }
  const stack = findStack(account, call, StackName);
  if (ChangeSetType === 'UPDATE') {
    if (stack === undefined) throw validation(`Stack [${StackName}] does not exist`);
    const { status } = statusAt(stack, call.at);
    if (!isSettled(status) || status === 'ROLLBACK_COMPLETE' || status === 'DELETE_FAILED') {
      throw validation(`Stack:${stack.stackId} is in ${status} state and can not be updated.`);
    }
  } else if (stack !== undefined && statusAt(stack, call.at).status !== 'REVIEW_IN_PROGRESS') {
    const message = `already exists and cannot be created again with the changeSet [${ChangeSetName}].`;
    throw validation(`Stack [${stack.stackId}] ${message}`);
  }
  if ([...(stack?.changeSets.values() ?? [])].some(({ name }) => name === ChangeSetName)) {
    throw new ApiError('AlreadyExistsException', `ChangeSet [${ChangeSetName}] already exists`);
  }
}

/** The template of a text; refuses one that CloudFormation, or the simulator, cannot make sense of. */
function checkedTemplate(text: string): StackTemplate {
  const template = templateOf(text);
  const entries = Object.entries(template?.Resources ?? {});
  if (template === undefined || entries.length === 0) {
    throw validation('Template format error: At least one Resources member must be defined.');
  }
  for (const [, { Type }] of entries) {
    if (!Object.hasOwn(RESOURCE_TYPES, Type)) {
      throw validation(`Template format error: the simulator does not model resources of the type ${Type}.`);
    }
  }
  const names = new Set(entries.map(([name]) => name));
  const unknown = entries
    .flatMap(([, { DependsOn = [], Properties }]) => [DependsOn, references(Properties)].flat())
    .filter((name) => !names.has(name) && !name.startsWith('AWS::'));
  if (unknown.length === 0) return template;
  const list = [...new Set(unknown)].join(', ');
  throw validation(
    `Template format error: Unresolved resource dependencies [${list}] in the Resources block of the template`,
  );
}

function templateOf(text: string): StackTemplate | undefined {
  try {
    return JSON.parse(text) as StackTemplate;
  } catch {
    throw validation('Template format error: JSON not well-formed.');
  }
}

function createChangeSet(account: Account, call: Call<CreateChangeSetInput>): object {
  const { StackName, ChangeSetName, ChangeSetType = 'UPDATE', TemplateBody = '', Tags = [] } = call.input;
  const stack = findStack(account, call, StackName) ?? newStack(account, call);
  const template = JSON.parse(TemplateBody) as StackTemplate;
  const tags = Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
  const changeSetId = arn(
    'cloudformation',
    call.region,
    `changeSet/${ChangeSetName}/${uuid(`${stack.stackId}:${ChangeSetName}:${account.changes}`)}`,
  );
  stack.changeSets.set(changeSetId, {
    changeSetId,
    name: ChangeSetName,
    type: ChangeSetType,
    createdAt: call.at,
    readyAt: call.at + WORKING_OUT / call.speed,
    template,
    tags,
    changes: changesOf(stack, template, tags, call.at),
  });
  return { Id: changeSetId, StackId: stack.stackId };
}

function newStack(account: Account, { region, at, input }: Call<CreateChangeSetInput>): StackRecord {
  const { StackName: stackName } = input;
  const stackId = arn('cloudformation', region, `stack/${stackName}/${uuid(`${stackName}:${account.changes}`)}`);
  const stack: StackRecord = { stackId, stackName, region, createdAt: at, tags: [], story: [], changeSets: new Map() };
  account.stacks.set(stackId, stack);
  return stack;
}

function describeChangeSet(account: Account, call: Call<ChangeSetInput>): object {
  const { stack, changeSet } = changeSetOf(account, call);
  const isReady = call.at >= changeSet.readyAt;
  const isEmpty = changeSet.changes.length === 0;
  const ready = isEmpty
    ? { Status: 'FAILED', StatusReason: NO_CHANGES, ExecutionStatus: 'UNAVAILABLE' }
    : { Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' };
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.changeSetId,
    StackId: stack.stackId,
    StackName: stack.stackName,
    CreationTime: isoTime(changeSet.createdAt),
    ...(isReady ? ready : { Status: 'CREATE_IN_PROGRESS', ExecutionStatus: 'UNAVAILABLE' }),
    Changes: isReady ? changeSet.changes.map(describedChange) : [],
  };
}

function describedChange({ action, logicalId, type, physicalId, replacement }: StackChange): object {
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      ResourceType: type,
      ...(physicalId === '' ? {} : { PhysicalResourceId: physicalId }),
      ...(action === 'Modify' ? { Replacement: replacement } : {}),
    },
  };
}

function checkExecute(account: Account, call: Call<ChangeSetInput>): void {
  const { changeSet } = changeSetOf(account, call);
  const status =
    call.at < changeSet.readyAt ? 'CREATE_IN_PROGRESS' : changeSet.changes.length === 0 ? 'FAILED' : undefined;
  if (status === undefined) return;
  const message = `ChangeSet [${changeSet.changeSetId}] cannot be executed in its current status of [${status}]`;
  throw new ApiError('InvalidChangeSetStatus', message);
}

/** Begins what a change set says; with that all change sets of the stack are spent. */
function executeChangeSet(account: Account, call: Call<ChangeSetInput>): object {
  const { stack, changeSet } = changeSetOf(account, call);
  const { template, tags, changes, type } = changeSet;
  const beginning = { at: call.at, speed: call.speed, token: call.input.ClientRequestToken };
  const story = changeStory(account, stack, template, changes, type, beginning);
  stack.story = [...stack.story, ...story];
  if (type === 'CREATE' || story.at(-1)?.status === 'UPDATE_COMPLETE') Object.assign(stack, { template, tags });
  stack.changeSets.clear();
  return {};
}

function deleteChangeSet(account: Account, call: Call<ChangeSetInput>): object {
  const { stack, changeSet } = changeSetOf(account, call);
  stack.changeSets.delete(changeSet.changeSetId);
  return {};
}

function changeSetOf(
  account: Account,
  call: Call<ChangeSetInput>,
): { readonly stack: StackRecord; readonly changeSet: ChangeSet } {
  const { ChangeSetName: nameOrId, StackName } = call.input;
  for (const stack of account.stacks.values()) {
    const changeSet =
      stack.changeSets.get(nameOrId) ??
      [...stack.changeSets.values()].find(({ name }) => name === nameOrId && stack.stackName === StackName);
    if (changeSet !== undefined) return { stack, changeSet };
  }
  throw new ApiError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
}
