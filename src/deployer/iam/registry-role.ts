import { partitionOf } from '../../fargate/partition.ts';
import type { Account } from '../account.ts';
import { hasProjectTag } from '../ownership.ts';
import type { RoleOperation } from './operation.ts';
import { ownPolicy, placeOfRole, planRole } from './own-role.ts';
import type { Place } from './place.ts';
import { type PolicyDocument, policy } from './policy.ts';
import { decrypting, managedSecret, readingSecrets } from './secret-access.ts';
import { keysOfSecrets } from './secret-keys.ts';

/** A secret with a login, and the KMS key that it is encrypted with, if the files name one. */
export interface RegistrySecret {
  /** Its name or ARN. */
  readonly secret: string;
  readonly key?: string | undefined;
}

/** What is to be done that an execution role may read the secrets of registries. */
export interface RegistryRole {
  readonly operations: readonly RoleOperation[];
  /** What somebody else's role must have: it is not changed. */
  readonly foreign?: {
    /** Managed policies that it lacks. */
    readonly lacks: readonly string[];
    readonly policy: PolicyDocument;
  };
}

/** AWS's own policy for execution roles: pull any image of ECR, write any log. */
export function executionRolePolicy({ region }: Pick<Place, 'region'>): string {
  return `arn:${partitionOf(region)}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`;
}

/**
 * The plan for the execution role that `registry-creds up` is given: one that is not there is made, with AWS's policy
 * for such roles and one for these secrets; one that the project made is brought up to date. Sources: ECS CLI Reference,
 * "ecs-cli registry-creds up"; ECS Developer Guide, "Using non-AWS container images in Amazon ECS".
 */
export async function planRegistryRole(
  account: Account,
  role: string,
  secrets: readonly RegistrySecret[],
  where: { readonly project: string; readonly cluster: string; readonly region: string },
): Promise<RegistryRole> {
  const roles = await account.roles();
  const state = await roles.role(role, ownPolicy);
  const place = await placeOfRole(account, where, state);
  const reference = ({ secret }: RegistrySecret) => managedSecret(secret, place);
  const unsaid = secrets.filter(({ key }) => key === undefined).map(reference);
  const keys = [...secrets.flatMap(({ key }) => key ?? []), ...(await keysOfSecrets(account, unsaid, place))];
  const document = policy([
    ...readingSecrets(secrets.map(reference)),
    ...decrypting([...new Set(keys)], ['secretsmanager'], place),
  ]);
  const managed = [executionRolePolicy(place)];
  const attached = state === undefined ? [] : await roles.attachedPolicies(role);
  if (state !== undefined && !hasProjectTag(state.tags, where.project)) {
    const lacks = managed.filter((policyArn) => !attached.includes(policyArn));
    return { operations: [], foreign: { lacks, policy: document } };
  }
  const desired = { role, purpose: 'execution', policy: document, managed } as const;
  return { operations: planRole(desired, { state, attached, place }) };
}
