/**
 * Keys that AWS's own pages about ecs-params have and that ecs-cli went past without a word, by their paths, and what to
 * do with them (ECS Developer Guide: "Using Amazon ECS parameters" has `pid` and `ipc`, the Fargate tutorial of the ECS
 * CLI `os_family`).
 */
export const strayKeys: ReadonlyMap<string, string> = new Map([
  [
    'task_definition.os_family',
    'Leave it out for Linux; "operating_system_family:" below "runtime_platform:" names another system.',
  ],
  ['task_definition.pid', 'Write "pid_mode:" instead.'],
  ['task_definition.ipc', 'Take it out: the containers of a Fargate task keep their own IPC namespaces.'],
]);
