import { ACCOUNT_ID, CALLER } from '../identifiers.ts';
import type { Operation } from './operation.ts';

export const identityOperations: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: {
    answer: () => ({ Arn: CALLER, UserId: 'AIDASIMULATEDUSER0000', Account: ACCOUNT_ID }),
  },
};
