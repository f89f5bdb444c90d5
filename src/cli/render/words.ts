import { type Deployment, type OperationSummary, revisionName } from '../../deployer.ts';
import { formatPlace } from '../../diagnostics/format/text.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { Source } from '../../source/source.ts';
import type { OnlineEvent, RolloutFailure } from '../online/event.ts';

/** What an event says to a person: what happened and why, and what to do next. */
export interface EventWords {
  readonly message: string;
  readonly help?: string | undefined;
  /** The place in the user's files that it comes from. */
  readonly source?: Source | undefined;
}

type Code = OnlineEvent['code'];
type Data<C extends Code> = Extract<OnlineEvent, { readonly code: C }>['data'];

const waitedFor = { running: 'running', healthy: 'healthy', completed: 'completed', none: '' } as const;

/** The words of every event; undefined for one that says nothing to a person. */
const words: { readonly [C in Code]: (data: Data<C>) => EventWords | undefined } = {
  simulated: () => ({ message: 'Simulated: nothing it runs is a container.' }),
  'simulate/invalid': ({ container, problem, source }) => ({
    message: `x-simulate of ${container}: ${problem}`,
    source,
  }),
  'simulate/no-account': ({ message }) => ({ message }),
  'region/missing': () => ({
    message: 'There is no AWS region to work in.',
    help: 'Name one with --region, in AWS_REGION or in the AWS profile, or try it with --simulate.',
  }),
  'service/unknown': ({ service, known }) => ({
    message: `The task has no container "${service}".`,
    help: `It has ${known.join(', ')}.`,
  }),
  'plan/reading': ({ family, cluster }) => ({ message: `Looking at ${family} in the cluster ${cluster}.` }),
  'plan/made': ({ changes }) => (changes ? undefined : { message: 'Everything is as the files say.' }),
  'plan/blocked': (obstacle) => {
    switch (obstacle.kind) {
      case 'missing-cluster':
        return {
          message: `The cluster ${obstacle.cluster} does not exist in this region.`,
          help: `Check --cluster and --region, or make it: aws ecs create-cluster --cluster-name ${obstacle.cluster}`,
        };
      case 'foreign-tasks':
        return {
          message: `Tasks of the family ${obstacle.family} run that this project did not start: ${list(obstacle.tasks)}.`,
          help: 'Stop them, or give the project a name of its own with --project-name.',
        };
      case 'service-runs':
        return {
          message: `The service ${obstacle.service} keeps tasks of this family running in the cluster ${obstacle.cluster}.`,
          help: 'Deploy with "compose2fargate service up", or remove the service first: compose2fargate service rm',
        };
      case 'foreign-service':
        return {
          message: `The service ${obstacle.service} was not made by this project: ${obstacle.arn}.`,
          help: 'Make it part of the project with "compose2fargate service up --adopt", or give the project a name of its own with --project-name.',
        };
      case 'no-service':
        return {
          message: `There is no service ${obstacle.service} in the cluster ${obstacle.cluster}.`,
          help: 'Make it with "compose2fargate service up".',
        };
      case 'no-default-network':
        return {
          message: 'The files name no subnets, and this region has no default VPC with subnets to use instead.',
          help: 'Name subnets and security_groups under run_params.network_configuration.awsvpc_configuration in ecs-params.yml.',
        };
    }
  },
  'operation/started': ({ kind, sentence }) => (isWait(kind) ? { message: `${sentence}.` } : undefined),
  'operation/done': ({ kind, sentence, result }) =>
    isWait(kind) ? undefined : { message: sentence.includes(result) ? `${sentence}.` : `${sentence}: ${result}` },
  'task/changed': ({ task, status, containers }) => ({
    message: `Task ${task} is ${status}${containers.length === 0 ? '' : ` (${containers.map(containerWords).join(', ')})`}`,
  }),
  'task/failed': ({ task, cause, remedy, stopCode, stoppedReason, containers, source }) => ({
    message: [
      stopCode === undefined ? `Task ${task} failed. ${cause}` : `Task ${task} stopped (${stopCode}). ${cause}`,
      ...(stoppedReason === undefined ? [] : [`  ECS says: ${stoppedReason}`]),
      ...containers.flatMap(({ name, exitCode, reason, meaning }) => {
        const code = exitCode === undefined ? '' : `exit code ${exitCode}. ${meaning ?? ''}`;
        // A task that could not start often repeats its container's reason.
        const said = `${code} ${reason === stoppedReason ? '' : (reason ?? '')}`.trim();
        return said === '' ? [] : [`  ${name}: ${said}`];
      }),
    ].join('\n'),
    help: remedy,
    source,
  }),
  'task/lost': ({ tasks, cluster }) => ({
    message: `ECS no longer knows ${tasks.length === 1 ? 'task' : 'tasks'} ${list(tasks)} in the cluster ${cluster}.`,
    help: 'Run the command again.',
  }),
  'wait/timed-out': ({ waitFor, tasks, seconds }) => ({
    message: `After ${seconds} seconds not every task is ${waitFor === undefined ? 'stopped' : waitedFor[waitFor]}: ${tasks
      .map(({ task, status }) => `${task} is ${status}`)
      .join(', ')}.`,
    help: 'See what the containers say with "compose2fargate logs", or wait longer with --timeout 20m.',
  }),
  'wait/interrupted': ({ tasks }) => ({
    message:
      tasks.length === 0
        ? 'Interrupted. No task had been started.'
        : `Interrupted, and nothing was undone: ${list(tasks)} may still run.`,
    help: 'Look with "compose2fargate ps", go on with "compose2fargate up", stop it with "compose2fargate down".',
  }),
  'service/event': ({ message }) => ({ message }),
  'rollout/changed': ({ service, desired, running, pending, deployments }) => ({
    message: `Service ${service}: ${running} of ${desired} tasks run, ${pending} pending${deployments.length === 0 ? '' : ` (${deployments.map(deploymentWords).join(', ')})`}`,
  }),
  'rollout/failed': (failure) => ({
    message: [
      `The rollout of ${failure.revision} failed. ${consequence(failure)}`,
      ...(failure.reason === undefined ? [] : [`  ECS says: ${failure.reason}`]),
    ].join('\n'),
    help:
      failure.rollback === undefined && failure.replacedBy === undefined
        ? 'Mend the cause and run "compose2fargate service up" again, or stop the service with "compose2fargate service stop".'
        : 'Mend the cause and run "compose2fargate service up" again.',
  }),
  'rollout/timed-out': ({ service, status, desired, running, deployments, seconds }) => ({
    message:
      status === 'ACTIVE'
        ? `After ${seconds} seconds the service ${service} is not steady: ${running} of ${desired} tasks run${deployments.length === 0 ? '' : ` (${deployments.map(deploymentWords).join(', ')})`}.`
        : `After ${seconds} seconds the service ${service} is still ${status}.`,
    help: 'See what the containers say with "compose2fargate service logs", or wait longer with --timeout 20m.',
  }),
  'rollout/interrupted': ({ service }) => ({
    message: `Interrupted, and nothing was undone: ECS goes on with the service ${service} where it was told to.`,
    help: 'Look with "compose2fargate service ps", go on with "compose2fargate service up", stop it with "compose2fargate service stop".',
  }),
  'service/none': ({ service, cluster }) => ({ message: `There is no service ${service} in the cluster ${cluster}.` }),
  'service/bare-tasks': ({ family, tasks }) => ({
    message: `Beside the service, tasks of ${family} run that were started by themselves: ${list(tasks)}.`,
    help: 'Stop them with "compose2fargate down".',
  }),
  'service/still-runs': ({ service }) => ({
    message: `The service ${service} keeps tasks running. Stop them with "compose2fargate service stop".`,
  }),
  'service/stays': ({ service }) => ({
    message: `The service ${service} stays, and costs nothing without tasks. Remove it with "compose2fargate service rm".`,
  }),
  'tasks/none': ({ family, cluster }) => ({ message: `No task of ${family} runs in the cluster ${cluster}.` }),
  'tasks/still-running': ({ tasks }) => ({
    message: `${tasks.length === 1 ? 'The task that was to be replaced still runs' : 'The tasks that were to be replaced still run'}: ${list(tasks)}.`,
  }),
  'tasks/remains': ({ family, logGroups }) => ({
    message: `What stays costs nothing while unused: the revisions of ${family}${logGroups.length === 0 ? '' : `, and logs (a little for each stored GB) in ${list(logGroups)}`}.`,
  }),
  'logs/missing': ({ container, driver }) => ({
    message: `The log of ${container} cannot be shown: its driver ${driver} does not write to CloudWatch Logs.`,
  }),
  'port/closed': ({ port, protocol, securityGroups, region }) => {
    const group = securityGroups[0] ?? 'SECURITY_GROUP';
    return {
      message: `Port ${port}/${protocol} is published, but no security group of the task (${list(securityGroups)}) admits it, so its address is not printed.`,
      help: `aws ec2 authorize-security-group-ingress --region ${region} --group-id ${group} --protocol ${protocol} --port ${port} --cidr 0.0.0.0/0`,
    };
  },
  'address/private': ({ task, address }) => ({
    message: `Task ${task} has no public address; ${address} is reached within its VPC only.`,
  }),
  'address/missing': ({ tasks }) => ({ message: `The address of ${list(tasks)} is not known yet.` }),
  'aws/refused': ({ message, help }) => ({ message, help }),
};

/** What an event says to a person, safe to print; undefined where it says nothing. */
export function wordsOf(event: OnlineEvent): EventWords | undefined {
  const say = words[event.code] as (data: OnlineEvent['data']) => EventWords | undefined;
  return say(event.data);
}

/** An event as a finding is printed: place and severity, message, remedy; an info is its message alone. */
export function formatEvent(
  { level, code }: OnlineEvent,
  { message, help, source }: EventWords,
  { color, displayPath }: { readonly color: boolean; readonly displayPath: (path: string) => string },
): string {
  const paint = (ansi: number, text: string) => (color ? `\u001b[${ansi}m${text}\u001b[0m` : text);
  const place = source === undefined ? '' : `${paint(1, printable(formatPlace(source, displayPath)))}: `;
  const severity = level === 'info' ? '' : `${paint(level === 'error' ? 31 : 33, level)}: `;
  const tag = level === 'info' ? '' : ` ${paint(2, `[${code}]`)}`;
  const [first = '', ...rest] = printable(message).split('\n');
  const lines = [`${place}${severity}${first}${tag}`, ...rest];
  if (help !== undefined) lines.push(`  help: ${printable(help)}`);
  return `${lines.join('\n')}\n`;
}

function isWait(kind: OperationSummary['kind']): boolean {
  return kind === 'wait' || kind.startsWith('wait-');
}

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

/** `web RUNNING`, `db HEALTHY`. */
export function containerWords(container: { name: string; lastStatus: string; healthStatus: string }): string {
  const { name, lastStatus, healthStatus } = container;
  return `${name} ${healthStatus === 'UNKNOWN' || lastStatus !== 'RUNNING' ? lastStatus : healthStatus}`;
}

/** How many items are named before the rest is counted. */
const named = 5;

function list(items: readonly string[]): string {
  const rest = items.length - named;
  return rest > 0 ? `${items.slice(0, named).join(', ')} and ${rest} more` : items.join(', ');
}
