import { resolve } from 'pathe';
import { differences, hasChanges } from '../../deployer.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { TaskDefinition } from '../../fargate/task-definition.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { rendererFor } from '../render/renderer.ts';
import type { OnlineContext, PlanOptions } from './context.ts';
import { shownChanges } from './difference.ts';
import { inCluster } from './in-cluster.ts';
import { tellClosedPorts, tellRegistry } from './network.ts';
import { formatDifference, formatPlan } from './plan-text.ts';
import { findPlan, isRefusedByFiles } from './planning.ts';
import { missingTaskRole } from './roles.ts';
import { inSession } from './session.ts';

type Offline = typeof import('../offline.ts');

/** `plan`: prints what `up` would do, and does nothing. */
export async function plan(given: OnlineContext, options: PlanOptions): Promise<ExitCode> {
  if (await isRefusedByFiles(given, options)) return exitCode.findings;
  if (options.against !== undefined) return compareWith(options.against, given, options);
  return inSession(given, async (session) => {
    const context = await inCluster(given, session);
    const found = await findPlan(context, session, options);
    tellRegistry(session, found.desired.task, found.observed.network, found.plan);
    tellClosedPorts(session, found.plan);
    const code = options.exitCode && hasChanges(found.plan) ? exitCode.changes : exitCode.done;
    return { code, result: formatPlan(found.plan, found.desired.task, context, session) };
  });
}

/** Compares with the definition in a file, for which nobody asks AWS. */
async function compareWith(path: string, context: OnlineContext, options: PlanOptions): Promise<ExitCode> {
  const { printFindings, readTaskDefinition }: Offline = await import('../offline.ts');
  const { io, task } = context;
  printFindings(io, missingTaskRole(context), context.options);
  const found: Diagnostic[] = [];
  const file = readTaskDefinition(io.host, resolve(io.host.cwd, path), (one) => found.push(one));
  printFindings(io, found, context.options);
  if (file === undefined) return exitCode.findings;
  const before = file.definition;
  if (!isTaskDefinition(before)) {
    const renderer = rendererFor(io, context.options);
    renderer.show({ code: 'plan/no-definition', level: 'error', data: { file: path } });
    await renderer.close();
    return exitCode.findings;
  }
  // DescribeTaskDefinition has the tags beside the definition, and only when it is asked for them.
  const { tags: _, ...after } = task.definition;
  const changes = shownChanges(differences(before, before.tags === undefined ? after : task.definition), task);
  const difference = { against: path, changes, settingsChanged: false, restartsTasks: true };
  io.out.write(formatDifference(difference, context));
  return options.exitCode && changes.length > 0 ? exitCode.changes : exitCode.done;
}

function isTaskDefinition(value: unknown): value is TaskDefinition {
  if (typeof value !== 'object' || value === null) return false;
  const { containerDefinitions } = value as Partial<TaskDefinition>;
  return Array.isArray(containerDefinitions) && containerDefinitions.every((one) => typeof one === 'object' && one);
}
