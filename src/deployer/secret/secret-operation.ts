import type { SecretStoreKind } from './secret-store.ts';

/** A step that writes a secret. Its value stands in no sentence and in no event. */
export type SecretOperation = SecretWriting<'create-secret'> | SecretWriting<'update-secret'>;

interface SecretWriting<Kind> {
  readonly kind: Kind;
  readonly store: SecretStoreKind;
  readonly name: string;
  readonly value: string;
  /** The KMS key that encrypts it; none: that of before, else AWS's own. */
  readonly key?: string;
}

/** What each store calls what it holds. */
const things: Readonly<Record<SecretStoreKind, string>> = { 'secrets-manager': 'secret', ssm: 'parameter' };

/** What an operation does, in a sentence without its full stop. */
export function secretSentence({ kind, store, name }: SecretOperation): string {
  return kind === 'create-secret'
    ? `Create the ${things[store]} ${name}`
    : `Give the ${things[store]} ${name} another value, and keep the former as its former version`;
}
