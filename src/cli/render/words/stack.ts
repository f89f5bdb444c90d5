import { defaultCluster, type FailedResource, resourceName, taskId } from '../../../deployer.ts';
import type { EventWords, Words } from './event-words.ts';
import { list } from './list.ts';

/** What the events about a cluster and its stack say to a person. */
export const stackWords: Words<'stack' | 'cluster'> = {
  'stack/reading': ({ cluster, stack }) => ({ message: `Looking at the cluster ${cluster} and its stack ${stack}.` }),
  'stack/blocked': (obstacle) => {
    switch (obstacle.kind) {
      case 'foreign-stack':
        return {
          message: `There is a CloudFormation stack ${obstacle.stack} that "cluster up" did not make for this cluster.`,
          help: 'Give the cluster another name with --cluster.',
        };
      case 'foreign-cluster':
        return {
          message: `The cluster ${obstacle.cluster} exists already, and "cluster up" did not make it.`,
          help: `Give the cluster another name with --cluster, or delete that one when it is empty: aws ecs delete-cluster --cluster ${obstacle.cluster}`,
        };
      case 'busy-stack':
        return {
          message: `CloudFormation is at work on the stack ${obstacle.stack} (${obstacle.status}).`,
          help: 'Run the command again when it has finished.',
        };
      case 'broken-stack':
        return {
          message: `The stack ${obstacle.stack} got stuck (${obstacle.status}) and cannot be changed.`,
          help: `Delete it, and make it anew: compose2fargate cluster down --cluster ${obstacle.cluster}`,
        };
      case 'balanced':
        return {
          message: `A load balancer was made for ${list(obstacle.services)}: it would stay without its service and go on costing, and the network of the cluster could not be deleted.`,
          help: `Remove it with its service, in the folder of the project: compose2fargate service rm --cluster ${obstacle.cluster}`,
        };
      case 'occupied':
        return occupied(obstacle);
    }
  },
  'stack/refused': ({ stack, reason }) => ({
    message: `CloudFormation cannot bring the stack ${stack} about: ${reason}`,
  }),
  'stack/rolling-back': ({ type, logicalId, reason }) => ({
    message: `CloudFormation takes back what it has done${
      type === undefined || logicalId === undefined ? '' : `, since the ${resourceName({ type, logicalId })} failed`
    }${reason === undefined ? '' : `: ${reason}`}`,
  }),
  'stack/failed': ({ cluster, stack, status, resources, reason }) => {
    const [first, ...others] = resources;
    const isDeletion = status.startsWith('DELETE');
    return {
      message: [
        `The stack ${stack} ended as ${status}. ${first === undefined ? (reason ?? '') : failure(first)}`.trimEnd(),
        ...others.map((one) => `  ${failure(one)}`),
      ].join('\n'),
      help: isDeletion
        ? `Delete what uses these resources, and run the command again: compose2fargate cluster down --cluster ${cluster}`
        : 'Mend that, and run the command again: nothing that it made is left over.',
    };
  },
  'stack/timed-out': ({ stack, status, seconds }) => ({
    message: `After ${seconds} seconds the stack ${stack} is still ${status}. CloudFormation goes on with it.`,
    help: 'Run the command again later, or wait longer with --timeout 30m.',
  }),
  'stack/interrupted': ({ stack }) => ({
    message: `Interrupted, and nothing was undone: CloudFormation goes on with the stack ${stack}.`,
    help: `See what it does: aws cloudformation describe-stack-events --stack-name ${stack}`,
  }),
  'cluster/used': ({ stack, uses }) => ({
    message: `What the files leave open comes from the stack ${stack}: ${uses.join(', ')}.`,
  }),
  'cluster/unchanged': () => ({ message: 'Nothing to do: the cluster is as it should be.' }),
  'cluster/ready': ({ cluster }) => ({
    message: `The cluster is ready. Run a project in it: compose2fargate up --cluster ${cluster}`,
  }),
  'cluster/none': ({ cluster, stack }) => ({
    message: `There is no cluster ${cluster} and no stack ${stack}: nothing to do.`,
  }),
  'cluster/destroys': ({ changes }) => ({
    message: ['This takes away what tasks may be using:', ...changes.map((one) => `  ${one}`)].join('\n'),
  }),
  'cluster/unconfirmed': () => ({
    message: 'Nobody is there to ask whether to go on, so nothing was done.',
    help: 'Say yes beforehand with --yes.',
  }),
  'cluster/declined': () => ({ message: 'Nothing was done.' }),
  'cluster/left': ({ cluster }) => ({
    message: `The cluster ${cluster} stays: services or tasks of somebody else have come into it.`,
    help: `When they are gone: aws ecs delete-cluster --cluster ${cluster}`,
  }),
  'cluster/remains': ({ cluster, projects, vpc }) => ({
    message: [
      vpc === undefined
        ? `What stays: the revisions of task definitions, which cost nothing, and the log groups of projects that ran in ${cluster}.`
        : `What stays: the revisions of task definitions, which cost nothing, the log groups of projects that ran in ${cluster}, and the VPC ${vpc} with its subnets, which was there before.`,
      ...(projects.length === 0
        ? []
        : [
            `What ${list(projects)} had beside it (logs, images, secrets, roles) goes with this, in the folder of each:`,
            `  compose2fargate down --purge --cluster ${defaultCluster}`,
          ]),
    ].join('\n'),
  }),
};

function occupied({
  cluster,
  services,
  tasks,
  foreign,
}: {
  readonly cluster: string;
  readonly services: readonly string[];
  readonly tasks: readonly string[];
  readonly foreign: boolean;
}): EventWords {
  const what = [
    ...(services.length === 0 ? [] : [`the ${services.length === 1 ? 'service' : 'services'} ${services.join(', ')}`]),
    ...(tasks.length === 0 ? [] : [`the ${tasks.length === 1 ? 'task' : 'tasks'} ${tasks.map(taskId).join(', ')}`]),
  ].join(' and ');
  return foreign
    ? {
        message: `The cluster ${cluster} holds what compose2fargate did not start: ${what}.`,
        help: 'Whoever started it has to stop it first.',
      }
    : {
        message: `The cluster ${cluster} is in use by ${what}.`,
        help: 'Remove them with "compose2fargate service rm" and "compose2fargate down" in their projects, or here with --force.',
      };
}

function failure({ type, logicalId, reason }: FailedResource): string {
  return `The ${resourceName({ type, logicalId })} failed: ${reason}`;
}
