import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { ContainerConcern } from './context.ts';
import { isCredential } from './credentials.ts';

/** Warns, once for a service, of secrets among the variables that `environment` has set. */
export const plaintextSecrets: ContainerConcern = ({ service, fields }, { report }) => {
  const environment = child(service.node, 'environment');
  const isElsewhere = ({ file }: Source) => Number(file !== service.key.file);
  const found = (fields.get('environment') ?? [])
    .filter(({ name, value }) => isCredential(name, value))
    .map(({ name, value }) => {
      const node = child(environment, name);
      const isRewritten = node?.kind === 'scalar' && String(node.value) !== value;
      return { name, isRewritten, source: node?.source ?? service.key };
    })
    .sort((a, b) => isElsewhere(a.source) - isElsewhere(b.source) || a.source.start - b.source.start);
  const [first, ...others] = found;
  if (first === undefined) return;
  const words = {
    service: service.name,
    variables: found.map(({ name }) => name),
    rewritten: found.filter(({ isRewritten }) => isRewritten).map(({ name }) => name),
  };
  const related = others.map(({ name, source }) => ({ message: name, source }));
  report(diagnostic('secret/plaintext', words, first.source, related));
};
