import type { Account } from '../account.ts';
import type { Plan } from '../plan.ts';
import type { SecretOperation } from './secret-operation.ts';
import type { SecretStoreKind } from './secret-store.ts';

/** A secret as it shall be. */
export interface SecretValue {
  readonly name: string;
  readonly value: string;
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
  key?: string,
): Promise<{ readonly plan: Plan; readonly arns: ReadonlyMap<string, string> }> {
  const store = await account.secretStore(kind);
  const operations: SecretOperation[] = [];
  const arns = new Map<string, string>();
  for (const { name, value } of secrets) {
    const stored = await store.read(name);
    if (stored !== undefined) arns.set(name, stored.arn);
    if (stored?.value === value) continue;
    const what = { store: kind, name, value, ...(key === undefined ? {} : { key }) };
    operations.push({ kind: stored === undefined ? 'create-secret' : 'update-secret', ...what });
  }
  return { plan: { operations, kept: [] }, arns };
}
