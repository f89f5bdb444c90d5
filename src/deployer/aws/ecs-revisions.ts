import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  type ECSClient,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import type { Account } from '../account.ts';
import { type Ask, AwsError } from './aws-error.ts';

/** DeleteTaskDefinitions takes at most so many revisions. */
const revisionsPerCall = 10;

/** The revisions of families and their end, by the SDK. */
export function ecsRevisions(
  client: ECSClient,
  ask: Ask,
): Pick<Account, 'revisionsOf' | 'deregisterRevision' | 'deleteRevisions'> {
  return {
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
