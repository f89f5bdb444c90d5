import type { Words } from './event-words.ts';
import { list } from './list.ts';
import { remainsWords } from './remains.ts';

/** What not every task has done when the time is over. */
const waitedFor = {
  running: 'has run for 10 seconds',
  healthy: 'is healthy',
  completed: 'has ended',
  none: '',
} as const;

/** What the events about tasks and their logs say to a person. */
export const taskWords: Words<'task' | 'tasks' | 'wait' | 'scale' | 'log' | 'logs' | 'follow'> = {
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
  'wait/timed-out': ({ waitFor, tasks, seconds }, { commandLine }) => ({
    message: `After ${seconds} seconds not every task ${waitFor === undefined ? 'has stopped' : waitedFor[waitFor]}: ${tasks
      .map(({ task, status }) => `${task} is ${status}`)
      .join(', ')}.`,
    help: `See what the containers say with "${commandLine('logs')}", or wait longer with --timeout 20m.`,
  }),
  'wait/interrupted': ({ tasks }, { commandLine }) => ({
    message: `Interrupted, and nothing was undone${tasks.length === 0 ? '' : `: ${list(tasks)} may still run`}.`,
    help: `Run the command again to go on${tasks.length === 0 ? '' : `, look with "${commandLine('ps')}", stop all tasks with "${commandLine('down')}"`}.`,
  }),
  'tasks/none': ({ family, cluster }) => ({ message: `No task of ${family} runs in the cluster ${cluster}.` }),
  'tasks/still-running': ({ tasks }) => ({
    message: `${tasks.length === 1 ? 'The task that was to be replaced still runs' : 'The tasks that were to be replaced still run'}: ${list(tasks)}.`,
  }),
  'tasks/left-running': ({ tasks, command }, { commandLine }) => ({
    message: `${tasks.length === 1 ? 'Task' : 'Tasks'} ${list(tasks)} still ${tasks.length === 1 ? 'runs' : 'run'}.`,
    help: `"${commandLine('up')}" waits for ${tasks.length === 1 ? 'it' : 'them'} again, or replaces ${tasks.length === 1 ? 'it' : 'them'} when the files have changed. To stop all tasks: ${command}`,
  }),
  'tasks/remains': remainsWords,
  'task/unknown': ({ id, tasks }, { commandLine }) => ({
    message:
      tasks.length === 0
        ? `The project has no task whose id begins with "${id}".`
        : `The ids of several tasks begin with "${id}": ${list(tasks)}.`,
    help: `See the ids of all tasks with "${commandLine('ps --all')}".`,
  }),
  'task/explained': ({ task, cause, remedy }) => ({
    message: `Task ${task}: ${cause}${remedy === undefined ? '' : ` ${remedy}`}`,
  }),
  'scale/no-revision': ({ family }, { commandLine }) => ({
    message: `Nothing was ever run of ${family}, so there is nothing to scale.`,
    help: `Run it with "${commandLine('up --count N')}".`,
  }),
  'scale/service': ({ service }, { commandLine }) => ({
    message: `The tasks of this project belong to the service ${service}, which decides how many there are.`,
    help: `Use "${commandLine('service scale N')}".`,
  }),
  'scale/outside-capacity': ({ service, count, minCapacity, maxCapacity, left }, { commandLine }) => ({
    message: `${count === 1 ? '1 task is' : `${count} tasks are`} asked for, and auto scaling keeps ${minCapacity} to ${maxCapacity} of the service ${service}: it ends with ${left}.`,
    help:
      count === 0
        ? `To keep it without tasks, use "${commandLine('service stop')}", which lets auto scaling rest.`
        : `To keep ${count}, set run_params.auto_scaling.${left < count ? 'max_capacity' : 'min_capacity'} in ecs-params.yml to ${count}, and run "${commandLine('service up')}".`,
  }),
  'scale/unchanged': ({ count, family }) => ({
    message: `${count === 1 ? '1 task' : `${count} tasks`} of ${family} ${count === 1 ? 'runs' : 'run'} already.`,
  }),
  'tasks/of-service': ({ service }, { commandLine }) => ({
    message: `The tasks of the service ${service} are left alone: it would replace them.`,
    help: `Use "${commandLine('service down')}".`,
  }),
  'tasks/one-off': ({ tasks }) => ({
    message: `Among them ${tasks.length === 1 ? 'is' : 'are'} what "run" started: ${list(tasks)}.`,
  }),
  'tasks/stop-with': ({ command }) => ({ message: `Stop it with: ${command}` }),
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
  'task/addresses': ({ task, host, privateHost }) => ({
    message: `Task ${task} has the address ${host}, and ${privateHost} within its VPC.`,
  }),
};

/** `web RUNNING`, `db HEALTHY`. */
export function containerWords(container: { name: string; lastStatus: string; healthStatus: string }): string {
  const { name, lastStatus, healthStatus } = container;
  return `${name} ${healthStatus === 'UNKNOWN' || lastStatus !== 'RUNNING' ? lastStatus : healthStatus}`;
}
