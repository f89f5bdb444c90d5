import type { Tag } from '../../fargate/task-definition.ts';

/** Secrets Manager, or the Parameter Store of Systems Manager. */
export type SecretStoreKind = 'secrets-manager' | 'ssm';

/** What the deployer asks of a store of secrets. Every method may throw an `AwsError`. */
export interface SecretStore {
  /** A secret by its name; undefined where there is none. */
  read(name: string): Promise<StoredSecret | undefined>;
  /** The KMS keys that secrets are encrypted with, by the ARNs or names of these, as the store names them. */
  keys(secrets: readonly string[]): Promise<readonly string[]>;
  /** Makes a secret and gives its ARN. `key` is the KMS key that encrypts it; none: AWS's own. */
  create(
    name: string,
    value: string,
    options: { readonly key?: string; readonly tags: readonly Tag[] },
  ): Promise<string>;
  /** Gives a secret another value, and gives its ARN. The former value stays as the former version. */
  update(name: string, value: string, options: { readonly key?: string }): Promise<string>;
  /** The names of all that carry these tags. */
  tagged(tags: readonly Tag[]): Promise<readonly string[]>;
  /** Deletes a secret for good, so that its name is free at once; one that is gone already is no error. */
  delete(name: string): Promise<void>;
}

export interface StoredSecret {
  readonly arn: string;
  readonly value: string;
}
