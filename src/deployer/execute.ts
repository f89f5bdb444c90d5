import { balancerSteps } from './balancer/steps.ts';
import { discoverySteps } from './discovery/steps.ts';
import { roleSteps } from './iam/steps.ts';
import { imageSteps } from './image/image-steps.ts';
import { networkSteps } from './network/steps.ts';
import { type Operation, sentenceOf } from './operation.ts';
import type { Obstacle, Plan } from './plan.ts';
import { purgeSteps } from './purge/steps.ts';
import { scalingSteps } from './scaling/steps.ts';
import { secretSteps } from './secret/secret-steps.ts';
import type { RolloutVerdict } from './service/rollout.ts';
import { serviceSteps } from './service/steps.ts';
import type { ExecuteOptions, Progress, Step, StepEnd, Steps } from './step.ts';
import { taskSteps } from './task-steps.ts';
import type { Verdict } from './wait.ts';

/** How a plan ended, and what there is now. */
export interface Outcome extends Omit<Progress, 'placement' | 'hasNewCluster' | 'hasNewRole' | 'hasNewGroup'> {
  readonly verdict: Verdict | RolloutVerdict | { readonly kind: 'blocked'; readonly by: Obstacle };
}

/** The operations that put tasks somewhere. */
const placing: readonly Operation['kind'][] = ['run-tasks', 'create-service'];

const steps: Steps = {
  ...taskSteps,
  ...networkSteps,
  ...serviceSteps,
  ...scalingSteps,
  ...balancerSteps,
  ...discoverySteps,
  ...roleSteps,
  ...imageSteps,
  ...secretSteps,
  ...purgeSteps,
};

/**
 * Does what a plan says, step by step, and waits where it says so. Nothing after a step that failed is done, so a task
 * that is to be replaced runs on when the new one fails. Interrupted, it ends after the step at hand and undoes
 * nothing. Throws the `AwsError` of a call that AWS refused.
 */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<Outcome> {
  const { emit, signal } = options;
  let progress: Progress = {
    tasks: options.observed.filter(({ arn }) => plan.kept.includes(arn)),
    securityGroups: plan.network?.securityGroups ?? [],
    ...(plan.network === undefined ? {} : { placement: plan.network.placement }),
    ...(plan.revision === undefined ? {} : { revision: plan.revision }),
    ...(plan.service === undefined ? {} : { service: plan.service }),
  };
  // Nobody has found a place for what the plan would run, as where the network was not observed.
  if (plan.network === undefined && plan.operations.some(({ kind }) => placing.includes(kind))) {
    return { ...progress, verdict: { kind: 'blocked', by: { kind: 'no-default-network' } } };
  }
  for (const [index, operation] of plan.operations.entries()) {
    if (signal.aborted) return { ...progress, verdict: { kind: 'interrupted', tasks: progress.tasks } };
    const summary = { index, kind: operation.kind, sentence: sentenceOf(operation) };
    emit({ code: 'operation/started', level: 'info', data: summary });
    const end = await take(operation, progress, options);
    progress = { ...progress, ...end.progress };
    if (end.result !== undefined)
      emit({ code: 'operation/done', level: 'info', data: { ...summary, result: end.result } });
    if (end.verdict !== undefined) return { ...progress, verdict: end.verdict };
  }
  return { ...progress, verdict: { kind: 'ready', tasks: progress.tasks } };
}

function take(operation: Operation, progress: Progress, options: ExecuteOptions): Promise<StepEnd> {
  // The table has a step of the operation's own kind, which its type cannot say of a union.
  const step = steps[operation.kind] as Step<Operation['kind']>;
  return step(operation, progress, options);
}
