import { type Deployment, revisionName } from '../../../deployer.ts';
import { didYouMean } from '../../did-you-mean.ts';
import type { RolloutFailure } from '../../online/event.ts';
import type { Words } from './event-words.ts';
import { list } from './list.ts';

/** What the events about a service say to a person. */
export const serviceWords: Words<'service' | 'rollout' | 'namespace'> = {
  'service/unknown': ({ service, known }) => ({
    message: `The task has no container "${service}".`,
    help: didYouMean(service, known, `It has ${known.join(', ')}.`),
  }),
  'service/event': ({ message }) => ({ message }),
  'rollout/changed': ({ service, desired, running, pending, deployments }) => ({
    message: `Service ${service}: ${running} of ${desired} tasks run, ${pending} pending${deployments.length === 0 ? '' : ` (${deployments.map(deploymentWords).join(', ')})`}`,
  }),
  'rollout/failed': (failure, { commandLine }) => ({
    message: [
      `The rollout of ${failure.revision} failed. ${consequence(failure)}`,
      ...(failure.reason === undefined ? [] : [`  ECS says: ${failure.reason}`]),
    ].join('\n'),
    help:
      failure.rollback === undefined && failure.replacedBy === undefined
        ? `Mend the cause and run "${commandLine('service up')}" again, or stop the service with "${commandLine('service stop')}".`
        : `Mend the cause and run "${commandLine('service up')}" again.`,
  }),
  'rollout/timed-out': ({ service, status, desired, running, deployments, seconds }, { commandLine }) => ({
    message:
      status === 'ACTIVE'
        ? `After ${seconds} seconds the service ${service} is not steady: ${running} of ${desired} tasks run${deployments.length === 0 ? '' : ` (${deployments.map(deploymentWords).join(', ')})`}.`
        : `After ${seconds} seconds the service ${service} is still ${status}.`,
    help: `See what the containers say with "${commandLine('service logs')}", or wait longer with --timeout 20m.`,
  }),
  'rollout/interrupted': ({ service }, { commandLine }) => ({
    message: `Interrupted, and nothing was undone: ECS goes on with the service ${service} where it was told to.`,
    help: `Run the command again to go on, look with "${commandLine('service ps')}", stop all tasks with "${commandLine('service stop')}".`,
  }),
  'service/none': ({ service, cluster }) => ({ message: `There is no service ${service} in the cluster ${cluster}.` }),
  'service/bare-tasks': ({ family, tasks }, { commandLine }) => ({
    message: `Beside the service, tasks of ${family} run that were started by themselves: ${list(tasks)}.`,
    help: `Stop them with "${commandLine('down')}".`,
  }),
  'service/stays': ({ service }, { commandLine }) => ({
    message: `The service ${service} stays, and costs nothing without tasks. Remove it with "${commandLine('service rm')}".`,
  }),
  'namespace/stays': ({ namespace, names }) => ({
    message: `The namespace ${namespace} stays, since it has other names: ${list(names)}.`,
  }),
};

/** What ECS did about a rollout that failed. */
function consequence({ service, state, failedTasks, rollback, replacedBy }: RolloutFailure): string {
  if (rollback !== undefined) {
    return `ECS ${rollback.done ? 'has rolled' : 'is rolling'} the service ${service} back to ${rollback.revision}.`;
  }
  if (replacedBy !== undefined) return `Another rollout, of ${replacedBy}, has taken its place.`;
  if (state === 'FAILED') return 'ECS has given up, and there was nothing to roll back to.';
  return `ECS goes on starting tasks of it${failedTasks === 0 ? '' : `, of which ${failedTasks} have failed one after the other`}.`;
}

/** `shop:2 IN_PROGRESS`. */
function deploymentWords({ revisionArn, rolloutState, status }: Deployment): string {
  return `${revisionName(revisionArn)} ${rolloutState ?? status}`;
}
