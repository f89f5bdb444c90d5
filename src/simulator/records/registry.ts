/** A repository of ECR. */
export interface Repository {
  readonly repositoryArn: string;
  readonly repositoryName: string;
  readonly repositoryUri: string;
  readonly createdAt: number;
  readonly imageTagMutability: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  lifecyclePolicyText?: string;
  /** By digest, the oldest first. */
  readonly images: Map<string, RegistryImage>;
}

export interface RegistryImage {
  readonly imageDigest: string;
  readonly imageManifest: string;
  readonly pushedAt: number;
  tags: readonly string[];
}
