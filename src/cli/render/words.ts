import {
  type Deployment,
  type DockerError,
  isGuarded,
  lostVolume,
  type OperationSummary,
  revisionName,
} from '../../deployer.ts';
import { codeFrame } from '../../diagnostics/format/code-frame.ts';
import { formatPlace } from '../../diagnostics/format/text.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { Source } from '../../source/source.ts';
import { suggest } from '../../source/suggest.ts';
import { differenceLines } from '../online/difference.ts';
import type { OnlineEvent, RolloutFailure } from '../online/event.ts';
import { stackWords } from './stack-words.ts';

/** What an event says to a person: what happened and why, and what to do next. */
export interface EventWords {
  readonly message: string;
  readonly help?: string | undefined;
  /** The place in the user's files that it comes from. */
  readonly source?: Source | undefined;
  /** What bears it out: lines of a log, and what they are. */
  readonly evidence?: { readonly title: string; readonly lines: readonly string[] } | undefined;
}

/** How a file's path is shown. */
type DisplayPath = (path: string) => string;
/** What failed when docker did, and what to do. */
const dockerFailed: Readonly<Record<DockerError['action'], { readonly message: string; readonly help: string }>> = {
  probe: {
    message: 'Docker does not answer, so images cannot be built. Nothing was changed. It says:',
    help: 'Start it (Docker Desktop, or "systemctl start docker"), and see that "docker version" shows a server.',
  },
  build: {
    message: 'An image could not be built. Nothing was changed in AWS. Docker says:',
    help: 'Mend the Dockerfile or the "build:" of the service, and run the command again.',
  },
  login: {
    message: 'Docker could not log in to the registry. It says:',
    help: 'Check that this machine reaches the registry over HTTPS, and the credential store in ~/.docker/config.json.',
  },
  push: {
    message: 'An image could not be pushed. Docker says:',
    help: 'For a registry that is not of ECR, sign in with "docker login" first. Run the command again; it goes on where it stopped.',
  },
};

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

type Code = OnlineEvent['code'];
type Data<C extends Code> = Extract<OnlineEvent, { readonly code: C }>['data'];

/** What not every task has done when the time is over. */
const waitedFor = {
  running: 'has run for 10 seconds',
  healthy: 'is healthy',
  completed: 'has ended',
  none: '',
} as const;

/** The words of every event; undefined for one that says nothing to a person. */
const words: { readonly [C in Code]: (data: Data<C>, displayPath: DisplayPath) => EventWords | undefined } = {
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
  'service/unknown': ({ service, known }) => {
    const meant = suggest(service, known);
    return {
      message: `The task has no container "${service}".`,
      help: meant === undefined ? `It has ${known.join(', ')}.` : `Did you mean "${meant}"?`,
    };
  },
  'plan/reading': ({ family, cluster }) => ({ message: `Looking at ${family} in the cluster ${cluster}.` }),
  'plan/made': ({ changes }) => (changes ? undefined : { message: 'Everything is as the files say.' }),
  'plan/blocked': (obstacle) => {
    switch (obstacle.kind) {
      case 'missing-cluster':
        return {
          message: `The cluster ${obstacle.cluster} does not exist in this region.`,
          help: `Check --cluster and --region, or make it: compose2fargate cluster up --cluster ${obstacle.cluster}`,
        };
      case 'foreign-tasks':
        return {
          message: `Tasks of the family ${obstacle.family} run that this project did not start: ${list(obstacle.tasks)}.`,
          help: 'Take them over with --adopt, stop them, or give the project a name of its own with --project-name.',
        };
      case 'service-runs':
        return {
          message: `The service ${obstacle.service} keeps tasks of this family running in the cluster ${obstacle.cluster}.`,
          help: 'See what "compose2fargate service up --dry-run" would do and deploy without --dry-run, or remove the service first: compose2fargate service rm',
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
      case 'foreign-role':
        return {
          message: `The role ${obstacle.role} was not made by this project.`,
          help: 'Name the role to use as task_definition.task_execution_role in ecs-params.yml, or leave out --create-roles.',
        };
      case 'missing-namespace':
        return {
          message: `Cloud Map has no namespace ${obstacle.namespace} in this region.`,
          help: 'Only private namespaces are made, by name: write name and vpc under private_dns_namespace in ecs-params.yml.',
        };
      case 'other-records':
        return {
          message: `The name ${obstacle.entry} has ${obstacle.type} records, and the files want ${obstacle.wanted}, which Cloud Map cannot change.`,
          help: 'Choose another name under service_discovery_service in ecs-params.yml, or remove the service first: compose2fargate service rm',
        };
      case 'no-default-network':
        return {
          message: 'The files name no subnets, and this region has no default VPC with subnets to use instead.',
          help: 'Name subnets and security_groups under run_params.network_configuration.awsvpc_configuration in ecs-params.yml.',
        };
      case 'foreign-security-group':
        return {
          message: `The security group ${obstacle.name} (${obstacle.group}) was not made by this project, which would give its own that name.`,
          help: 'Name subnets and security_groups in ecs-params.yml, or give the project a name of its own with --project-name.',
        };
    }
  },
  'operation/started': ({ kind, sentence }) => (isToldAtStart(kind) ? { message: `${sentence}.` } : undefined),
  'operation/done': ({ kind, sentence, result }) =>
    isToldAtStart(kind)
      ? undefined
      : { message: sentence.includes(result) ? `${sentence}.` : `${sentence}: ${result}` },
  'task/changed': ({ task, status, containers }) => ({
    message: `Task ${task} is ${status}${containers.length === 0 ? '' : ` (${containers.map(containerWords).join(', ')})`}`,
  }),
  'task/failed': ({ task, cause, remedy, stopCode, stoppedReason, containers, container, source, evidence }) => ({
    message: [
      stopCode === undefined ? `Task ${task} failed. ${cause}` : `Task ${task} stopped (${stopCode}). ${cause}`,
      ...(stoppedReason === undefined ? [] : [`  ECS says: ${stoppedReason}`]),
      ...containers.flatMap(({ name, exitCode, reason, meaning }) => {
        const isTold = name === container && cause.includes(`exit code ${exitCode}.`);
        const code = exitCode === undefined || isTold ? '' : `exit code ${exitCode}. ${meaning ?? ''}`;
        // A task that could not start often repeats its container's reason.
        const said = `${code} ${reason === stoppedReason ? '' : (reason ?? '')}`.trim();
        return said === '' ? [] : [`  ${name}: ${said}`];
      }),
    ].join('\n'),
    help: remedy,
    source,
    evidence: evidence && {
      title: `the last lines of ${container}`,
      lines: evidence.flatMap(({ text }) => text.replace(/\r?\n$/, '').split(/\r?\n/)),
    },
  }),
  'task/lost': ({ tasks, cluster }) => ({
    message: `ECS no longer knows ${tasks.length === 1 ? 'task' : 'tasks'} ${list(tasks)} in the cluster ${cluster}.`,
    help: 'Run the command again.',
  }),
  'wait/timed-out': ({ waitFor, tasks, seconds }) => ({
    message: `After ${seconds} seconds not every task ${waitFor === undefined ? 'has stopped' : waitedFor[waitFor]}: ${tasks
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
  'network/group-left': ({ group, name }) => ({
    message: `The security group ${name} stays: network interfaces are still in it.`,
    help: `When they are gone: aws ec2 delete-security-group --group-id ${group}`,
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
  'service/stays': ({ service }) => ({
    message: `The service ${service} stays, and costs nothing without tasks. Remove it with "compose2fargate service rm".`,
  }),
  'namespace/stays': ({ namespace, names }) => ({
    message: `The namespace ${namespace} stays, since it has other names: ${list(names)}.`,
  }),
  'tasks/none': ({ family, cluster }) => ({ message: `No task of ${family} runs in the cluster ${cluster}.` }),
  'tasks/still-running': ({ tasks }) => ({
    message: `${tasks.length === 1 ? 'The task that was to be replaced still runs' : 'The tasks that were to be replaced still run'}: ${list(tasks)}.`,
  }),
  'tasks/left-running': ({ tasks, command }) => ({
    message: `${tasks.length === 1 ? 'Task' : 'Tasks'} ${list(tasks)} still ${tasks.length === 1 ? 'runs' : 'run'}.`,
    help: `"compose2fargate up" waits for ${tasks.length === 1 ? 'it' : 'them'} again, or replaces ${tasks.length === 1 ? 'it' : 'them'} when the files have changed. To stop all tasks: ${command}`,
  }),
  'tasks/remains': ({ family, region, cluster, revisions, logGroups, fileSystems }) => ({
    message: [
      `What stays costs nothing while unused: the revisions of ${family}${logGroups.length === 0 ? '' : `, and logs (a little for each stored GB) in ${list(logGroups.map(({ name }) => name))}`}. To remove it:`,
      ...revisions.map((name) => `  aws ecs deregister-task-definition --region ${region} --task-definition ${name}`),
      ...logGroups.map(
        (group) => `  aws logs delete-log-group --region ${group.region ?? region} --log-group-name ${group.name}`,
      ),
      `  aws ecs delete-cluster --region ${region} --cluster ${cluster}`,
      ...(fileSystems.length === 0 ? [] : [`The data in EFS stays as it is: ${list(fileSystems)}.`]),
    ].join('\n'),
  }),
  'task/unknown': ({ id, tasks }) => ({
    message:
      tasks.length === 0
        ? `The project has no task whose id begins with "${id}".`
        : `The ids of several tasks begin with "${id}": ${list(tasks)}.`,
    help: 'See the ids of all tasks with "compose2fargate ps --all".',
  }),
  'task/explained': ({ task, cause, remedy }) => ({
    message: `Task ${task}: ${cause}${remedy === undefined ? '' : ` ${remedy}`}`,
  }),
  'run/restarts': ({ container, seconds }) => ({
    message: `${container} has a restart policy: ECS starts a command that has run for ${seconds} seconds again when it ends.`,
    help: 'Run a service without "restart:", or end it with Ctrl-C.',
  }),
  'run/started': ({ task, container }) => ({ message: `Task ${task} runs ${container} once.` }),
  'run/line': ({ text }) => ({ message: text }),
  'run/ended': ({ container, exitCode, reason }) => ({
    message: `${container} ended with exit code ${exitCode}.${reason === undefined ? '' : ` ECS says: ${reason}`}`,
  }),
  'run/stopped': ({ task, container }) => ({ message: `Interrupted: ${container} is stopped, with its task ${task}.` }),
  'run/left': ({ task }) => ({
    message: `Task ${task} may still run.`,
    help: 'Look with "compose2fargate ps", stop it with "compose2fargate down".',
  }),
  'exec/simulated': () => ({
    message: 'The simulator runs no containers, so there is none to run a command in.',
    help: 'Use exec without --simulate, on tasks that run in AWS.',
  }),
  'exec/no-plugin': () => ({
    message: 'exec needs session-manager-plugin, which is not on the PATH.',
    help: 'Install it: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html',
  }),
  'exec/no-task': ({ family, cluster }) => ({
    message: `No task of ${family} runs in the cluster ${cluster}.`,
    help: 'Start one with "compose2fargate up".',
  }),
  'exec/task': ({ task, others }) => ({
    message: `Of ${others.length + 1} tasks, this is the newest: ${task}. Name another one with --task-id.`,
  }),
  'exec/not-enabled': ({ task }) => ({
    message: `Task ${task} was started without ECS Exec.`,
    help: [
      'Add these lines to ecs-params.yml, with a role that allows ssmmessages:CreateControlChannel,',
      '  CreateDataChannel, OpenControlChannel and OpenDataChannel, and run "compose2fargate up":',
      '    task_definition:',
      '      task_role_arn: ROLE',
      '    run_params:',
      '      enable_execute_command: true',
    ].join('\n'),
  }),
  'exec/not-running': ({ task, container, status }) => ({
    message: `${container} of task ${task} is ${status}, so no command can run in it.`,
    help: 'See its state with "compose2fargate ps --all", and what it wrote with "compose2fargate logs".',
  }),
  'scale/no-revision': ({ family }) => ({
    message: `Nothing was ever run of ${family}, so there is nothing to scale.`,
    help: 'Run it with "compose2fargate up --count N".',
  }),
  'scale/service': ({ service }) => ({
    message: `The tasks of this project belong to the service ${service}, which decides how many there are.`,
    help: 'Use "compose2fargate service scale N".',
  }),
  'scale/unchanged': ({ count, family }) => ({
    message: `${count === 1 ? '1 task' : `${count} tasks`} of ${family} ${count === 1 ? 'runs' : 'run'} already.`,
  }),
  'aws/called': ({ action, milliseconds, error }) => ({
    message: `${action} ${milliseconds} ms${error === undefined ? '' : ` ${error}`}`,
  }),
  'tasks/of-service': ({ service }) => ({
    message: `The tasks of the service ${service} are left alone: it would replace them.`,
    help: 'Use "compose2fargate service down".',
  }),
  'tasks/one-off': ({ tasks }) => ({
    message: `Among them ${tasks.length === 1 ? 'is' : 'are'} what "run" started: ${list(tasks)}.`,
  }),
  'tasks/stop-with': ({ command }) => ({ message: `Stop it with: ${command}` }),
  'option/overrules': ({ option, source }) => ({
    message: `The option ${option} takes the place of what stands here.`,
    source,
  }),
  'plan/difference': (difference, displayPath) => ({ message: shortened(differenceLines(difference, displayPath)) }),
  'volume/lost': ({ volumes }) => ({
    message: `The tasks that are replaced lose ${list(volumes.map(lostVolume))}: it ends with its task.`,
    help: 'Give the volume an EFS file system under task_definition.efs_volumes in ecs-params.yml to keep what is in it, or say --yes.',
  }),
  'up/declined': () => ({ message: 'Nothing was changed.' }),
  'price/estimated': ({ dollarsPerHour, asOf, region, tasks, publicAddresses, spot, simulated }) => {
    if (dollarsPerHour === undefined) {
      return { message: `The price in ${region} is not known here; see https://aws.amazon.com/fargate/pricing/` };
    }
    const what = `${tasks === 1 ? '1 task' : `${tasks} tasks`}${publicAddresses ? ` with ${tasks === 1 ? 'a public address' : 'public addresses'}` : ''}`;
    const verb = simulated ? 'On AWS this would cost' : 'This costs';
    return {
      message: `${verb} ${spot ? 'up to' : 'about'} $${dollarsPerHour.toFixed(4)} an hour: ${what}, at the prices of ${asOf} in ${region}.`,
    };
  },
  'log/line': ({ label, text }) => ({
    message: text
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
      .map((line) => `${label} | ${line}`)
      .join('\n'),
  }),
  'follow/stopped': () => ({ message: 'The logs are no longer shown. Press Ctrl-C again to stop waiting.' }),
  'follow/refused': ({ message, help }) => ({ message: `The logs cannot be shown: ${message}`, help }),
  'logs/missing': ({ container, driver }) => ({
    message: `The log of ${container} cannot be shown: its driver ${driver} does not write to CloudWatch Logs.`,
  }),
  'port/closed': ({ ports, tasks, securityGroups, region }) => {
    const group = securityGroups[0] ?? 'SECURITY_GROUP';
    const names = list(ports.map(({ port, protocol }) => `${port}/${protocol}`));
    const [are, them, their] =
      ports.length === 1
        ? [`Port ${names} is`, 'it', 'its address is']
        : [`Ports ${names} are`, 'them', 'their addresses are'];
    const consequence = tasks.length === 0 ? `nobody will reach ${them}` : `${their} not printed`;
    // Nobody is told to open a database to the world.
    const source = (port: number, protocol: 'tcp' | 'udp') =>
      isGuarded({ containerPort: port, protocol }) ? 'YOUR_ADDRESS/32' : '0.0.0.0/0';
    return {
      message: `${are} published, but no security group of the task (${list(securityGroups)}) admits ${them}, so ${consequence}.`,
      help: ports
        .map(
          ({ port, protocol }) =>
            `aws ec2 authorize-security-group-ingress --region ${region} --group-id ${group} --protocol ${protocol} --port ${port} --cidr ${source(port, protocol)}`,
        )
        .join('\n        '),
    };
  },
  'port/withheld': ({ container, port, protocol, source }) => ({
    message: `Port ${port}/${protocol} of ${container} is published, but stays closed: databases and caches are opened only to a source that ecs-params.yml names.`,
    help: [
      'The containers of the task reach it without. For others, add these lines to ecs-params.yml:',
      '    run_params:',
      '      network_configuration:',
      '        awsvpc_configuration:',
      '          ingress:',
      `            - { port: ${port}, source: ADDRESSES_OR_SECURITY_GROUP }`,
    ].join('\n'),
    source,
  }),
  'registry/unreachable': ({ images, subnets, lacksPublicAddress, missingEndpoints }) => ({
    message: `Tasks in ${list(subnets)} cannot fetch ${list(images)}: ${
      lacksPublicAddress
        ? 'without a public address nothing leads from there to the Internet'
        : 'no route leads from there to the Internet'
    }.`,
    help: [
      lacksPublicAddress
        ? 'Say assign_public_ip: ENABLED in ecs-params.yml'
        : 'Name subnets with a route to a NAT gateway or an internet gateway',
      ...(missingEndpoints.length === 0
        ? []
        : [`or give the VPC endpoints for ${missingEndpoints.join(', ')} and logs`]),
    ]
      .join(', ')
      .concat('.'),
  }),
  'task/addresses': ({ task, host, privateHost }) => ({
    message: `Task ${task} has the address ${host}, and ${privateHost} within its VPC.`,
  }),
  'address/answers': ({ address, status }) => ({
    message:
      status === undefined ? `${address} accepts connections.` : `${address} answers with HTTP status ${status}.`,
  }),
  'address/silent': ({ address, reason }) => ({
    message: `${address} does not answer: ${reason}.`,
    help: 'See whether the container listens on 0.0.0.0 with "compose2fargate logs", and try again with "compose2fargate ps --probe".',
  }),
  'address/private': ({ task, address }) => ({
    message: `Task ${task} has no public address; ${address} is reached within its VPC only.`,
  }),
  'build/unknown': ({ service, known }) => ({
    message: `No service "${service}" with a "build:" is in the files.`,
    help: known.length === 0 ? 'None has one.' : `There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}.`,
  }),
  'build/none': () => ({ message: 'No service has a "build:", so there is no image to build.' }),
  'build/simulated': () => ({ message: 'Simulated: docker is not run, and the digests are made up.' }),
  'build/assumed': () => ({
    message: 'Nothing is built in a dry run: what follows takes each image as its registry has it now.',
  }),
  'docker/output': ({ line }) => ({ message: `  ${line}` }),
  'docker/missing': () => ({
    message: 'There is no docker on the PATH of this machine, and images are built and pushed by it.',
    help: 'Install Docker, or build elsewhere and name the image that was pushed in an "image:", without --build.',
  }),
  'docker/failed': ({ action, detail }) => ({
    message: `${dockerFailed[action].message}\n${indented(detail)}`,
    help: dockerFailed[action].help,
  }),
  'secret/unmentioned': ({ variables }) => ({
    message: `No service has ${list(variables)} in its environment or secrets, so each gets ${variables.length === 1 ? 'it' : 'them'} in the lines below; take out what a service does not need.`,
  }),
  'repository/missing': ({ repository }) => ({
    message: `There is no repository ${repository} yet; "compose2fargate push" makes it.`,
  }),
  'address/missing': ({ tasks }) => ({ message: `The address of ${list(tasks)} is not known yet.` }),
  'address/refused': ({ message, help }) => ({ message: `The addresses cannot be found out: ${message}`, help }),
  ...stackWords,
  'registry/kept': ({ secrets }) => ({
    message: `${list(secrets)} ${secrets.length === 1 ? 'is there already with another login, and stays as it is' : 'are there already with other logins, and stay as they are'}.`,
    help: 'To give it the login of the file, add --update-existing-secrets.',
  }),
  'registry/missing': ({ secrets, region }) => ({
    message: `There is no secret ${list(secrets)} in ${region}. Nothing was changed.`,
    help: 'Correct secrets_manager_arn or --region, or leave the ARN out to have a secret made.',
  }),
  'registry/role': ({ role }) => ({
    message: `The execution role ${role === undefined ? 'of the task' : role} must be allowed secretsmanager:GetSecretValue for these secrets, and kms:Decrypt for a key of your own. It was not changed.`,
    help:
      role === undefined
        ? 'Run "up" with --create-roles, which makes such a role, or attach the policy that "compose2fargate iam execution" prints.'
        : 'Attach the policy that "compose2fargate iam execution" prints.',
  }),
  'registry/unchanged': ({ file }) => ({ message: `${file} says the same already, so no file was written.` }),
  'aws/refused': ({ message, help }) => ({ message, help }),
};

/** What an event says to a person, safe to print; undefined where it says nothing. */
export function wordsOf(event: OnlineEvent, displayPath: DisplayPath): EventWords | undefined {
  const say = words[event.code] as (data: OnlineEvent['data'], shown: DisplayPath) => EventWords | undefined;
  return say(event.data, displayPath);
}

export interface EventFormat {
  readonly color: boolean;
  /** Width of what shows it. */
  readonly columns: number;
  readonly displayPath: DisplayPath;
}

/** An event as a finding is printed: place and severity, message, line, remedy, evidence; an info is its message alone. */
export function formatEvent(
  { level, code }: OnlineEvent,
  { message, help, source, evidence }: EventWords,
  { color, columns, displayPath }: EventFormat,
): string {
  const paint = (ansi: number, text: string) => (color ? `\u001b[${ansi}m${text}\u001b[0m` : text);
  const place = source === undefined ? '' : `${paint(1, printable(formatPlace(source, displayPath)))}: `;
  const severity = level === 'info' ? '' : `${paint(level === 'error' ? 31 : 33, level)}: `;
  const tag = level === 'info' ? '' : ` ${paint(2, `[${code}]`)}`;
  const [first = '', ...rest] = printable(message).split('\n');
  const lines = [`${place}${severity}${first}${tag}`, ...rest];
  if (source !== undefined && level !== 'info') {
    lines.push(...codeFrame(source, columns, (carets) => paint(level === 'error' ? 31 : 33, carets)));
  }
  if (help !== undefined) lines.push(`  help: ${printable(help)}`);
  if (evidence !== undefined) {
    lines.push(`  ${printable(evidence.title)}:`, ...evidence.lines.map((line) => `    | ${printable(line)}`));
  }
  return `${lines.join('\n')}\n`;
}

/** So many lines of what changes are told before a plan runs; `plan` tells all. */
const toldLines = 12;

function shortened(lines: readonly string[]): string {
  const rest = lines.length - toldLines;
  return (
    rest > 0 ? [...lines.slice(0, toldLines), `    and ${rest} more lines; see "compose2fargate plan"`] : lines
  ).join('\n');
}

/** What is told as it begins: what tasks do comes after it. The rest is told with its result. */
function isToldAtStart(kind: OperationSummary['kind']): boolean {
  return kind === 'wait' || kind.startsWith('wait-') || kind === 'stop-tasks';
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
