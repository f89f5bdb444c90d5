import {
  type Desired,
  hasChanges,
  type Observation,
  observe,
  obstacleTo,
  type Plan,
  planUp,
  usualWait,
} from '../../deployer.ts';
import { child, entriesOf } from '../../source/node.ts';
import type { Task } from '../../transformer/task.ts';
import type { DesiredOptions, LaunchOptions, OnlineContext } from './context.ts';
import { shownDifference } from './difference.ts';
import { withLaunchOptions } from './launch-options.ts';
import { findRoles, withRoles } from './roles.ts';
import { Blocked, type Session } from './session.ts';

type Offline = typeof import('../offline.ts');

/** What is to be done, and what it was found out from. */
export interface Planned {
  readonly desired: Desired;
  readonly observed: Observation;
  readonly plan: Plan;
}

/** Whether the options ask for what the files do not allow, which is said then. */
export async function isRefusedByFiles(
  { io, options, task }: OnlineContext,
  { enableExecuteCommand = false, createRoles = false }: LaunchOptions,
): Promise<boolean> {
  if (!enableExecuteCommand || createRoles || task.definition.taskRoleArn !== undefined) return false;
  const { diagnostic, printFindings }: Offline = await import('../offline.ts');
  printFindings(io, [diagnostic('params/execute-command-role', {}, undefined)], options);
  return true;
}

/** Observes and plans. Throws `Blocked` where something stands in the way. */
export async function findPlan(context: OnlineContext, session: Session, options: DesiredOptions): Promise<Planned> {
  const { account, family, cluster, emit } = session;
  const asked = desiredBy(context, session, options);
  emit({ code: 'plan/reading', level: 'info', data: { family, cluster } });
  // A role that is made changes the definition of tasks that otherwise run as desired.
  const observed = await observe(account, session, { ...asked, force: asked.force || options.createRoles === true });
  const obstacle = obstacleTo(asked, observed);
  if (obstacle !== undefined) throw new Blocked(obstacle);
  const roles = await findRoles(context, session, asked.task, observed.revisions, options);
  const desired = { ...asked, task: roles.task };
  return { desired, observed, plan: await withRoles(session, roles, planUp(desired, observed)) };
}

function desiredBy(context: OnlineContext, session: Session, options: DesiredOptions): Desired {
  const shared = sharedDesire(context, session, options, withLaunchOptions(context.task, options));
  const { task } = shared;
  return {
    ...shared,
    count: task.run.count,
    waitFor: options.waitFor ?? usualWait(task.definition),
    ...(options.order === undefined ? {} : { order: options.order }),
    force: options.force ?? options.forceUpdate ?? false,
  };
}

/** What is desired of tasks and of a service alike; says which options overrule the files. */
export function sharedDesire(
  { project: { root } }: OnlineContext,
  { project, cluster, emit }: Session,
  { adopt = false, createLogGroups = true, logRetention }: LaunchOptions,
  { task, overruled }: ReturnType<typeof withLaunchOptions>,
): Pick<Desired, 'project' | 'cluster' | 'task' | 'namedVolumes' | 'adopt' | 'createLogGroups' | 'logRetention'> {
  for (const one of overruled) emit({ code: 'option/overrules', level: 'info', data: one });
  return {
    project,
    cluster,
    task,
    namedVolumes: entriesOf(child(root, 'volumes')).map(([name]) => name),
    adopt,
    createLogGroups,
    ...(logRetention === undefined ? {} : { logRetention }),
  };
}

/** Says what a plan changes, where it changes anything that runs or ran. */
export function tellDifference({ emit }: Session, plan: Plan, task: Task): void {
  if (!hasChanges(plan) || plan.difference === undefined) return;
  const difference = shownDifference(plan.difference, task);
  if (difference.changes.length === 0 && !difference.settingsChanged) return;
  emit({ code: 'plan/difference', level: 'info', data: difference });
}
