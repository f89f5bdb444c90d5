import { arnIn, type Place } from './place.ts';
import { allow, type Condition, type Statement } from './policy.ts';

/** What a secret is read from. */
export interface SecretReference {
  readonly service: 'ssm' | 'secretsmanager';
  readonly arn: string;
}

/** A parameter by its name or ARN, or a secret by its ARN, which may go on with a key, a stage and a version. */
export function secretReference(valueFrom: string, place: Place): SecretReference {
  const [secret] = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+/.exec(valueFrom) ?? [];
  if (secret !== undefined) return managedSecret(secret, place);
  const name = valueFrom.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter/, '');
  // Parameter Store hands on secrets of Secrets Manager under this name, and asks for the right to them.
  const [, shared] = /^\/?aws\/reference\/secretsmanager\/(.+)$/.exec(name) ?? [];
  if (shared !== undefined) return managedSecret(shared, place);
  const arn = valueFrom.startsWith('arn:') ? valueFrom : arnIn(place, 'ssm', `parameter/${name.replace(/^\//, '')}`);
  return { service: 'ssm', arn };
}

/** What stands for the end of an ARN that is not known. */
export const unknownEnd = '-??????';

/** A secret by its name or ARN. Secrets Manager ends the ARN in six characters of its own choice, here any if unknown. */
export function managedSecret(secret: string, place: Place): SecretReference {
  const isArn = secret.startsWith('arn:');
  const arn = isArn ? secret : arnIn(place, 'secretsmanager', `secret:${secret}`);
  const isWhole = isArn && /-[A-Za-z0-9]{6}$/.test(arn);
  return { service: 'secretsmanager', arn: isWhole ? arn : `${arn}${unknownEnd}` };
}

/** The statements that allow to read secrets. */
export function readingSecrets(references: readonly SecretReference[]): readonly Statement[] {
  const from = (service: SecretReference['service']) =>
    references.filter((one) => one.service === service).map(({ arn }) => arn);
  return [
    ...allow('ReadParameters', ['ssm:GetParameters'], from('ssm')),
    ...allow('ReadSecrets', ['secretsmanager:GetSecretValue'], from('secretsmanager')),
  ];
}

/**
 * The statements that allow to decrypt with KMS keys of the customer's own, each given as an ARN, an id or an alias, and
 * only where these services ask for it. Whoever may read a secret needs no right to AWS's own keys. Sources: KMS
 * Developer Guide, "Using aliases to control access to KMS keys", `kms:ViaService`, "AWS managed keys".
 */
export function decrypting(
  keys: readonly string[],
  services: readonly (SecretReference['service'] | 's3')[],
  place: Place,
): readonly Statement[] {
  const own = keys.filter((key) => !/(?:^|:)alias\/aws\//.test(key));
  const aliases = own.flatMap((key) => /(?:^|:)(alias\/.+)$/.exec(key)?.[1] ?? []);
  const arns = own
    .filter((key) => !/(?:^|:)alias\//.test(key))
    .map((key) => (key.startsWith('arn:') ? key : arnIn(place, 'kms', `key/${key}`)));
  const anyKey = aliases.length === 0 ? [] : [arnIn(place, 'kms', 'key/*')];
  const named = { 'kms:ResourceAliases': [...new Set(aliases)] };
  return [
    ...allow('DecryptSecrets', ['kms:Decrypt'], arns, through(services)),
    ...allow('DecryptSecretsByAlias', ['kms:Decrypt'], anyKey, {
      ...through(services),
      'ForAnyValue:StringEquals': named,
    }),
  ];
}

/** The condition that these services ask, and nobody else. */
export function through(services: readonly (SecretReference['service'] | 's3')[]): Condition {
  return { StringLike: { 'kms:ViaService': [...new Set(services)].map((service) => `${service}.*.amazonaws.com*`) } };
}
