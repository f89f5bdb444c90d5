import {
  type Change,
  CloudFormationClient,
  type CloudFormationClientConfig,
  type StackEvent as CloudFormationEvent,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { Ask } from '../aws/aws-error.ts';
import { defined } from '../aws/defined.ts';
import type { ResourceChange, StackEvent, StackState, Stacks } from './stacks.ts';

/** CloudFormation by the SDK. This file is a bundle of its own: only clusters with a network need it. */
export function cloudFormationStacks(config: CloudFormationClientConfig, ask: Ask): Stacks {
  const client = new CloudFormationClient(config);
  return {
    async stack(StackName) {
      const { Stacks: [found] = [] } = await ask('cloudformation:DescribeStacks', () =>
        client.send(new DescribeStacksCommand({ StackName })).catch(noneIfMissing),
      );
      return found && stackState(found);
    },
    async createChangeSet({ stack, name, type, template, tags }) {
      const { Id = '', StackId = '' } = await ask('cloudformation:CreateChangeSet', () =>
        client.send(
          new CreateChangeSetCommand({
            StackName: stack,
            ChangeSetName: name,
            ChangeSetType: type,
            TemplateBody: template,
            Capabilities: ['CAPABILITY_IAM'],
            Tags: tags.map(({ key = '', value = '' }) => ({ Key: key, Value: value })),
          }),
        ),
      );
      return { id: Id, stackId: StackId };
    },
    async changeSet(ChangeSetName) {
      const changes: ResourceChange[] = [];
      for (let NextToken: string | undefined; ; ) {
        const answer = await ask('cloudformation:DescribeChangeSet', () =>
          client.send(new DescribeChangeSetCommand({ ChangeSetName, ...defined({ NextToken }) })),
        );
        changes.push(...(answer.Changes ?? []).flatMap(resourceChange));
        NextToken = answer.NextToken;
        if (NextToken !== undefined) continue;
        return { status: answer.Status ?? 'UNKNOWN', changes, ...defined({ statusReason: answer.StatusReason }) };
      }
    },
    async executeChangeSet(ChangeSetName, ClientRequestToken) {
      await ask('cloudformation:ExecuteChangeSet', () =>
        client.send(new ExecuteChangeSetCommand({ ChangeSetName, ClientRequestToken })),
      );
    },
    async deleteChangeSet(ChangeSetName) {
      await ask('cloudformation:DeleteChangeSet', () => client.send(new DeleteChangeSetCommand({ ChangeSetName })));
    },
    async resources(StackName) {
      const { StackResources = [] } = await ask('cloudformation:DescribeStackResources', () =>
        client.send(new DescribeStackResourcesCommand({ StackName })),
      );
      return StackResources.map(({ LogicalResourceId, ResourceType, PhysicalResourceId, ResourceStatus }) => ({
        logicalId: LogicalResourceId ?? '',
        type: ResourceType ?? '',
        status: ResourceStatus ?? 'UNKNOWN',
        ...defined({ physicalId: PhysicalResourceId }),
      }));
    },
    async events(StackName, token) {
      const events: StackEvent[] = [];
      for (let NextToken: string | undefined; ; ) {
        const answer = await ask('cloudformation:DescribeStackEvents', () =>
          client.send(new DescribeStackEventsCommand({ StackName, ...defined({ NextToken }) })),
        );
        const page = answer.StackEvents ?? [];
        const own = page.filter(({ ClientRequestToken }) => ClientRequestToken === token);
        events.push(...own.map(stackEvent));
        NextToken = answer.NextToken;
        // The newest come first: what follows an event of something else is older still.
        if (NextToken === undefined || own.length < page.length) return events.reverse();
      }
    },
    async deleteStack(StackName, ClientRequestToken) {
      await ask('cloudformation:DeleteStack', () =>
        client.send(new DeleteStackCommand({ StackName, ClientRequestToken })),
      );
    },
  };
}

/** A stack that is not there is a ValidationError, for which the SDK has no name. */
function noneIfMissing(error: Error): { readonly Stacks?: Stack[] } {
  if (/^Stack with id .* does not exist$/.test(error.message)) return {};
  throw error;
}

function stackState({
  StackId,
  StackName,
  StackStatus,
  StackStatusReason,
  Outputs = [],
  Tags = [],
}: Stack): StackState {
  return {
    id: StackId ?? '',
    name: StackName ?? '',
    status: StackStatus ?? 'UNKNOWN',
    outputs: new Map(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    tags: new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ...defined({ statusReason: StackStatusReason }),
  };
}

const replacements: Readonly<Record<string, ResourceChange['replacement']>> = {
  True: 'always',
  Conditional: 'perhaps',
};

function resourceChange({ ResourceChange: change }: Change): readonly ResourceChange[] {
  const { Action, LogicalResourceId = '', ResourceType = '', PhysicalResourceId, Replacement = '' } = change ?? {};
  if (Action !== 'Add' && Action !== 'Modify' && Action !== 'Remove') return [];
  return [
    {
      action: Action,
      replacement: replacements[Replacement] ?? 'never',
      logicalId: LogicalResourceId,
      type: ResourceType,
      ...defined({ physicalId: PhysicalResourceId }),
    },
  ];
}

function stackEvent(event: CloudFormationEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    at: event.Timestamp?.getTime() ?? 0,
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? 'UNKNOWN',
    ...defined({ physicalId: event.PhysicalResourceId || undefined, reason: event.ResourceStatusReason }),
  };
}
