import type { TaskState } from '../account.ts';
import { hasEnded } from '../verdict.ts';
import { primaryDeployment, type ServiceState } from './service-account.ts';

/** What a wait has made of a service so far. */
export type RolloutJudgement = 'waiting' | 'steady' | 'failed';

/**
 * So many tasks of a rollout that fail mean that all will. It is what the circuit breaker counts to in a small service
 * (ECS Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures").
 */
const failuresThatTell = 3;

/**
 * Judges a service by the deployment that is waited for; by its newest one where that is not known.
 *
 * @param tasks Its tasks that were seen so far, those that have ended included.
 */
export function judgeRollout(
  service: ServiceState,
  target: string | undefined,
  tasks: readonly TaskState[],
): RolloutJudgement {
  const { members, status, runningCount, pendingCount, deployments } = service;
  // Somebody deletes it.
  if (status !== 'ACTIVE') return 'failed';
  if (members.desiredCount === 0) return runningCount === 0 && pendingCount === 0 ? 'steady' : 'waiting';
  const primary = primaryDeployment(service);
  const deployment = target === undefined ? primary : deployments.find(({ id }) => id === target);
  // Another one has taken its place: ECS has rolled back, or somebody has deployed meanwhile.
  if (deployment === undefined) return 'failed';
  if (deployment.rolloutState === 'FAILED') return 'failed';
  // The circuit breaker does not count tasks that die after they ran, and without it ECS tries for ever.
  const crashed = tasks.filter((task) => task.startedBy === deployment.id && hasCrashed(task)).length;
  const { enable } = members.deploymentConfiguration.deploymentCircuitBreaker;
  if (crashed >= failuresThatTell || (!enable && deployment.failedTasks >= failuresThatTell)) return 'failed';
  const isCompleted = deployment.rolloutState === undefined || deployment.rolloutState === 'COMPLETED';
  const isAlone = deployments.length === 1 && deployment === primary;
  return isCompleted && isAlone && runningCount === members.desiredCount && pendingCount === 0 ? 'steady' : 'waiting';
}

/** Whether a task has ended otherwise than by the will of a person or of the scheduler. */
export function hasFailed(task: TaskState): boolean {
  const { stopCode, stoppedReason = '' } = task;
  if (!hasEnded(task) || stopCode === 'UserInitiated') return false;
  return stopCode !== 'ServiceSchedulerInitiated' || !/^Scaling activity/i.test(stoppedReason);
}

function hasCrashed(task: TaskState): boolean {
  return hasFailed(task) && task.startedAt !== undefined && task.stopCode === 'EssentialContainerExited';
}
