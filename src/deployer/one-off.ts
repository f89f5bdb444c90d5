import { randomUUID } from 'node:crypto';
import type { ContainerOverride, Revision, RunRequest, TaskState } from './account.ts';
import type { Desired } from './desired.ts';
import { execute, type Outcome } from './execute.ts';
import { observeNetwork } from './network/observe.ts';
import { planNetwork } from './network/plan.ts';
import { untilSeen } from './new-resources.ts';
import type { Observation } from './observe.ts';
import type { Operation } from './operation.ts';
import { oneOffTags, startedBy } from './ownership.ts';
import { planUp } from './plan.ts';
import type { ExecuteOptions } from './step.ts';

/** How the start of a one-off task ended: with the task, or as a plan ends that does not get that far. */
export type OneOffStart =
  | { readonly kind: 'started'; readonly task: TaskState }
  | { readonly kind: 'not-started'; readonly verdict: Outcome['verdict'] };

/** What must be there before a task can run. */
const preparations: readonly Operation['kind'][] = ['create-cluster', 'create-log-group', 'register-revision'];

/**
 * Starts a task of its own beside those that run already, in which one container does as the override says. What `up`
 * would make before it runs a task is made for it too. Throws the `AwsError` of a call that AWS refused.
 */
export async function startOneOff(
  desired: Desired,
  observed: Observation,
  override: ContainerOverride,
  options: ExecuteOptions,
): Promise<OneOffStart> {
  const { account, cluster, project } = options;
  const { network, launch } = desired.task.run;
  // It publishes nothing, so no group is opened for it. Before anything is changed, since it may be refused.
  const { ingress: _, ...unexposed } = network;
  const exposure = { network: unexposed, published: [] };
  const placed = planNetwork(exposure, await observeNetwork(account, exposure, options), options);
  if (placed === undefined)
    return { kind: 'not-started', verdict: { kind: 'blocked', by: { kind: 'no-default-network' } } };
  const plan = planUp(desired, { ...observed, tasks: [] });
  const operations = plan.operations.filter(({ kind }) => preparations.includes(kind));
  const outcome = await execute({ ...plan, operations }, { ...options, observed: [] });
  if (outcome.verdict.kind !== 'ready') return { kind: 'not-started', verdict: outcome.verdict };
  const request: RunRequest = {
    cluster,
    revisionArn: (outcome.revision as Revision).arn,
    count: 1,
    placement: placed.placement,
    launch,
    startedBy: startedBy(project),
    tags: oneOffTags(project, override.name, launch),
    // Each run is meant to be one of its own.
    clientToken: randomUUID(),
    override,
  };
  const hasNewCluster = operations.some(({ kind }) => kind === 'create-cluster');
  const [task] = await untilSeen({ hasNewCluster }, options, () => account.runTasks(request));
  return { kind: 'started', task: task as TaskState };
}
