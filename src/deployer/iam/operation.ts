import type { PolicyDocument } from './policy.ts';

/** One step of a plan for the roles of a project, with all that it takes to do it. */
export type RoleOperation =
  | {
      readonly kind: 'create-role';
      readonly role: string;
      /** Who may assume it. */
      readonly trust: PolicyDocument;
      readonly policy: PolicyDocument;
    }
  | { readonly kind: 'put-role-policy'; readonly role: string; readonly policy: PolicyDocument }
  | { readonly kind: 'delete-role'; readonly role: string };

/** What an operation does, in a sentence without its full stop. */
export function roleSentence(operation: RoleOperation): string {
  switch (operation.kind) {
    case 'create-role':
      return `Create the role ${operation.role}, with which ECS pulls images, reads secrets and writes logs for this project alone`;
    case 'put-role-policy':
      return `Bring the policy of the role ${operation.role} up to date`;
    case 'delete-role':
      return `Delete the role ${operation.role}`;
  }
}
