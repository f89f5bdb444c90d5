import type { Words } from './event-words.ts';

/** What the events of `run` and `exec` say to a person. */
export const runWords: Words<'run' | 'exec'> = {
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
  'run/left': ({ task }, { commandLine }) => ({
    message: `Task ${task} may still run.`,
    help: `Look with "${commandLine('ps')}", stop it with "${commandLine('down')}".`,
  }),
  'exec/simulated': () => ({
    message: 'The simulator runs no containers, so there is none to run a command in.',
    help: 'Use exec without --simulate, on tasks that run in AWS.',
  }),
  'exec/no-plugin': () => ({
    message: 'exec needs session-manager-plugin, which is not on the PATH.',
    help: 'Install it: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html',
  }),
  'exec/no-task': ({ family, cluster }, { commandLine }) => ({
    message: `No task of ${family} runs in the cluster ${cluster}.`,
    help: `Start one with "${commandLine('up')}".`,
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
  'exec/not-running': ({ task, container, status }, { commandLine }) => ({
    message: `${container} of task ${task} is ${status}, so no command can run in it.`,
    help: `See its state with "${commandLine('ps --all')}", and what it wrote with "${commandLine('logs')}".`,
  }),
};
