import { type ECSClient, ListTasksCommand, type ListTasksCommandInput } from '@aws-sdk/client-ecs';
import type { Ask } from './aws-error.ts';

/** The ARNs of all tasks that a filter lets through, page after page. */
export async function allTasks(client: ECSClient, ask: Ask, filter: ListTasksCommandInput): Promise<readonly string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = { ...filter, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = await ask('ecs:ListTasks', () => client.send(new ListTasksCommand(page)));
    arns.push(...(answer.taskArns ?? []));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return arns;
}
