import type { Tag } from '../../fargate/task-definition.ts';
import type { StackTemplate } from '../stack-template.ts';

/** A stack of CloudFormation. All that becomes of it is known when a call begins it: it is told as time passes. */
export interface StackRecord {
  /** Its ARN, which tells it from deleted ones of the same name. */
  readonly stackId: string;
  readonly stackName: string;
  readonly region: string;
  readonly createdAt: number;
  /** What it was last told to become; absent until a change set is executed. */
  template?: StackTemplate;
  tags: readonly Tag[];
  /** The oldest first; those of the future among them. */
  story: readonly StackEvent[];
  readonly changeSets: Map<string, ChangeSet>;
}

/** Something that happens to a stack or one of its resources. */
export interface StackEvent {
  readonly at: number;
  readonly logicalId: string;
  readonly type: string;
  /** Empty while nothing is made. */
  readonly physicalId: string;
  readonly status: string;
  readonly reason?: string;
  readonly token?: string;
  /** What it does to the rest of the account, until that is done. */
  effect?: 'create' | 'delete';
}

export interface ChangeSet {
  readonly changeSetId: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly createdAt: number;
  /** When CloudFormation has worked it out. */
  readonly readyAt: number;
  readonly template: StackTemplate;
  readonly tags: readonly Tag[];
  readonly changes: readonly StackChange[];
}

export interface StackChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  /** Empty for what is not made yet. */
  readonly physicalId: string;
  readonly replacement: 'True' | 'Conditional' | 'False';
}
