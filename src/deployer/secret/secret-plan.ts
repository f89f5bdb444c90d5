import type { Tag } from '../../fargate/task-definition.ts';
import type { Account } from '../account.ts';
import type { Plan } from '../plan.ts';
import type { SecretOperation } from './secret-operation.ts';
import type { SecretStoreKind } from './secret-store.ts';

/** A secret as it shall be. */
export interface SecretValue {
  /** Its name, or the ARN of one that is there. */
  readonly name: string;
  readonly value: string;
  /** The KMS key that encrypts it; none: that of before, else AWS's own. */
  readonly key?: string;
  /** Of one that is made, beside the project's own. */
  readonly tags?: readonly Tag[];
}

/** The name of a variable's secret. A parameter whose name has parts begins with a slash. */
export function secretName(store: SecretStoreKind, project: string, variable: string): string {
  return `${store === 'ssm' ? '/' : ''}${project}/${variable}`;
}

/** The plan that writes what is missing or other than it shall be, and the ARNs of what is there, by name. */
export async function planSecrets(
  account: Account,
  kind: SecretStoreKind,
  secrets: readonly SecretValue[],
): Promise<{ readonly plan: Plan; readonly arns: ReadonlyMap<string, string> }> {
  const store = await account.secretStore(kind);
  const operations: SecretOperation[] = [];
  const arns = new Map<string, string>();
  for (const secret of secrets) {
    const { name, value } = secret;
    const stored = await store.read(name);
    if (stored !== undefined) arns.set(name, stored.arn);
    if (stored?.value === value) continue;
    operations.push({ kind: stored === undefined ? 'create-secret' : 'update-secret', store: kind, ...secret });
  }
  return { plan: { operations, kept: [] }, arns };
}
