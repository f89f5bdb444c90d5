import type { PolicyDocument } from './policy.ts';

/** Whose role it is: that of ECS, for what it does around containers, or that of the containers themselves. */
export type RolePurpose = 'execution' | 'task';

/** One step of a plan for the roles of a project, with all that it takes to do it. */
export type RoleOperation =
  | {
      readonly kind: 'create-role';
      readonly role: string;
      readonly purpose: RolePurpose;
      /** Who may assume it. */
      readonly trust: PolicyDocument;
      /** One that allows nothing is not given to it. */
      readonly policy: PolicyDocument;
    }
  | {
      readonly kind: 'put-role-policy';
      readonly role: string;
      /** One that allows nothing is taken from it. */
      readonly policy: PolicyDocument;
      /** It allows less than before. */
      readonly narrows?: true;
    }
  | { readonly kind: 'attach-role-policy'; readonly role: string; readonly policyArn: string }
  | { readonly kind: 'detach-role-policy'; readonly role: string; readonly policyArn: string }
  /** With its policies. */
  | { readonly kind: 'delete-role'; readonly role: string };

const purposes: Readonly<Record<RolePurpose, string>> = {
  execution: 'with which ECS pulls images, reads secrets and writes logs for this project alone',
  task: 'which the containers of this project have',
};

/** What an operation does, in a sentence without its full stop. */
export function roleSentence(operation: RoleOperation): string {
  const { role } = operation;
  switch (operation.kind) {
    case 'create-role':
      return `Create the role ${role}, ${purposes[operation.purpose]}`;
    case 'put-role-policy':
      return operation.narrows
        ? `Take from the policy of the role ${role} what its tasks no longer need`
        : `Bring the policy of the role ${role} up to date`;
    case 'attach-role-policy':
      return `Attach the policy ${policyName(operation.policyArn)} to the role ${role}`;
    case 'detach-role-policy':
      return `Detach the policy ${policyName(operation.policyArn)} from the role ${role}`;
    case 'delete-role':
      return `Delete the role ${role}`;
  }
}

/** `AmazonS3ReadOnlyAccess` */
function policyName(policyArn: string): string {
  return policyArn.slice(policyArn.lastIndexOf('/') + 1);
}
