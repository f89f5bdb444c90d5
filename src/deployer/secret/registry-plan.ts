import type { Tag } from '../../fargate/task-definition.ts';
import type { RegistryLogin } from '../../parser/registry-creds/logins.ts';
import type { Account } from '../account.ts';
import type { Plan } from '../plan.ts';
import { planSecrets, type SecretValue } from './secret-plan.ts';

export interface RegistryPlanOptions {
  readonly project: string;
  /** Give secrets that are there already the login. */
  readonly update: boolean;
  /** Of the secrets that are made, beside the project's own. */
  readonly tags: readonly Tag[];
}

export interface RegistryPlan {
  readonly plan: Plan;
  /** The ARNs of the secrets that are there, by their names. */
  readonly arns: ReadonlyMap<string, string>;
  /** The secrets that hold another login and are left as they are. */
  readonly kept: readonly string[];
  /** The ARNs behind which there is no secret. */
  readonly missing: readonly string[];
}

/** The secret of a login: the one whose ARN is given, else one of the project, in letters that Secrets Manager takes. */
export function registrySecret({ arn, registry }: RegistryLogin, project: string): string {
  return arn ?? `${project}/registry/${registry.replace(/[^\w/+=.@-]/g, '-')}`;
}

/**
 * The plan that keeps logins in Secrets Manager, in the form that ECS reads. A secret that is there already is changed
 * only where that is asked for: others may use it.
 * Source: ECS Developer Guide, "Using non-AWS container images in Amazon ECS".
 */
export async function planRegistryLogins(
  account: Account,
  logins: readonly RegistryLogin[],
  { project, update, tags }: RegistryPlanOptions,
): Promise<RegistryPlan> {
  const secrets = logins.flatMap((one): SecretValue[] => {
    if (one.login === undefined) return [];
    const { username, password } = one.login;
    const value = JSON.stringify({ username, password });
    return [{ name: registrySecret(one, project), value, tags, ...(one.key === undefined ? {} : { key: one.key }) }];
  });
  const { plan, arns } = await planSecrets(account, 'secrets-manager', secrets);
  const changes = plan.operations.filter((one) => one.kind === 'update-secret').map(({ name }) => name);
  const given = new Set(logins.map(({ arn }) => arn));
  const kept = update ? [] : changes;
  return {
    plan: { ...plan, operations: plan.operations.filter((one) => !('name' in one && kept.includes(one.name))) },
    arns,
    kept,
    missing: secrets.flatMap(({ name }) => (given.has(name) && !arns.has(name) ? [name] : [])),
  };
}
