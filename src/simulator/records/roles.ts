/** A role that was made here; any other that a definition names is taken for one that was there before. */
export interface Role {
  readonly arn: string;
  readonly roleName: string;
  readonly createdAt: number;
  /** From when ECS can assume it, in milliseconds since 1970: what IAM makes is not seen everywhere at once. */
  readonly visibleAt: number;
  readonly assumeRolePolicyDocument: string;
  readonly description?: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** The inline policies, by name. */
  readonly policies: Map<string, string>;
  /** The ARNs of the managed policies. */
  readonly attached: Set<string>;
}
