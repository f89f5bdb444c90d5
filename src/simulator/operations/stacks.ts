import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import type { StackRecord } from '../records/stacks.ts';
import { deleteStory, eventsAt, resourcesAt, statusAt } from '../stack-story.ts';
import { textOf } from '../stack-template.ts';
import { isoTime } from '../wire.ts';
import { type Operation, page } from './operation.ts';

export interface StackInput {
  readonly StackName?: string;
  readonly ClientRequestToken?: string;
  readonly NextToken?: string;
}

/** DescribeStackEvents gives so many events a page. */
const EVENTS_PER_PAGE = 100;

export const stackOperations: Readonly<Record<string, Operation>> = {
  DescribeStacks: { answer: describeStacks },
  DescribeStackEvents: { answer: describeStackEvents },
  DescribeStackResources: { answer: describeStackResources },
  DeleteStack: { check: checkDelete, apply: deleteStack },
};

function describeStacks(account: Account, call: Call<StackInput>): object {
  const { region, at, input } = call;
  const all = [...account.stacks.values()].filter((stack) => stack.region === region && !isGone(stack, at));
  const stacks = input.StackName === undefined ? all : [stackOf(account, call)];
  return { Stacks: stacks.map((stack) => describeStack(stack, at)) };
}

function describeStack(stack: StackRecord, now: number): object {
  const { status, reason } = statusAt(stack, now);
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    CreationTime: isoTime(stack.createdAt),
    StackStatus: status,
    ...(reason === undefined ? {} : { StackStatusReason: reason }),
    Outputs: /^(?:CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status) ? outputsOf(stack, now) : [],
    Tags: stack.tags.map(({ key, value }) => ({ Key: key, Value: value })),
  };
}

function outputsOf(stack: StackRecord, now: number): readonly object[] {
  const resources = resourcesAt(stack, now);
  const attribute = (logicalId: string, name?: string): string => {
    if (logicalId === 'AWS::Region') return stack.region;
    const resource = resources.find((one) => one.logicalId === logicalId);
    const physicalId = resource?.physicalId ?? '';
    return resource?.type === 'AWS::IAM::Role' && name === 'Arn' ? arn('iam', '', `role/${physicalId}`) : physicalId;
  };
  return Object.entries(stack.template?.Outputs ?? {}).map(([OutputKey, { Description, Value }]) => ({
    OutputKey,
    OutputValue: textOf(Value, attribute),
    ...(Description === undefined ? {} : { Description }),
  }));
}

function describeStackEvents(account: Account, call: Call<StackInput>): object {
  const stack = stackOf(account, call);
  const events = eventsAt(stack, call.at).map((event, index) => ({
    StackId: stack.stackId,
    StackName: stack.stackName,
    EventId: `${event.logicalId}-${event.status}-${index}`,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: isoTime(event.at),
    ResourceStatus: event.status,
    ...(event.reason === undefined ? {} : { ResourceStatusReason: event.reason }),
    ...(event.token === undefined ? {} : { ClientRequestToken: event.token }),
  }));
  const { items, nextToken } = page(events.reverse(), EVENTS_PER_PAGE, call.input.NextToken);
  return { StackEvents: items, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

function describeStackResources(account: Account, call: Call<StackInput>): object {
  const stack = stackOf(account, call);
  return {
    StackResources: resourcesAt(stack, call.at).map(({ logicalId, type, physicalId, status, at }) => ({
      StackId: stack.stackId,
      StackName: stack.stackName,
      LogicalResourceId: logicalId,
      ...(physicalId === '' ? {} : { PhysicalResourceId: physicalId }),
      ResourceType: type,
      ResourceStatus: status,
      Timestamp: isoTime(at),
    })),
  };
}

function checkDelete(account: Account, call: Call<StackInput>): void {
  const stack = findStack(account, call, call.input.StackName ?? '');
  if (stack === undefined) return;
  const { status } = statusAt(stack, call.at);
  if (isSettled(status) || status === 'REVIEW_IN_PROGRESS') return;
  throw validation(`Stack [${stack.stackName}] cannot be deleted while in status ${status}`);
}

/** Deletes a stack; one that is not there is as good as deleted. */
function deleteStack(account: Account, call: Call<StackInput>): object {
  const stack = findStack(account, call, call.input.StackName ?? '');
  if (stack === undefined) return {};
  const beginning = { at: call.at, speed: call.speed, token: call.input.ClientRequestToken };
  stack.story = [...stack.story, ...deleteStory(account, stack, beginning)];
  stack.changeSets.clear();
  return {};
}

/** The stack of a name or id; refuses one that is not there. */
function stackOf(account: Account, call: Call<StackInput>): StackRecord {
  const name = call.input.StackName ?? '';
  const stack = findStack(account, call, name);
  if (stack !== undefined) return stack;
  throw validation(`Stack with id ${name} does not exist`);
}

/** The stack of an id, deleted or not, or the one that has a name now. */
export function findStack(account: Account, { region, at }: Call, nameOrId: string): StackRecord | undefined {
  const byId = account.stacks.get(nameOrId);
  if (byId !== undefined) return byId;
  return [...account.stacks.values()].find(
    (stack) => stack.stackName === nameOrId && stack.region === region && !isGone(stack, at),
  );
}

function isGone(stack: StackRecord, now: number): boolean {
  return statusAt(stack, now).status === 'DELETE_COMPLETE';
}

export function isSettled(status: string): boolean {
  return /_(?:COMPLETE|FAILED)$/.test(status);
}

export function validation(message: string): ApiError {
  return new ApiError('ValidationError', message);
}

export function uuid(seed: string): string {
  return hexadecimal(32, seed).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
