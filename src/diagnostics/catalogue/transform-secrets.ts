import type { Words } from '../diagnostic.ts';

/** Where the value of a Compose secret is. */
export type SecretPlace =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'aws'; readonly valueFrom: string }
  | { readonly kind: 'elsewhere' };

/** Findings about secrets, and variables without a value. Sources of the facts: docs/compose.md. */
export const transformSecretsCatalogue = {
  'transform/secret-variable': {
    severity: 'info',
    say: (p: { service: string; key: string; variable: string; secret: string }): Words => ({
      message: `${p.key} of service "${p.service}" became ${p.variable}, which holds the secret "${p.secret}" itself: ECS gives secrets as environment variables, not as files.`,
    }),
  },
  'transform/secret-file': {
    severity: 'error',
    say: (p: { service: string; secret: string; variable: string; kept: SecretPlace }): Words => ({
      message: `Service "${p.service}" reads the secret "${p.secret}" as a file; ECS gives secrets as environment variables only, from Secrets Manager or SSM.`,
      help: `${storing(p.secret, p.kept)} in ecs-params.yml:\ntask_definition:\n  services:\n    ${p.service}:\n      secrets:\n        - name: ${p.variable}\n          value_from: ${p.kept.kind === 'aws' ? p.kept.valueFrom : 'arn:aws:secretsmanager:…'}`,
    }),
  },
  'transform/secret-not-a-file': {
    severity: 'warning',
    say: (p: { service: string; secret: string; variable: string; path: string }): Words => ({
      message: `Service "${p.service}" gets the secret "${p.secret}" as the variable ${p.variable}; there is no file ${p.path}.`,
      help: `See that it reads ${p.variable}.`,
    }),
  },
  'transform/variable-unset': {
    severity: 'info',
    say: (p: { service: string; name: string }): Words => ({
      message: `${p.name} of service "${p.service}" is not set: the file gives it no value, and neither does the environment.`,
    }),
  },
} as const;

/** The command that stores a secret, and what is to be named then. */
function storing(secret: string, kept: SecretPlace): string {
  if (kept.kind === 'aws') return 'Name the variable that the service can read it from';
  if (kept.kind === 'elsewhere') return 'Store it in Secrets Manager and name its ARN';
  const create = `aws secretsmanager create-secret --name ${secret} --secret-string file://`;
  // Not as an argument, which everybody on the machine may read.
  const command = kept.kind === 'file' ? `${create}${kept.path}` : `printf %s "$${kept.name}" | ${create}/dev/stdin`;
  return `Store it: ${command}\nand name its ARN`;
}
