import type { Constraint } from './member.ts';

/** Constraints that several members share. Sources: ECS API Reference, the members' own pages. */

/** Names of families, containers and volumes. */
export function resourceName(awsPattern?: string): readonly Constraint[] {
  return [
    { kind: 'length', maximum: 255, of: 'characters' },
    {
      kind: 'pattern',
      pattern: /^[A-Za-z0-9_-]*$/,
      form: 'letters, digits, hyphens and underscores',
      ...(awsPattern === undefined ? {} : { aws: awsPattern }),
    },
  ];
}

export function between(minimum: number, maximum: number, unit?: string): Constraint {
  return { kind: 'range', minimum, maximum, ...(unit === undefined ? {} : { unit }) };
}

export function oneOf(values: readonly string[], notOnFargate: readonly string[] = [], aws?: string): Constraint {
  return { kind: 'values', values, notOnFargate, ...(aws === undefined ? {} : { aws }) };
}

export const absolutePath: Constraint = {
  kind: 'pattern',
  pattern: /^(?:\/|[A-Za-z]:[\\/])/,
  form: 'an absolute path',
};

/**
 * What can be pulled: `[HOST[:PORT]/]NAME[/NAME…][:TAG][@DIGEST]`. ECS registers others too, and their tasks do not start.
 * Source: the reference grammar of github.com/distribution/reference.
 */
export const imageReference: Constraint = {
  kind: 'pattern',
  pattern:
    /^(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|__?|-+|\/)[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-fA-F]{64})?$/,
  form: 'a name in lower case, with at most a registry before it, and a tag that is not empty after it',
};

/** The name of a role, or its ARN. Source: IAM API Reference, role names; any partition. */
export const role: Constraint = {
  kind: 'pattern',
  pattern: /^(?:arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+|[\w+=,.@-]{1,64})$/,
  form: 'the name of a role, or an ARN such as arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
};

/**
 * What a secret may be read from: the name or ARN of an SSM parameter, or the ARN of a Secrets Manager secret,
 * optionally with `:JSON-KEY:STAGE:VERSION-ID`, of which stage and id exclude each other.
 * Source: ECS Developer Guide, "Specifying sensitive data using Secrets Manager secrets"; API Reference, Secret.
 */
export const secretReference: Constraint = {
  kind: 'pattern',
  pattern:
    /^(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[^:]+(?::[^:]*:(?:[^:]*:|:[^:]*))?|arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter\/.+|(?!arn:)[\w./-]+)$/,
  form: 'the name or ARN of an SSM parameter, or the ARN of a secret with, if need be, all of :JSON-KEY:VERSION-STAGE:VERSION-ID (empty ones keep their colons, and stage and id exclude each other)',
};
