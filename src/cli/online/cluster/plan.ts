import { type OperationSummary, type StackOperation, stackSentence } from '../../../deployer.ts';
import { printable } from '../../../diagnostics/printable.ts';
import type { GlobalOptions } from '../../global-options.ts';
import { jsonDocument } from '../../render/json-document.ts';

/** The steps of what is done to a stack as they are told. */
export function stackSummaries(operations: readonly StackOperation[]): readonly OperationSummary[] {
  return operations.map((operation, index) => ({
    index,
    kind: operation.kind,
    sentence: stackSentence(operation),
  }));
}

/** What would be done to a stack as `--dry-run` prints it: a line a step, or with `--json` one document. */
export function formatStackPlan(
  { cluster, stack }: { readonly cluster: string; readonly stack: string },
  operations: readonly StackOperation[],
  { json }: Pick<GlobalOptions, 'json'>,
): string {
  const changes = operations.length > 0;
  if (json) return jsonDocument({ cluster, stack, changes, operations: stackSummaries(operations) });
  if (!changes) return 'Nothing to do: the cluster is as it should be.\n';
  return stackSummaries(operations)
    .map(({ sentence }) => `${printable(sentence)}.\n`)
    .join('');
}
