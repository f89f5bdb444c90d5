import type { Report } from '../../diagnostics/diagnostic.ts';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import {
  madeBy,
  mapping,
  mapValues,
  type Origin,
  overriding,
  scalar,
  withoutKey,
  withValue,
} from '../../source/build.ts';
import {
  booleanOf,
  child,
  type Entry,
  entriesOf,
  itemsOf,
  type MappingNode,
  type Node,
  stringOf,
} from '../../source/node.ts';
import { readSource } from '../../source/read.ts';
import { type Lookup, parseDotenv, parseRawEnv } from './dotenv.ts';
import type { Variable, Variables } from './variables.ts';

/** The model with what `env_file` and `label_file` name read into the variables and labels of each service. */
export function resolveEnvFiles(root: MappingNode, variables: Variables, host: Host, report: Report): MappingNode {
  const services = child(root, 'services');
  if (services?.kind !== 'mapping') return root;
  const resolved = mapValues(services, (service) =>
    service.kind === 'mapping'
      ? withFileLabels(withFileVariables(service, variables, host, report), host, report)
      : service,
  );
  return withValue(root, 'services', resolved);
}

function withFileVariables(service: MappingNode, variables: Variables, host: Host, report: Report): MappingNode {
  const own = child(service, 'environment');
  const fromFiles = new Map<string, Variable>();
  for (const file of itemsOf(child(service, 'env_file'))) {
    const lookup: Lookup = (name) =>
      variables.get(name)?.value ?? stringOf(child(own, name)) ?? fromFiles.get(name)?.value;
    for (const [name, variable] of readEnvFile(file, lookup, variables, host, report) ?? []) {
      fromFiles.set(name, variable);
    }
  }
  const origin = madeBy('line of an env_file', child(service, 'env_file') ?? service);
  return withTexts(withoutKey(service, 'env_file'), 'environment', fromFiles, origin);
}

function readEnvFile(
  file: Node,
  lookup: Lookup,
  variables: Variables,
  host: Host,
  report: Report,
): ReadonlyMap<string, Variable> | undefined {
  const path = child(file, 'path');
  const text = stringOf(path);
  if (path === undefined || text === undefined) return undefined;
  if (booleanOf(child(file, 'required')) === false && host.kind(text) === 'missing') return undefined;
  const format = child(file, 'format');
  const name = stringOf(format) ?? '';
  if (format !== undefined && name !== '' && name !== 'raw') {
    report(diagnostic('compose/env-file-format', { format: name }, format.source));
    return undefined;
  }
  const source = readSource(host, text, 'env_file', report, path.source);
  if (source === undefined) return undefined;
  const inherit: Lookup = (key) => variables.get(key)?.value;
  return name === 'raw' ? parseRawEnv(source, inherit, report) : parseDotenv(source, lookup, report);
}

/** The service with the labels of its files, whose values may refer to nothing but earlier labels. */
function withFileLabels(service: MappingNode, host: Host, report: Report): MappingNode {
  const labels = new Map<string, Variable>();
  for (const file of itemsOf(child(service, 'label_file'))) {
    const path = stringOf(file);
    const source = path === undefined ? undefined : readSource(host, path, 'label_file', report, file.source);
    const lookup: Lookup = (name) => labels.get(name)?.value;
    const read = source === undefined ? undefined : parseDotenv(source, lookup, report);
    for (const [name, variable] of read ?? []) labels.set(name, variable);
  }
  const origin = madeBy('line of a label_file', child(service, 'label_file') ?? service);
  return withTexts(withoutKey(service, 'label_file'), 'labels', labels, origin);
}

/** The service with texts from files under a key; what stands there already wins. */
function withTexts(
  service: MappingNode,
  key: string,
  texts: ReadonlyMap<string, Variable>,
  origin: Origin,
): MappingNode {
  const own = child(service, key);
  if (texts.size === 0) return service;
  const entries = new Map<string, Entry>();
  for (const [name, { value, source = origin.source, valueSource = source }] of texts) {
    const keySource = { ...source, end: source.start + name.length };
    entries.set(name, { key: keySource, value: scalar(value, { ...origin, source: valueSource }) });
  }
  for (const [name, entry] of entriesOf(own)) {
    const below = entries.get(name);
    entries.set(name, below === undefined ? entry : { ...entry, value: overriding(entry.value, below.value) });
  }
  return withValue(service, key, mapping(entries, own ?? origin));
}
