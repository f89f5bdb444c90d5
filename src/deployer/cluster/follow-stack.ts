import { isAwsError } from '../aws/aws-error.ts';
import { throttling } from '../aws/refused-calls.ts';
import type { Clock } from '../clock.ts';
import type { Emit } from '../event.ts';
import type { StackOperation } from './stack-operation.ts';
import { stackSentence } from './stack-operation.ts';
import { type StackEvent, type Stacks, stackType } from './stacks.ts';

/** How what CloudFormation did to a stack ended. */
export type StackVerdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: StackFailure }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'timed-out'; readonly status: string };

/** What went wrong with a stack: what failed by itself, the first one first, and what became of the stack. */
export interface StackFailure {
  readonly cluster: string;
  readonly stack: string;
  readonly status: string;
  readonly resources: readonly FailedResource[];
  readonly reason?: string;
}

export interface FailedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

export interface Following {
  readonly cluster: string;
  readonly stacks: Stacks;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** For how long, in milliseconds. */
  readonly timeout: number;
}

/** Milliseconds between two looks at a stack's events. */
const pause = 3_000;

/** So many looks in a row may fail for a passing reason; throttling is always waited out. */
const tolerableFailures = 5;

/** The words for what was stopped since something else had failed. */
const cancelled = /^Resource (?:creation|update) cancelled/i;

/**
 * Tells the events of a stack that carry a token as they come, until it has come to rest: an operation is done when its
 * resource is. `stackId` is the id, by which a stack is found after it has been deleted.
 */
export async function followStack(
  { cluster, stacks, clock, signal, emit, timeout }: Following,
  { stackId, token, operations }: { stackId: string; token: string; operations: readonly StackOperation[] },
): Promise<StackVerdict> {
  const start = clock.now();
  const seen = new Set<string>();
  const done = new Set<number>();
  let events: readonly StackEvent[] = [];
  let failures = 0;
  for (;;) {
    await clock.sleep(pause, signal);
    if (signal.aborted) return { kind: 'interrupted' };
    try {
      events = await stacks.events(stackId, token);
      failures = 0;
    } catch (error) {
      if (!isAwsError(error) || !error.passing) throw error;
      failures += throttling.test(error.code) ? 0 : 1;
      if (failures > tolerableFailures) throw error;
    }
    for (const event of events.filter(({ id }) => !seen.has(id))) {
      seen.add(event.id);
      if (isRollback(event)) emit({ code: 'stack/rolling-back', level: 'warning', data: { ...firstFailure(events) } });
      const index = operations.findIndex((operation, at) => !done.has(at) && isDoneBy(operation, event));
      const operation = operations[index];
      if (operation === undefined) continue;
      done.add(index);
      const summary = { index, kind: operation.kind, sentence: stackSentence(operation) };
      emit({ code: 'operation/done', level: 'info', data: { ...summary, result: event.physicalId ?? '' } });
    }
    const last = events.findLast(({ type }) => type === stackType);
    if (last !== undefined && !last.status.endsWith('_IN_PROGRESS')) return verdictOf(cluster, last, events);
    if (clock.now() - start >= timeout) return { kind: 'timed-out', status: last?.status ?? 'unknown' };
  }
}

function verdictOf(cluster: string, last: StackEvent, events: readonly StackEvent[]): StackVerdict {
  if (/^(?:CREATE|UPDATE|DELETE)_COMPLETE$/.test(last.status)) return { kind: 'done' };
  const failure = {
    cluster,
    stack: last.logicalId,
    status: last.status,
    resources: failed(events),
    ...(last.reason === undefined ? {} : { reason: last.reason }),
  };
  return { kind: 'failed', failure };
}

function failed(events: readonly StackEvent[]): readonly FailedResource[] {
  return events.flatMap(({ logicalId, type, status, reason = '' }) =>
    type !== stackType && status.endsWith('_FAILED') && !cancelled.test(reason) ? [{ logicalId, type, reason }] : [],
  );
}

function firstFailure(events: readonly StackEvent[]): FailedResource | undefined {
  return failed(events)[0];
}

function isRollback({ type, status }: StackEvent): boolean {
  return type === stackType && /^(?:UPDATE_)?ROLLBACK_IN_PROGRESS$/.test(status);
}

const doneBy = { Add: 'CREATE_COMPLETE', Modify: 'UPDATE_COMPLETE', Remove: 'DELETE_COMPLETE' } as const;

function isDoneBy(operation: StackOperation, { logicalId, type, status }: StackEvent): boolean {
  if (operation.kind !== 'change-resource' || type === stackType) return false;
  return operation.change.logicalId === logicalId && doneBy[operation.change.action] === status;
}
