import { type Correction, correct, withoutItem, withoutMembers } from '../source/edit.ts';
import { type Related, type Source, samePlace, sourceText } from '../source/source.ts';
import type { Code, Correctable, Parameters } from './diagnostic.ts';
import type { Fix } from './fix.ts';

type Remedy<C extends Code> = (
  parameters: Parameters<C>,
  source: Source,
  related: readonly Related[],
) => Fix | undefined;

/**
 * The findings with a remedy that is certain: what Docker Compose does with the file stays the same, but for what the
 * finding says is wrong, and every reader would mend it so. All other remedies are somebody's decision.
 */
export const remedies: { readonly [C in Code]?: Remedy<C> } = {
  'yaml/key-not-string': (_, source) => quoted(source),
  'json/trailing-comma': (_, source) => ({ description: 'Remove the comma.', edits: [{ source, text: '' }] }),

  'compose/unknown-key': correction,
  'compose/not-allowed': correction,
  'compose/boolean-word': ({ text, value }, source) => replaced(source, { written: text, meant: value }),
  'compose/duplicate-item': (_, source, [first]) => withoutRepetition(source, first?.source),
  'compose/key-space': ({ key }, source) => replaced(source, { written: key, meant: key.trimEnd() }),
  // A longer number may be meant as milliseconds.
  'compose/duration-syntax': ({ text }, source) =>
    /^\d{1,3}$/.test(text) ? replaced(source, { written: text, meant: `${text}s` }) : undefined,

  'params/unknown-key': correction,
  'params/invalid-value': (parameters, source) =>
    parameters.plain === undefined ? correction(parameters, source) : plain(source, parameters.plain),
  'params/network-mode': ({ mode }, source) => replaced(source, { written: mode, meant: 'awsvpc' }),

  // A smaller number may be meant as GiB.
  'transform/memory-too-small': ({ bytes, suggestion }, source) =>
    bytes >= 100 && suggestion !== undefined ? replaced(source, { written: `${bytes}`, meant: suggestion }) : undefined,
  'transform/restart-unknown': correction,

  'fargate/type': correction,
  'fargate/unknown-member': correction,
  'fargate/enum': correction,
  'fargate/unknown-log-option': correction,
  'fargate/host-port': ({ host, container }, source) => replaced(source, { written: `${host}`, meant: `${container}` }),
  'fargate/response-members': ({ members }, source, related) => {
    const edits = withoutMembers([source, ...related.map((one) => one.source)]);
    return edits && { description: `Remove ${members}.`, edits };
  },
};

/** The remedy of a finding that knows what is meant. */
function correction(parameters: Correctable, source: Source): Fix | undefined {
  return parameters.correction && replaced(source, parameters.correction);
}

function replaced(source: Source, { written, meant }: Correction): Fix | undefined {
  const edit = correct(source, { written, meant });
  return edit && { description: `Replace ${written} with ${meant}.`, edits: [edit] };
}

/** The value without the quotes around it; not where a variable or an alias made it. */
function plain(source: Source, meant: string): Fix | undefined {
  const written = sourceText(source);
  if (!/^(["']?)[\w+-]+\1$/.test(written)) return undefined;
  return { description: `Replace ${written} with ${meant}.`, edits: [{ source, text: meant }] };
}

function quoted(source: Source): Fix | undefined {
  const text = sourceText(source);
  if (!/^[-+.\w]+$/.test(text)) return undefined;
  return { description: 'Put the key in quotes.', edits: [{ source, text: `"${text}"` }] };
}

/** Takes an item out that is written as the first is, unless an alias or `extends` puts both at one place. */
function withoutRepetition(item: Source, first: Source | undefined): Fix | undefined {
  if (first?.file !== item.file || samePlace(item, first) || sourceText(item) !== sourceText(first)) return undefined;
  const edit = withoutItem(item);
  return edit && { description: 'Remove the second item.', edits: [edit] };
}
