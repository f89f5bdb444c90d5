import { ruleInWords } from './ingress.ts';
import type { InboundRule } from './network.ts';

/** One step of a plan for the project's own security groups: that of its tasks, and that of its load balancer. */
export type NetworkOperation =
  | {
      readonly kind: 'create-security-group';
      readonly vpc: string;
      readonly name: string;
      /** Absent: of the tasks. */
      readonly of?: 'load-balancer';
    }
  | {
      readonly kind: 'authorize-ingress';
      readonly name: string;
      /** Its id; absent for the group that the plan has made. */
      readonly group?: string;
      /** Absent: the group of the tasks. */
      readonly of?: 'load-balancer';
      readonly rules: readonly InboundRule[];
    }
  | {
      readonly kind: 'revoke-ingress';
      readonly name: string;
      readonly group: string;
      readonly rules: readonly InboundRule[];
    }
  | { readonly kind: 'delete-security-group'; readonly name: string; readonly group: string };

/** What an operation does, in a sentence without its full stop. */
export function networkSentence(operation: NetworkOperation): string {
  const { name } = operation;
  switch (operation.kind) {
    case 'create-security-group':
      return `Create the security group ${name} in ${operation.vpc}, which costs nothing`;
    case 'authorize-ingress':
      return `Open ${operation.rules.map(ruleInWords).join(', ')} in the security group ${name}`;
    case 'revoke-ingress':
      return `Close ${operation.rules.map(ruleInWords).join(', ')} in the security group ${name}`;
    case 'delete-security-group':
      return `Delete the security group ${name}`;
  }
}
