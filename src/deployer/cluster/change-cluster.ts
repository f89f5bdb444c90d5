import type { Account } from '../account.ts';
import { type ClusterSettings, stackName, stackTags } from './cluster-settings.ts';
import { clusterTemplate } from './cluster-template.ts';
import { type Following, followStack, type StackVerdict } from './follow-stack.ts';
import { isRemains, isShell } from './observe-cluster.ts';
import { changeOperations, type StackOperation } from './stack-operation.ts';
import type { ChangeSetState, StackState, Stacks } from './stacks.ts';

/** What a cluster's stack would become, as CloudFormation has worked it out; nothing is changed yet. */
export interface Proposal {
  readonly stackId: string;
  readonly changeSetId: string;
  /** Whether there is a stack for the sake of the proposal alone. */
  readonly isShell: boolean;
  readonly operations: readonly StackOperation[];
}

/** What CloudFormation made of the settings: a proposal, nothing to do, or a refusal in its own words. */
export type Proposed =
  | { readonly kind: 'changes'; readonly proposal: Proposal }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'interrupted' };

type Waiting = Pick<Following, 'clock' | 'signal' | 'timeout'>;

/** Milliseconds between two looks at a change set. */
const pause = 1_000;

/** What CloudFormation says of a change set that changes nothing. */
const noChanges = /didn't contain changes|No updates are to be performed/i;

/**
 * Has CloudFormation work out what the settings change. The remains of a stack that could not be created are deleted
 * first: they hold nothing, and no change set can be made beside them.
 */
export async function proposeChange(
  account: Account,
  settings: ClusterSettings,
  observed: StackState | undefined,
  waiting: Waiting,
): Promise<Proposed> {
  const stacks = await account.stacks();
  const stack = isRemains(observed) ? undefined : observed;
  if (observed !== undefined && stack === undefined) await deleteEmpty(stacks, observed.id, waiting);
  const isNew = stack === undefined || isShell(stack);
  const template = clusterTemplate(settings);
  const { id, stackId } = await stacks.createChangeSet({
    stack: stackName(settings.cluster),
    name: tokenAt(waiting),
    type: isNew ? 'CREATE' : 'UPDATE',
    template: JSON.stringify(template),
    tags: stackTags(settings),
  });
  const set = await workedOut(stacks, id, waiting);
  const proposal = {
    stackId,
    changeSetId: id,
    isShell: isNew,
    operations: changeOperations(set?.changes ?? [], Object.keys(template.Resources)),
  };
  if (set?.status === 'CREATE_COMPLETE') return { kind: 'changes', proposal };
  await discard(account, proposal, waiting);
  if (set === undefined) return { kind: 'interrupted' };
  const reason = set.statusReason ?? set.status;
  return noChanges.test(reason) ? { kind: 'unchanged' } : { kind: 'refused', reason };
}

/** Does what was proposed, and tells of it until the stack has come to rest. */
export async function executeProposal(proposal: Proposal, following: Following): Promise<StackVerdict> {
  const token = tokenAt(following);
  await following.stacks.executeChangeSet(proposal.changeSetId, token);
  return followStack(following, { ...proposal, token });
}

/** Takes a proposal back: the account is as it was before, so that the next command finds nothing in its way. */
export async function discard(
  account: Account,
  { changeSetId, stackId, isShell }: Proposal,
  waiting: Waiting,
): Promise<void> {
  const stacks = await account.stacks();
  await stacks.deleteChangeSet(changeSetId);
  if (isShell) await deleteEmpty(stacks, stackId, waiting);
}

/** A name that no other change has, in the alphabet of change sets and tokens. */
export function tokenAt({ clock }: Pick<Following, 'clock'>): string {
  return `compose2fargate-${Math.round(clock.now())}`;
}

/** The change set when CloudFormation is through with it; undefined when the wait was broken off. */
async function workedOut(
  stacks: Stacks,
  id: string,
  { clock, signal, timeout }: Waiting,
): Promise<ChangeSetState | undefined> {
  const start = clock.now();
  while (!signal.aborted) {
    const set = await stacks.changeSet(id);
    if (!/_(?:PENDING|IN_PROGRESS)$/.test(set.status) || clock.now() - start >= timeout) return set;
    await clock.sleep(pause, signal);
  }
  return undefined;
}

/** Deletes a stack that holds nothing, and waits until its name is free. */
async function deleteEmpty(stacks: Stacks, id: string, { clock, signal, timeout }: Waiting): Promise<void> {
  const start = clock.now();
  await stacks.deleteStack(id, tokenAt({ clock }));
  while (!signal.aborted && clock.now() - start < timeout) {
    const left = await stacks.stack(id);
    if (left === undefined || left.status === 'DELETE_COMPLETE') return;
    await clock.sleep(pause, signal);
  }
}
