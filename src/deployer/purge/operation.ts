import { revisionName } from '../account.ts';
import { secretKinds } from './leftover.ts';
import type { Located, NamedSecret } from './traces.ts';

/** One step that removes what a project has kept outside its tasks, for good. */
export type PurgeOperation =
  | { readonly kind: 'delete-log-group'; readonly group: Located }
  | { readonly kind: 'delete-repository'; readonly repository: Located }
  | { readonly kind: 'delete-secret'; readonly secret: NamedSecret }
  | {
      readonly kind: 'delete-revisions';
      /** ARNs, the oldest first. */
      readonly revisions: readonly string[];
      /** Those of them that are still active. */
      readonly active: readonly string[];
    }
  | { readonly kind: 'delete-cluster'; readonly cluster: string };

/** How many revisions a sentence names before it counts them. */
const named = 3;

/** What an operation does, in a sentence without its full stop. */
export function purgeSentence(operation: PurgeOperation): string {
  switch (operation.kind) {
    case 'delete-log-group':
      return `Delete the log group ${operation.group.name} with its logs`;
    case 'delete-repository':
      return `Delete the ECR repository ${operation.repository.name} with its images`;
    case 'delete-secret':
      return `Delete the ${secretKinds[operation.secret.store]} ${operation.secret.name}, which cannot be restored`;
    case 'delete-revisions':
      return `Delete the ${revisionsInWords(operation.revisions)}`;
    case 'delete-cluster':
      return `Delete the cluster ${operation.cluster}`;
  }
}

function revisionsInWords(arns: readonly string[]): string {
  const names = arns.map(revisionName);
  if (names.length > named) return `${names.length} revisions from ${names[0]} to ${names.at(-1)}`;
  return `${names.length === 1 ? 'revision' : 'revisions'} ${names.join(', ')}`;
}
