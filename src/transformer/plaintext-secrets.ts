import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Service } from '../parser/compose/project.ts';
import { child } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { isCredential } from './credentials.ts';

/** A secret that a service has as plain text. */
interface Plaintext {
  readonly service: Service;
  readonly name: string;
  readonly source: Source;
  /** The secret and where it is written, which is behind an alias its anchor: the same for services that share it. */
  readonly identity: string;
  readonly isRewritten: boolean;
}

/**
 * Warns of secrets among the variables that `environment` has set: once for the services that have them from the same
 * places, such as an anchor or an env file.
 */
export function plaintextSecrets({ containers, report }: TaskContext): void {
  const secrets = grouped(containers.flatMap(secretsOf), ({ identity }) => identity);
  const namesOf = (secret: readonly Plaintext[]) => secret.map(({ service }) => service.name);
  for (const shared of grouped(secrets, (secret) => JSON.stringify(namesOf(secret)))) {
    const [owner, ...others] = (shared[0] ?? []).map(({ service }) => service);
    const isElsewhere = ({ file }: Source) => Number(file !== owner?.key.file);
    const [first, ...more] = shared
      .flatMap((secret) => secret[0] ?? [])
      .sort((a, b) => isElsewhere(a.source) - isElsewhere(b.source) || a.source.start - b.source.start);
    if (owner === undefined || first === undefined) continue;
    const variables = [first, ...more].map(({ name }) => name);
    const isRewritten = (name: string) => shared.flat().some((one) => one.name === name && one.isRewritten);
    const words = {
      services: [owner, ...others].map(({ name }) => name),
      variables,
      rewritten: variables.filter(isRewritten),
    };
    const related = [
      ...more.map(({ name, source }) => ({ message: name, source })),
      ...others.map(({ name, key }) => ({ message: `service "${name}"`, source: key })),
    ];
    report(diagnostic('secret/plaintext', words, first.source, related));
  }
}

function secretsOf({ service, fields }: ContainerContext): readonly Plaintext[] {
  const environment = child(service.node, 'environment');
  return (fields.get('environment') ?? [])
    .filter(({ name, value }) => isCredential(name, value))
    .map(({ name, value }) => {
      const node = child(environment, name);
      const isRewritten = node?.kind === 'scalar' && String(node.value) !== value;
      const source = node?.source ?? service.key;
      const written = node?.related?.find((one) => one.source.file === source.file)?.source ?? source;
      const identity = JSON.stringify([name, value, written.file.path, written.start]);
      return { service, name, source, identity, isRewritten };
    });
}

/** Items of the same key together, in the order of the first of each. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
