import type { ContainerContext, TaskContext } from './context.ts';
import { anonymousPulls } from './first-deployment/anonymous-pulls.ts';
import { buildPlatform } from './first-deployment/build-platform.ts';
import { healthProgram, startPeriod } from './first-deployment/health-checks.ts';
import { databaseCopies, memoryToStart, siteAddress } from './first-deployment/image-needs.ts';
import { debuggerPorts, unpublishedPorts } from './first-deployment/reachable-ports.ts';

const ofTask: readonly ((context: TaskContext) => void)[] = [anonymousPulls, buildPlatform];

/** `count` is how many tasks are to run. */
const ofContainer: readonly ((container: ContainerContext, context: TaskContext, count: number) => void)[] = [
  healthProgram,
  startPeriod,
  databaseCopies,
  memoryToStart,
  siteAddress,
  unpublishedPorts,
  debuggerPorts,
];

/** What works on a developer's machine, and then stops the first deployment or surprises after it. */
export function firstDeployment(context: TaskContext, count: number): void {
  for (const check of ofTask) check(context);
  for (const container of context.containers) for (const check of ofContainer) check(container, context, count);
}
