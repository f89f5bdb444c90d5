import { createHash } from 'node:crypto';
import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { LaunchSettings } from '../transformer/launch-settings.ts';
import type { NetworkSettings } from '../transformer/task.ts';
import { normalForm } from './normal-form.ts';

/** What a RunTask call is for; two calls for the same get the same tasks, whoever makes them and whenever. */
export interface RunPurpose {
  readonly cluster: string;
  readonly definition: TaskDefinition;
  readonly network: NetworkSettings;
  readonly launch?: LaunchSettings | undefined;
  /** How many tasks it is to start. */
  readonly count: number;
  /** Which of a plan's calls it is, from 0. */
  readonly ordinal: number;
  /** The project's tasks that were there before it, the stopped ones included. */
  readonly observed: readonly string[];
  /** Counts the tokens that turned out to belong to tasks stopped long ago, from 0. */
  readonly attempt: number;
}

/**
 * The client token of a RunTask call: a hash of its purpose. The content of the definition counts, not the number of
 * its revision, so that two `up` at once agree; the tasks observed count, since AWS remembers a token for a day and
 * would hand back a task that has stopped since. 64 characters, which is the most that ECS takes.
 */
export function clientToken(run: RunPurpose): string {
  const { cluster, definition, network, launch = {}, count, ordinal, observed, attempt } = run;
  const purpose = [
    cluster,
    definition.family,
    normalForm(definition),
    [network.subnets ?? [], network.securityGroups ?? [], network.assignPublicIp ?? ''],
    launch,
    count,
    ordinal,
    observed.toSorted(),
    attempt,
  ];
  return createHash('sha256').update(JSON.stringify(purpose)).digest('hex');
}
