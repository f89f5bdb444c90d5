import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { LaunchSettings } from '../transformer/launch-settings.ts';
import type { NetworkSettings } from '../transformer/task.ts';
import { type LogGroup, taskId } from './account.ts';
import { type BalancerOperation, balancerSentence } from './balancer/operation.ts';
import type { WaitFor } from './desired.ts';
import type { Change } from './differences.ts';
import { type DiscoveryOperation, discoverySentence } from './discovery/operation.ts';
import { type RoleOperation, roleSentence } from './iam/operation.ts';
import { type ImageOperation, imageSentence } from './image/image-operation.ts';
import { type NetworkOperation, networkSentence } from './network/operation.ts';
import { type PurgeOperation, purgeSentence } from './purge/operation.ts';
import { type ScalingOperation, scalingSentence } from './scaling/operation.ts';
import { type SecretOperation, secretSentence } from './secret/secret-operation.ts';
import { type ServiceOperation, serviceSentence } from './service/operation.ts';
import type { LostVolume } from './storage.ts';

/** One step of a plan, with all that it takes to do it. */
export type Operation =
  | {
      readonly kind: 'create-cluster';
      readonly cluster: string;
      /** Those that tasks are to run on, where it is not the launch type. */
      readonly capacityProviders?: readonly string[];
    }
  | { readonly kind: 'adopt-tasks'; readonly tasks: readonly string[] }
  | {
      readonly kind: 'create-log-group';
      readonly group: LogGroup;
      /** For how many days it keeps what is in it, if the plan makes it; absent: for ever. */
      readonly retention?: number;
    }
  | {
      readonly kind: 'register-revision';
      readonly definition: TaskDefinition;
      /** What differs from the newest revision; nothing for a family's first one. */
      readonly changed: readonly Change[];
      /** The same content was registered before, and deregistered. */
      readonly again?: true;
    }
  | {
      readonly kind: 'run-tasks';
      readonly count: number;
      readonly definition: TaskDefinition;
      readonly network: NetworkSettings;
      readonly launch?: LaunchSettings | undefined;
      /** Whether tasks of the family may have run and stopped before. */
      readonly mayHaveRun: boolean;
    }
  | { readonly kind: 'wait'; readonly waitFor: WaitFor; readonly definition: TaskDefinition; readonly count: number }
  | {
      readonly kind: 'stop-tasks';
      readonly tasks: readonly string[];
      readonly why: StopWhy;
      /** Go on only when they have stopped. */
      readonly wait: boolean;
      /** The volumes with data that end with them. */
      readonly loses?: readonly LostVolume[];
    }
  | NetworkOperation
  | ServiceOperation
  | ScalingOperation
  | BalancerOperation
  | DiscoveryOperation
  | RoleOperation
  | ImageOperation
  | SecretOperation
  | PurgeOperation;

/** Why tasks are stopped: before or after others take their place, since there are too many, or by `down`. */
export type StopWhy = 'shares-storage' | 'stop-first' | 'replaced' | 'surplus' | 'down';

/** Said of one task, and of several. */
const becauseOf: Readonly<Record<StopWhy, readonly [one: string, several: string]>> = {
  'shares-storage': [
    ' first, since it writes to storage that outlives it',
    ' first, since they write to storage that outlives them',
  ],
  'stop-first': [' first, as --order says', ' first, as --order says'],
  replaced: [', which has been replaced', ', which have been replaced'],
  surplus: [', which is one too many', ', which are too many'],
  down: ['', ''],
};

/** Said of one task, and of several. */
const waiting: Readonly<Record<WaitFor, readonly [one: string, several: string]>> = {
  running: ['Wait until the task has run for 10 seconds', 'Wait until the tasks have run for 10 seconds'],
  healthy: ['Wait until the task is healthy', 'Wait until the tasks are healthy'],
  completed: ['Wait until the task has ended', 'Wait until the tasks have ended'],
  none: ['Do not wait', 'Do not wait'],
};

/** What an operation does, in a sentence without its full stop. */
export function sentenceOf(operation: Operation): string {
  switch (operation.kind) {
    case 'create-cluster':
      return `Create the cluster ${operation.cluster}, which costs nothing`;
    case 'create-log-group':
      return `Create the log group ${operation.group.name} unless it exists${operation.retention === undefined ? '' : `, and keep its logs for ${days(operation.retention)}`}`;
    case 'adopt-tasks':
      return `Adopt ${tasks(operation.tasks)}, which this project did not start`;
    case 'register-revision':
      if (operation.again) return `Register ${operation.definition.family} again, whose revision was deregistered`;
      return operation.changed.length === 0
        ? `Register the first revision of ${operation.definition.family}`
        : `Register a new revision of ${operation.definition.family}: ${listed(operation.changed.map(({ path }) => path))} changed`;
    case 'run-tasks':
      return `Run ${operation.count === 1 ? '1 task' : `${operation.count} tasks`} of ${operation.definition.family}`;
    case 'wait':
      return waiting[operation.waitFor][operation.count === 1 ? 0 : 1];
    case 'stop-tasks':
      return `Stop ${tasks(operation.tasks)}${becauseOf[operation.why][operation.tasks.length === 1 ? 0 : 1]}${losing(operation.loses ?? [])}`;
    case 'create-security-group':
    case 'authorize-ingress':
    case 'revoke-ingress':
    case 'delete-security-group':
      return networkSentence(operation);
    case 'create-role':
    case 'put-role-policy':
    case 'attach-role-policy':
    case 'detach-role-policy':
    case 'delete-role':
      return roleSentence(operation);
    case 'build-image':
    case 'create-repository':
    case 'put-lifecycle-policy':
    case 'log-in':
    case 'push-image':
      return imageSentence(operation);
    case 'create-secret':
    case 'update-secret':
      return secretSentence(operation);
    case 'register-scalable-target':
    case 'put-scaling-policy':
    case 'delete-scaling-policy':
    case 'put-scheduled-action':
    case 'delete-scheduled-action':
    case 'suspend-scaling':
    case 'resume-scaling':
    case 'deregister-scalable-target':
      return scalingSentence(operation);
    case 'create-target-group':
    case 'modify-target-group':
    case 'create-load-balancer':
    case 'set-subnets':
    case 'create-listener':
    case 'modify-listener':
    case 'delete-listener':
    case 'wait-load-balancer':
    case 'delete-load-balancer':
    case 'delete-target-group':
      return balancerSentence(operation);
    case 'create-namespace':
    case 'create-discovery-service':
    case 'update-discovery-service':
    case 'delete-discovery-service':
    case 'delete-namespace':
      return discoverySentence(operation);
    case 'delete-log-group':
    case 'delete-repository':
    case 'delete-secret':
    case 'delete-revisions':
    case 'delete-cluster':
      return purgeSentence(operation);
    default:
      return `${serviceSentence(operation)}${losing('loses' in operation ? (operation.loses ?? []) : [])}`;
  }
}

function tasks(arns: readonly string[]): string {
  return `${arns.length === 1 ? 'task' : 'tasks'} ${listed(arns.map(taskId))}`;
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

function losing(volumes: readonly LostVolume[]): string {
  return volumes.length === 0 ? '' : `: this loses ${listed(volumes.map(lostVolume))}`;
}

/** A lost volume in words: `volume db_data (3 h old)`. */
export function lostVolume({ volume, age }: LostVolume): string {
  return age === undefined ? `volume ${volume}` : `volume ${volume} (${inWords(age)} old)`;
}

/** Seconds in the largest unit of which there is one: `3 h`. */
function inWords(seconds: number): string {
  const [unit, length] = [['d', 86_400] as const, ['h', 3_600] as const, ['min', 60] as const].find(
    ([, one]) => seconds >= one,
  ) ?? ['s', 1];
  return `${Math.floor(seconds / length)} ${unit}`;
}

/** How many items a sentence names before it counts the rest. */
const named = 5;

function listed(items: readonly string[]): string {
  const rest = items.length - named;
  return rest > 0 ? `${items.slice(0, named).join(', ')} and ${rest} more` : items.join(', ');
}
