import type { SecretValue } from './secret-plan.ts';
import type { SecretStoreKind } from './secret-store.ts';

/** A step that writes a secret. Its value stands in no sentence and in no event. */
export type SecretOperation = SecretWriting<'create-secret'> | SecretWriting<'update-secret'>;

interface SecretWriting<Kind> extends SecretValue {
  readonly kind: Kind;
  readonly store: SecretStoreKind;
}

/** What each store calls what it holds. */
const things: Readonly<Record<SecretStoreKind, string>> = { 'secrets-manager': 'secret', ssm: 'parameter' };

/** What an operation does, in a sentence without its full stop. */
export function secretSentence({ kind, store, name }: SecretOperation): string {
  return kind === 'create-secret'
    ? `Create the ${things[store]} ${name}`
    : `Give the ${things[store]} ${name} another value, and keep the former as its former version`;
}
