import { hasChanges, type OperationSummary, type Plan, sentenceOf } from '../../deployer.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { GlobalOptions } from '../global-options.ts';

/** The steps of a plan as they are told. */
export function summaries({ operations }: Plan): readonly OperationSummary[] {
  return operations.map((operation, index) => ({ index, kind: operation.kind, sentence: sentenceOf(operation) }));
}

/** A plan as `plan` and `up --dry-run` print it: a line a step, or with `--json` one document. */
export function formatPlan(plan: Plan, { json }: Pick<GlobalOptions, 'json'>): string {
  const changes = hasChanges(plan);
  if (json) return `${JSON.stringify({ changes, operations: changes ? summaries(plan) : [] }, null, 2)}\n`;
  if (!changes) return 'Nothing to do: everything is as the files say.\n';
  return summaries(plan)
    .map(({ sentence }) => `${printable(sentence)}.\n`)
    .join('');
}
