import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { LaunchSettings } from '../transformer/launch-settings.ts';
import type { NetworkSettings } from '../transformer/task.ts';
import { type LogGroup, taskId } from './account.ts';
import type { WaitFor } from './desired.ts';
import { type ServiceOperation, serviceSentence } from './service/operation.ts';

/** One step of a plan, with all that it takes to do it. */
export type Operation =
  | { readonly kind: 'create-cluster'; readonly cluster: string }
  | { readonly kind: 'create-log-group'; readonly group: LogGroup }
  | {
      readonly kind: 'register-revision';
      readonly definition: TaskDefinition;
      /** The paths at which it differs from the newest revision; none for a family's first one. */
      readonly changed: readonly string[];
    }
  | {
      readonly kind: 'run-tasks';
      readonly count: number;
      readonly definition: TaskDefinition;
      readonly network: NetworkSettings;
      readonly launch?: LaunchSettings | undefined;
      /** Whether the published ports will be looked up in the security groups, which must then exist. */
      readonly publishes: boolean;
      /** Whether tasks of the family may have run and stopped before. */
      readonly mayHaveRun: boolean;
    }
  | { readonly kind: 'wait'; readonly waitFor: WaitFor; readonly definition: TaskDefinition }
  | {
      readonly kind: 'stop-tasks';
      readonly tasks: readonly string[];
      readonly why: StopWhy;
      /** Go on only when they have stopped. */
      readonly wait: boolean;
    }
  | ServiceOperation;

/** Why tasks are stopped: before or after others take their place, since there are too many, or by `down`. */
export type StopWhy = 'shares-storage' | 'replaced' | 'surplus' | 'down';

const becauseOf: Readonly<Record<StopWhy, string>> = {
  'shares-storage': ' first, since it writes to storage that outlives it',
  replaced: ', which has been replaced',
  surplus: ', which is one too many',
  down: '',
};

const waiting: Readonly<Record<WaitFor, string>> = {
  running: 'Wait until the task has run for 10 seconds',
  healthy: 'Wait until the task is healthy',
  completed: 'Wait until the task has ended',
  none: 'Do not wait',
};

/** What an operation does, in a sentence without its full stop. */
export function sentenceOf(operation: Operation): string {
  switch (operation.kind) {
    case 'create-cluster':
      return `Create the cluster ${operation.cluster}, which costs nothing`;
    case 'create-log-group':
      return `Create the log group ${operation.group.name} unless it exists`;
    case 'register-revision':
      return operation.changed.length === 0
        ? `Register the first revision of ${operation.definition.family}`
        : `Register a new revision of ${operation.definition.family}: ${listed(operation.changed)} changed`;
    case 'run-tasks':
      return `Run ${operation.count === 1 ? '1 task' : `${operation.count} tasks`} of ${operation.definition.family}`;
    case 'wait':
      return waiting[operation.waitFor];
    case 'stop-tasks':
      return `Stop ${operation.tasks.length === 1 ? 'task' : 'tasks'} ${listed(operation.tasks.map(taskId))}${becauseOf[operation.why]}`;
    default:
      return serviceSentence(operation);
  }
}

/** How many items a sentence names before it counts the rest. */
const named = 5;

function listed(items: readonly string[]): string {
  const rest = items.length - named;
  return rest > 0 ? `${items.slice(0, named).join(', ')} and ${rest} more` : items.join(', ');
}
