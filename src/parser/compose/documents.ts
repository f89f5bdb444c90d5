import { diagnostic } from '../../diagnostics/diagnostic.ts';
import type { MappingNode, Node } from '../../source/node.ts';
import { readSource, readStandardInput } from '../../source/read.ts';
import type { Source } from '../../source/source.ts';
import { parseYaml } from '../../source/yaml.ts';
import { castScalars } from './casts.ts';
import { interpolate } from './interpolation.ts';
import type { Loading, ParsedFile } from './loading.ts';

/**
 * The documents of a Compose file as they are written; none after reporting why. `-` is standard input. A file that
 * holds nothing has none either, and no finding: beside others it does no harm.
 */
export function parseDocuments(path: string, loading: Loading, from?: Source): readonly MappingNode[] {
  const known = loading.files.get(path);
  const parsed = known ?? parse(path, loading, from);
  if (parsed === undefined) return [];
  loading.files.set(path, parsed);
  return parsed.documents.filter((node) => node.kind === 'mapping');
}

function parse(path: string, { host, report }: Loading, from?: Source): ParsedFile | undefined {
  const file =
    path === '-'
      ? readStandardInput(host, 'Compose file', report)
      : readSource(host, path, 'Compose file', report, from);
  if (file === undefined) return undefined;
  let isEmpty = false;
  const documents = parseYaml(file, (finding) => {
    if (finding.code === 'yaml/empty') isEmpty = true;
    else report(finding);
  });
  for (const document of documents) {
    if (document.kind !== 'mapping') {
      report(diagnostic('compose/not-a-mapping', { kind: document.kind }, document.source));
    }
  }
  return { file, documents, isEmpty };
}

/** The documents of a Compose file, interpolated and with numbers where numbers belong. */
export function readDocuments(path: string, loading: Loading, from?: Source): readonly Node[] {
  const { variables, report } = loading;
  return parseDocuments(path, loading, from).map((document) =>
    castScalars(interpolate(document, variables, report), report),
  );
}
