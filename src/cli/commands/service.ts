import type { CommandGroup, OptionDefinition } from '../command.ts';
import { parseAmount, parseCount, parseDuration } from '../durations.ts';
import { parseTags } from '../tags.ts';
import { online } from './online.ts';
import { probe } from './up-options.ts';

const timeout: OptionDefinition = {
  flags: '--timeout <duration>',
  summary: 'how long to wait (default: 10m)',
  parse: parseDuration,
};

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
        { flags: '-d, --detach', summary: 'as "service up" always does: it ends when the service is steady' },
        { flags: '--dry-run', summary: 'print what would be done, and do nothing' },
        { flags: '--count <n>', summary: 'how many tasks (default: as many as the service has)', parse: parseCount },
        { flags: '--force-new-deployment', summary: 'replace the tasks although nothing has changed' },
        { flags: '--force-deployment', summary: 'the same' },
        { flags: '--create-log-groups', summary: 'make missing log groups, as is done anyway' },
        { flags: '--no-create-log-groups', summary: 'leave missing log groups as they are' },
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
          flags: '--tags <key=value,…>',
          summary: 'tags of the service and its tasks; may be repeated',
          parse: parseTags,
        },
        { flags: '--disable-ecs-managed-tags', summary: 'without the tags that ECS itself gives to tasks' },
        { flags: '--adopt', summary: 'make a service of that name part of the project, whoever made it' },
        ...probe,
        timeout,
      ],
      run: online('serviceUp', 'warning'),
    },
    {
      name: 'ps',
      aliases: ['list'],
      summary: "list the service's tasks",
      options: [
        { flags: '-a, --all', summary: 'stopped tasks too' },
        { flags: '--probe', summary: 'try each public address' },
      ],
      run: online('servicePs', 'error'),
    },
    {
      name: 'logs',
      summary: "print the logs of the service's containers",
      arguments: [{ usage: '[services...]', summary: 'only these services of the Compose file' }],
      options: [
        { flags: '-f, --follow', summary: 'go on as lines come' },
        { flags: '--since <duration>', summary: 'only lines younger than this', parse: parseDuration },
        { flags: '--tail <n>', summary: 'only the last lines of each container', parse: parseCount },
      ],
      run: online('serviceLogs', 'error'),
    },
    {
      name: 'scale',
      summary: 'bring the service to so many tasks',
      arguments: [{ usage: '<count>', summary: 'how many tasks' }],
      options: [timeout],
      run: (io, options, [count = '']) =>
        online('serviceScale', 'error')(io, { ...options, ...{ count: parseAmount(count) } }, []),
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
