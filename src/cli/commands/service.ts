import { type CommandGroup, UsageError } from '../command.ts';
import { parseAmount, parseCount, parseDuration } from '../durations.ts';
import { online } from './online.ts';
import { logsDefinition, psOptions, readLogs } from './tasks.ts';
import { buildOption, deployOptions, launchOptions, timeout } from './up-options.ts';

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
        { flags: '--disable-ecs-managed-tags', summary: 'without the tags that ECS itself gives to tasks' },
      ],
      run: online('serviceUp', 'warning'),
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
      options: [{ flags: '--force', summary: 'delete it before its tasks have stopped' }, timeout],
      run: online('serviceRemove', 'error'),
    },
  ],
};

function parseTasks(text: string): number {
  if (text === '0') throw new UsageError('To have no task, use "compose2fargate service stop".');
  return parseCount(text);
}
