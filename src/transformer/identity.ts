import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Tag } from '../fargate/task-definition.ts';
import { isWritten } from '../parser/compose/project-name.ts';
import { apiPlaces } from '../parser/ecs-params/api-value.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';
import { reportOverride } from './repository-credentials.ts';
import { type Origin, originFrom } from './task.ts';

/** AWS's usual name for the role that pulls images and writes logs. */
const usualExecutionRole = 'ecsTaskExecutionRole';

/** Family, roles, tags, storage, and what is the same for every Fargate task. */
export function identity(context: TaskContext): void {
  const { project, params, registryCredentials, options, report, task, containers } = context;
  const at = (key: string) => paramsAt(params, 'task_definition', key);
  const name = child(project.root, 'name');
  const inFile = name !== undefined && isWritten(name) ? name.source : containers[0]?.service.key;
  const inProject: Origin = inFile === undefined ? {} : { source: inFile };
  const family = at('family');
  task.put(
    'family',
    options.family ?? stringOf(family) ?? project.name,
    family === undefined ? inProject : originFrom(family),
  );
  const taskRole = at('task_role_arn');
  if (taskRole !== undefined && stringOf(taskRole))
    task.put('taskRoleArn', stringOf(taskRole) ?? '', originFrom(taskRole));
  const roleOfParams = at('task_execution_role');
  const executionRole = registryCredentials?.executionRole ?? roleOfParams;
  if (executionRole !== roleOfParams) reportOverride(roleOfParams, executionRole, 'The execution role', context);
  if (executionRole !== undefined && stringOf(executionRole)) {
    task.put('executionRoleArn', stringOf(executionRole) ?? '', originFrom(executionRole));
  } else {
    task.put('executionRoleArn', usualExecutionRole, {
      ...inProject,
      rule: "AWS's usual execution role, since none is named",
    });
    report(diagnostic('transform/execution-role-assumed', { role: usualExecutionRole }, inFile));
  }
  task.put('networkMode', 'awsvpc', { ...inProject, rule: 'the only network mode of Fargate' });
  task.put('requiresCompatibilities', ['FARGATE'], { ...inProject, rule: 'the task is for Fargate' });
  const storage = at('ephemeral_storage');
  const sizeInGiB = numberOf(child(storage, 'size_in_gib'));
  if (storage !== undefined && sizeInGiB !== undefined)
    task.put('ephemeralStorage', { sizeInGiB }, originFrom(storage));
  task.putList(
    'tags',
    itemsOf(at('tags')).map((node) => ({
      value: tagOf(node),
      origin: originFrom(node),
      parts: apiPlaces(node),
    })),
  );
  const pids = containers.flatMap(({ service }) => child(service.node, 'pid') ?? []);
  // The task has one mode: of several, the one that Fargate refuses is not to be lost.
  const pid = at('pid_mode') ?? pids.find((node) => !stringOf(node)?.startsWith('service:')) ?? pids[0];
  const mode = stringOf(pid);
  if (pid !== undefined && mode) task.put('pidMode', mode.startsWith('service:') ? 'task' : mode, originFrom(pid));
}

/** A tag; one without a value has an empty one. */
function tagOf(node: Node): Tag {
  return { key: stringOf(child(node, 'key')) ?? '', value: stringOf(child(node, 'value')) ?? '' };
}
