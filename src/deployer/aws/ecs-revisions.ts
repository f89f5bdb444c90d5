import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  type DescribeTaskDefinitionCommandOutput,
  type ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Account, Revision } from '../account.ts';
import { sameDefinition } from '../normal-form.ts';
import { type Ask, AwsError, isAwsError } from './aws-error.ts';

/** DeleteTaskDefinitions takes at most so many revisions. */
const revisionsPerCall = 10;

/** The revisions of families, by the SDK. */
export function ecsRevisions(
  client: ECSClient,
  ask: Ask,
): Pick<
  Account,
  'latestRevision' | 'revision' | 'registerRevision' | 'revisionsOf' | 'deregisterRevision' | 'deleteRevisions'
> {
  const describe = (taskDefinition: string) =>
    ask('ecs:DescribeTaskDefinition', () =>
      client.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] })),
    );
  const latest = async (family: string) => {
    try {
      return await describe(family);
    } catch (error) {
      // "Unable to describe task definition." is how ECS says that a family has no active revision.
      if (isAwsError(error, 'ClientException') && /unable to describe/i.test(error.detail)) return undefined;
      throw error;
    }
  };
  return {
    async latestRevision(family) {
      const found = await latest(family);
      return found && revision(found);
    },
    async revision(arn) {
      return revision(await describe(arn));
    },
    async registerRevision(definition, tags) {
      // Our own type spells the enumerations as plain text; the checker has held them against AWS's.
      const input = {
        ...definition,
        tags: [...(definition.tags ?? []), ...tags],
      } as RegisterTaskDefinitionCommandInput;
      const command = new RegisterTaskDefinitionCommand(input);
      let isRepeated = false;
      // ECS takes no token for this call, and would register the same once more where only an answer was lost.
      command.middlewareStack.add(
        (next) => async (attempt) => {
          const made = isRepeated ? await latest(definition.family).catch(() => undefined) : undefined;
          isRepeated = true;
          const isMade = made !== undefined && sameDefinition(revision(made).definition, definition);
          return isMade ? { response: undefined, output: made } : next(attempt);
        },
        // Within the SDK's own repetition of calls.
        { step: 'finalizeRequest', priority: 'low', name: 'findRegistered' },
      );
      return revision(await ask('ecs:RegisterTaskDefinition', () => client.send(command)));
    },
    async revisionsOf(familyPrefix, status) {
      const arns: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = { familyPrefix, status, ...(nextToken === undefined ? {} : { nextToken }) };
        const answer = await ask('ecs:ListTaskDefinitions', () => client.send(new ListTaskDefinitionsCommand(page)));
        arns.push(...(answer.taskDefinitionArns ?? []));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
      return arns;
    },
    async deregisterRevision(taskDefinition) {
      await ask('ecs:DeregisterTaskDefinition', () =>
        client.send(new DeregisterTaskDefinitionCommand({ taskDefinition })),
      );
    },
    async deleteRevisions(arns) {
      for (let at = 0; at < arns.length; at += revisionsPerCall) {
        const taskDefinitions = arns.slice(at, at + revisionsPerCall);
        const { failures = [] } = await ask('ecs:DeleteTaskDefinitions', () =>
          client.send(new DeleteTaskDefinitionsCommand({ taskDefinitions })),
        );
        // ECS answers 200 with what was deleted and failures side by side.
        const [failure] = failures;
        if (failure === undefined) continue;
        const message = [failure.arn, failure.reason].filter(Boolean).join(': ');
        throw new AwsError('ecs:DeleteTaskDefinitions', { name: 'DeleteTaskDefinitionsFailure', message });
      }
    },
  };
}

function revision({
  taskDefinition = {},
  tags = [],
}: Pick<DescribeTaskDefinitionCommandOutput, 'taskDefinition' | 'tags'>): Revision {
  return {
    arn: taskDefinition.taskDefinitionArn ?? '',
    family: taskDefinition.family ?? '',
    number: taskDefinition.revision ?? 0,
    definition: { ...taskDefinition, tags } as unknown as TaskDefinition,
    // INACTIVE, and then DELETE_IN_PROGRESS for as long as a task runs it.
    ...(taskDefinition.status === 'ACTIVE' ? {} : { inactive: true }),
  };
}
