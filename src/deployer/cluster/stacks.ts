import type { Tag } from '../../fargate/task-definition.ts';

/** What the deployer asks of CloudFormation. Every method may throw an `AwsError`. Times are milliseconds since 1970. */
export interface Stacks {
  /** The stack of a name or id; undefined where there is none. One that was deleted is found by its id alone. */
  stack(nameOrId: string): Promise<StackState | undefined>;
  /** Has CloudFormation work out what a template would change; gives the ids of the change set and its stack. */
  createChangeSet(request: ChangeSetRequest): Promise<{ readonly id: string; readonly stackId: string }>;
  changeSet(id: string): Promise<ChangeSetState>;
  /** `token` is carried by all events that come of it. */
  executeChangeSet(id: string, token: string): Promise<void>;
  deleteChangeSet(id: string): Promise<void>;
  resources(nameOrId: string): Promise<readonly StackResource[]>;
  /** The events of a stack that carry a token, the oldest first. */
  events(stackId: string, token: string): Promise<readonly StackEvent[]>;
  deleteStack(nameOrId: string, token: string): Promise<void>;
}

export interface StackState {
  readonly id: string;
  readonly name: string;
  /** Such as CREATE_COMPLETE. */
  readonly status: string;
  readonly statusReason?: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

export interface ChangeSetRequest {
  readonly stack: string;
  readonly name: string;
  /** Whether the stack is new. */
  readonly type: 'CREATE' | 'UPDATE';
  /** JSON. */
  readonly template: string;
  readonly tags: readonly Tag[];
}

export interface ChangeSetState {
  /** Such as CREATE_PENDING, CREATE_IN_PROGRESS, CREATE_COMPLETE, FAILED. */
  readonly status: string;
  readonly statusReason?: string;
  readonly changes: readonly ResourceChange[];
}

export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  /** Whether a modification makes the resource anew. */
  readonly replacement: 'always' | 'perhaps' | 'never';
  readonly logicalId: string;
  readonly type: string;
  /** Absent for one that is not made yet. */
  readonly physicalId?: string;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly status: string;
}

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly status: string;
  readonly reason?: string;
}

/** The resource type under which a stack tells of itself. */
export const stackType = 'AWS::CloudFormation::Stack';
