export interface Secret {
  readonly ARN: string;
  readonly Name: string;
  readonly createdAt: number;
  /** Since when it waits for its deletion. */
  deletedAt?: number;
  KmsKeyId?: string;
  Tags: readonly { readonly Key: string; readonly Value: string }[];
  /** The newest last. */
  versions: readonly { readonly VersionId: string; readonly SecretString: string; readonly createdAt: number }[];
}

export interface Parameter {
  readonly ARN: string;
  readonly Name: string;
  Type: string;
  Value: string;
  Version: number;
  KeyId?: string;
  changedAt: number;
  Tags: readonly { readonly Key: string; readonly Value: string }[];
}
