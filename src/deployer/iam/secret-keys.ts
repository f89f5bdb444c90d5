import type { Account } from '../account.ts';
import type { SecretStoreKind } from '../secret/secret-store.ts';
import { arnIn, type Place } from './place.ts';
import { type SecretReference, unknownEnd } from './secret-access.ts';

const stores: Readonly<Record<SecretReference['service'], SecretStoreKind>> = {
  secretsmanager: 'secrets-manager',
  ssm: 'ssm',
};

/**
 * The KMS keys that secrets are encrypted with, as their stores name them. What is in another account or region is not
 * asked for: its key is not ours to know.
 */
export async function keysOfSecrets(
  account: Account,
  references: readonly SecretReference[],
  place: Place,
): Promise<readonly string[]> {
  const services = Object.keys(stores) as readonly SecretReference['service'][];
  const keys = services.map(async (service) => {
    const here = arnIn(place, service, '');
    const names = references
      .filter((one) => one.service === service && one.arn.startsWith(here))
      .map(({ arn }) => nameOf(arn));
    return names.length === 0 ? [] : (await account.secretStore(stores[service])).keys([...new Set(names)]);
  });
  return [...new Set((await Promise.all(keys)).flat())];
}

/** The ARN, or the name of a secret whose ARN is not wholly known. */
function nameOf(arn: string): string {
  return arn.endsWith(unknownEnd) ? arn.slice(0, -unknownEnd.length).replace(/^.*:secret:/, '') : arn;
}
