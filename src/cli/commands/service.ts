import { type CommandGroup, type OptionDefinition, UsageError } from '../command.ts';
import { parseAmount, parseCount, parseDuration } from '../durations.ts';
import { parsePort } from '../port.ts';
import { parseTargetGroup, parseTargetGroupArn, type TargetGroupOptions, targetGroupsOf } from '../target-groups.ts';
import { online } from './online.ts';
import { logsDefinition, psOptions, readLogs } from './tasks.ts';
import { buildOption, deployOptions, launchOptions, removalOptions, timeout } from './up-options.ts';

/** ecs-cli's options for a name in Cloud Map. */
const discoveryOptions: readonly OptionDefinition[] = [
  { flags: '--enable-service-discovery', summary: 'give the service a name, as any of the next options does' },
  { flags: '--vpc <id>', summary: 'the VPC of a private namespace (default: that of the tasks)' },
  { flags: '--private-dns-namespace <name>', summary: 'private namespace of the name; made if it is missing' },
  { flags: '--private-dns-namespace-id <id>', summary: 'the same, of one that exists' },
  { flags: '--public-dns-namespace <name>', summary: 'public namespace of the name, which must exist' },
  { flags: '--public-dns-namespace-id <id>', summary: 'the same by its id' },
  { flags: '--sd-container-name <name>', summary: 'for SRV records: the container' },
  { flags: '--sd-container-port <port>', summary: 'for SRV records: its port', parse: parsePort },
  { flags: '--dns-type <type>', summary: 'type of the DNS records (default: A)', choices: ['A', 'SRV'] },
  { flags: '--dns-ttl <seconds>', summary: 'how long answers may be kept (default: 60)', parse: parseAmount },
  {
    flags: '--healthcheck-custom-config-failure-threshold <n>',
    summary: 'how many times 30 seconds Cloud Map waits before it believes that a task is unhealthy',
    parse: parseCount,
  },
  { flags: '--update-service-discovery', summary: 'bring the name to what the files say, as is done anyway' },
];

/** The project as one ECS service, which keeps a number of tasks running. Where ecs-cli has an option, it has its name. */
export const service: CommandGroup = {
  name: 'service',
  summary: 'the project as one ECS service: up, ps, logs, scale, stop, rm',
  commands: [
    {
      name: 'up',
      aliases: ['start'],
      summary: 'create the service or make it as the files say, wait for its rollout, print its addresses',
      options: [
        buildOption,
        ...deployOptions,
        { flags: '--count <n>', summary: 'how many tasks (default: as many as the service has)', parse: parseTasks },
        { flags: '--force-new-deployment', summary: 'replace the tasks although nothing has changed' },
        { flags: '--force-deployment', summary: 'the same' },
        ...launchOptions,
        {
          flags: '--scheduling-strategy <strategy>',
          summary: 'REPLICA, which is all there is',
          parse: parseSchedulingStrategy,
        },
        {
          flags: '--deployment-max-percent <n>',
          summary: 'how many old and new tasks may run at once, of those wanted',
          parse: parseAmount,
        },
        {
          flags: '--deployment-min-healthy-percent <n>',
          summary: 'how many tasks must run all the time, of those wanted',
          parse: parseAmount,
        },
        {
          flags: '--health-check-grace-period <duration>',
          summary: 'how long failing health checks of a new task are ignored',
          parse: parseDuration,
        },
        {
          flags: '--target-groups <targetGroupArn=ARN,…>',
          summary: 'with containerName=NAME and containerPort=PORT, to which its traffic goes; may be repeated',
          parse: parseTargetGroup,
        },
        { flags: '--target-group-arn <arn>', summary: 'the older way to name one', parse: parseTargetGroupArn },
        { flags: '--container-name <name>', summary: 'its container' },
        { flags: '--container-port <port>', summary: 'its port', parse: parsePort },
        ...discoveryOptions,
        { flags: '--disable-ecs-managed-tags', summary: 'without the tags that ECS itself gives to tasks' },
      ],
      run: online('serviceUp', 'warning', {
        read: (_, options) => ({ targetGroups: targetGroupsOf(options as TargetGroupOptions) }),
      }),
    },
    {
      name: 'ps',
      aliases: ['list'],
      summary: "list the service's tasks",
      options: psOptions,
      run: online('servicePs', 'error'),
    },
    {
      name: 'logs',
      summary: "print the logs of the service's containers",
      ...logsDefinition,
      run: online('serviceLogs', 'error', { read: readLogs }),
    },
    {
      name: 'scale',
      summary: 'bring the service to so many tasks',
      arguments: [{ usage: '<count>', summary: 'how many tasks' }],
      options: [timeout],
      run: online('serviceScale', 'error', { read: ([count = '']) => ({ count: parseAmount(count) }) }),
    },
    {
      name: 'stop',
      summary: "stop the service's tasks, and keep the service",
      options: [timeout],
      run: online('serviceStop', 'error'),
    },
    {
      name: 'rm',
      aliases: ['down', 'delete'],
      summary: "stop the service's tasks and delete it",
      options: [
        { flags: '--force', summary: 'delete it before its tasks have stopped' },
        { flags: '--delete-namespace', summary: 'delete its namespace if the project made it, as is done anyway' },
        ...removalOptions,
        timeout,
      ],
      run: online('serviceRemove', 'error'),
    },
  ],
};

/** ecs-cli's scripts name it. Source: ECS API Reference, CreateService: tasks on Fargate have no DAEMON. */
function parseSchedulingStrategy(text: string): string {
  if (text === 'REPLICA') return text;
  throw new UsageError(
    `The scheduling strategy ${text} is not supported: Fargate has no instances to run a task on each of. Leave the option out.`,
  );
}

function parseTasks(text: string): number {
  if (text === '0') throw new UsageError('To have no task, use "compose2fargate service stop".');
  return parseCount(text);
}
