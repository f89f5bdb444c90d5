import type { Account } from './account.ts';
import type { StackChange, StackEvent, StackRecord } from './records/stacks.ts';
import { whyNotCreate, whyNotDelete } from './stack-effects.ts';
import {
  dependencies,
  physicalIdOf,
  RESOURCE_TYPES,
  type StackTemplate,
  type TemplateResource,
} from './stack-template.ts';

/** When a call begins a chapter of a stack's story, and what its events carry. */
export interface Beginning {
  readonly at: number;
  readonly speed: number;
  readonly token: string | undefined;
}

/** A resource of a stack as it is at a moment. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
  readonly at: number;
}

/** The type under which a stack tells of itself. */
const STACK = 'AWS::CloudFormation::Stack';

/** How long CloudFormation takes between two things that it does, in milliseconds at speed 1. */
const PAUSE = 1_000;

/** The events so far, the oldest first. */
export function eventsAt({ story }: StackRecord, now: number): readonly StackEvent[] {
  return story.filter(({ at }) => at <= now);
}

/** The status of a stack at a moment, and why. */
export function statusAt(stack: StackRecord, now: number): { readonly status: string; readonly reason?: string } {
  const last = eventsAt(stack, now).findLast(({ type }) => type === STACK);
  return last ?? { status: 'REVIEW_IN_PROGRESS' };
}

/** The resources that a stack has at a moment, or has failed to make. */
export function resourcesAt(stack: StackRecord, now: number): readonly StackResource[] {
  const resources = new Map<string, StackResource>();
  for (const { logicalId, type, physicalId, status, at } of eventsAt(stack, now)) {
    if (type === STACK) continue;
    const known = resources.get(logicalId);
    // What an update has replaced is deleted under the same logical id.
    if (status.startsWith('DELETE') && known !== undefined && known.physicalId !== physicalId) continue;
    if (status === 'DELETE_COMPLETE') resources.delete(logicalId);
    else resources.set(logicalId, { logicalId, type, physicalId, status, at });
  }
  return [...resources.values()];
}

/** Makes and changes resources as a change set says; where one cannot be made, all are taken back. */
export function changeStory(
  account: Account,
  stack: StackRecord,
  template: StackTemplate,
  changes: readonly StackChange[],
  kind: 'CREATE' | 'UPDATE',
  beginning: Beginning,
): readonly StackEvent[] {
  const { at: start, speed } = beginning;
  const teller = new Teller(stack, beginning);
  teller.stack(start, `${kind}_IN_PROGRESS`, 'User Initiated');
  const made = changes.filter(({ action }) => action !== 'Remove');
  const spans = inOrder(made, (logicalId) => dependencies(template, logicalId), beginning);
  const attempts = made.map((change, index) => ({
    ...attempt(account, stack, template, change, start),
    ...(spans[index] as Span),
  }));
  const failedAt = Math.min(...attempts.flatMap(({ reason, to }) => (reason === undefined ? [] : [to])));
  const begun = attempts.filter(({ from }) => from <= failedAt);
  const failed = begun.filter(({ reason, to }) => reason !== undefined && to === failedAt);
  const kept = begun.filter((one) => !failed.includes(one));
  // What failed by itself is told before what is broken off for it.
  for (const one of [...failed, ...kept]) teller.attempt(one, failedAt);
  if (failed.length > 0) {
    const names = failed.map(({ change }) => change.logicalId).join(', ');
    const rollback = kind === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
    const at = failedAt + PAUSE / speed;
    const reason = `The following resource(s) failed to create: [${names}]. Rollback requested by user.`;
    teller.stack(at, `${rollback}_IN_PROGRESS`, reason);
    teller.stack(teller.deletions(kept.filter(isFresh).map(asMade), template, at), `${rollback}_COMPLETE`);
    return teller.events;
  }
  const at = Math.max(start, ...attempts.map(({ to }) => to)) + PAUSE / speed;
  if (kind === 'UPDATE') teller.stack(at, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  // What is replaced or dropped goes last, when all else is in place.
  const replaced = attempts.filter((one) => isFresh(one) && one.change.physicalId !== '').map(({ change }) => change);
  const gone = [...replaced, ...changes.filter(({ action }) => action === 'Remove')];
  teller.stack(teller.deletions(gone, stack.template ?? template, at), `${kind}_COMPLETE`);
  return teller.events;
}

/** Deletes the resources of a stack; one that cannot be deleted stays. */
export function deleteStory(account: Account, stack: StackRecord, beginning: Beginning): readonly StackEvent[] {
  const teller = new Teller(stack, beginning);
  teller.stack(beginning.at, 'DELETE_IN_PROGRESS', 'User Initiated');
  const resources = resourcesAt(stack, beginning.at).filter(({ physicalId }) => physicalId !== '');
  const failed = resources.flatMap(({ logicalId, type, physicalId }) => {
    const reason = whyNotDelete(account, stack, type, physicalId, beginning.at);
    return reason === undefined ? [] : [{ logicalId, type, physicalId, reason }];
  });
  const gone = resources.filter(({ logicalId }) => !failed.some((one) => one.logicalId === logicalId));
  const at = teller.deletions(gone, stack.template ?? { Resources: {} }, beginning.at);
  for (const { logicalId, type, physicalId, reason } of failed) {
    teller.tell({ at: beginning.at, logicalId, type, physicalId, status: 'DELETE_IN_PROGRESS' });
    teller.tell({ at, logicalId, type, physicalId, status: 'DELETE_FAILED', reason });
  }
  if (failed.length === 0) teller.stack(at, 'DELETE_COMPLETE');
  else {
    const names = failed.map(({ logicalId }) => logicalId).join(', ');
    teller.stack(at, 'DELETE_FAILED', `The following resource(s) failed to delete: [${names}].`);
  }
  return teller.events;
}

/** A resource that is to be made or changed, the id that it has then, and why it cannot be. */
interface Attempt {
  readonly change: StackChange;
  readonly physicalId: string;
  readonly reason?: string;
}

function attempt(
  account: Account,
  stack: StackRecord,
  template: StackTemplate,
  change: StackChange,
  at: number,
): Attempt {
  if (change.action === 'Modify' && change.replacement === 'False') return { change, physicalId: change.physicalId };
  const { logicalId, type } = change;
  const resource = template.Resources[logicalId] as TemplateResource;
  const physicalId = physicalIdOf(logicalId, resource, stack, `${stack.stackId}:${at}`);
  const reason = physicalId === change.physicalId ? undefined : whyNotCreate(account, stack, type, physicalId);
  return { change, physicalId, ...(reason === undefined ? {} : { reason }) };
}

/** Whether the resource is made, not only changed. */
function isFresh({ change, physicalId }: Attempt): boolean {
  return physicalId !== change.physicalId;
}

/** The resource as it is once it is made. */
function asMade({ change, physicalId }: Attempt): StackChange {
  return { ...change, physicalId };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** When each of the items is worked on: as soon as what it waits for is through. */
function inOrder(
  items: readonly { readonly logicalId: string; readonly type: string }[],
  waitsFor: (logicalId: string) => readonly string[],
  { at, speed }: Pick<Beginning, 'at' | 'speed'>,
): readonly Span[] {
  const spans = new Map<string, Span>();
  const span = (logicalId: string): Span => {
    const item = items.find((one) => one.logicalId === logicalId);
    if (item === undefined) return { from: at, to: at };
    const known = spans.get(logicalId);
    if (known !== undefined) return known;
    const from = Math.max(at, ...waitsFor(logicalId).map((one) => span(one).to)) + PAUSE / speed;
    const found = { from, to: from + (RESOURCE_TYPES[item.type]?.takes ?? 0) / speed };
    spans.set(logicalId, found);
    return found;
  };
  return items.map(({ logicalId }) => span(logicalId));
}

/** Collects the events of one chapter. */
class Teller {
  readonly #told: StackEvent[] = [];
  readonly #stack: StackRecord;
  readonly #beginning: Beginning;

  constructor(stack: StackRecord, beginning: Beginning) {
    this.#stack = stack;
    this.#beginning = beginning;
  }

  /** The oldest first. */
  get events(): readonly StackEvent[] {
    return this.#told.toSorted((a, b) => a.at - b.at);
  }

  tell(event: StackEvent): void {
    const { token } = this.#beginning;
    this.#told.push({ ...event, ...(token === undefined ? {} : { token }) });
  }

  stack(at: number, status: string, reason?: string): void {
    const { stackId: physicalId, stackName: logicalId } = this.#stack;
    this.tell({ at, logicalId, type: STACK, physicalId, status, ...(reason === undefined ? {} : { reason }) });
  }

  /** Tells what becomes of a resource that is made or changed; what still goes on at a failure is broken off. */
  attempt({ change, physicalId, reason, from, to }: Attempt & Span, failedAt: number): void {
    const { action, logicalId, type } = change;
    const verb = action === 'Add' ? 'CREATE' : 'UPDATE';
    const common = { logicalId, type, physicalId };
    this.tell({ ...common, at: from, physicalId: change.physicalId, status: `${verb}_IN_PROGRESS` });
    if (to > failedAt) {
      this.tell({ ...common, at: failedAt, status: `${verb}_FAILED`, reason: 'Resource creation cancelled' });
    } else if (reason !== undefined) {
      this.tell({ ...common, at: to, physicalId: '', status: `${verb}_FAILED`, reason });
    } else {
      const effect = isFresh({ change, physicalId }) ? { effect: 'create' as const } : {};
      this.tell({ ...common, at: to, status: `${verb}_COMPLETE`, ...effect });
    }
  }

  /** Deletes resources, those first that no other one needs; gives the moment after. */
  deletions(
    gone: readonly { readonly logicalId: string; readonly type: string; readonly physicalId: string }[],
    template: StackTemplate,
    at: number,
  ): number {
    const { speed } = this.#beginning;
    const known = gone.filter(({ logicalId }) => template.Resources[logicalId] !== undefined);
    const dependants = (logicalId: string) =>
      known.filter((one) => dependencies(template, one.logicalId).includes(logicalId)).map((one) => one.logicalId);
    const spans = inOrder(gone, dependants, { at, speed });
    for (const [index, { logicalId, type, physicalId }] of gone.entries()) {
      const { from, to } = spans[index] as Span;
      this.tell({ at: from, logicalId, type, physicalId, status: 'DELETE_IN_PROGRESS' });
      this.tell({ at: to, logicalId, type, physicalId, status: 'DELETE_COMPLETE', effect: 'delete' });
    }
    return Math.max(at, ...spans.map(({ to }) => to)) + PAUSE / speed;
  }
}
