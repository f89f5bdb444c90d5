import { type CommandCalls, commands, deploying, purging } from './command-calls.ts';
import { actionsOfOperation } from './operation-actions.ts';
import { allowing } from './permissions.ts';
import { type PolicyDocument, policy } from './policy.ts';
import type { Scope } from './scope.ts';

/** The names of the commands that a policy can be made for. */
export const callingCommands: readonly string[] = Object.keys(commands);

/**
 * What whoever runs these commands on a project needs, and no more: it follows from the operations that their plans
 * have, and from what they call beside them. Without commands, what it takes to deploy the project and look after it.
 */
export function deployerPolicy(scope: Scope, named: readonly string[] = Object.keys(deploying)): PolicyDocument {
  const actions = named.flatMap((name) => {
    const { looks, operations, purges }: CommandCalls = commands[name] ?? { looks: [], operations: [] };
    const more = purges && scope.purges ? purging : { looks: [], operations: [] };
    return [
      ...[...looks, ...more.looks],
      ...[...operations, ...more.operations].flatMap((kind) => actionsOfOperation[kind]),
    ];
  });
  return policy(allowing(new Set(actions), scope));
}
