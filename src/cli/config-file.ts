import { dirname, resolve } from 'pathe';
import { catalogue } from '../diagnostics/catalogue.ts';
import { type Diagnostic, diagnostic, hasErrors, isCode, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host.ts';
import { booleanOf, child, entriesOf, type Node, stringOf } from '../source/node.ts';
import { readSource } from '../source/read.ts';
import { suggest } from '../source/suggest.ts';
import { parseYaml } from '../source/yaml.ts';
import { levels, printFindings } from './findings.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';

const names = ['compose2fargate.config.yml', 'compose2fargate.config.yaml'];

/** What each key of the configuration sets, from its value; reports a value that it does not take. */
const keys: Readonly<Record<string, (value: Node, report: Report) => GlobalOptions>> = {
  severity: (value, report) => ({ severity: severities(value, report) }),
  strict: (value, report) => {
    const strict = booleanOf(value);
    if (strict === undefined)
      report(diagnostic('config/value', { key: 'strict', takes: 'true or false' }, value.source));
    return { strict: strict === true };
  },
};

/** The options as `withConfig` gives them, and whether the configuration has errors; its findings are printed. */
export function configured(
  io: Io,
  options: GlobalOptions,
): { readonly options: GlobalOptions; readonly isWrong: boolean } {
  const found: Diagnostic[] = [];
  const all = withConfig(io.host, options, (one) => found.push(one));
  printFindings(io, found, options);
  return { options: all, isWrong: hasErrors(found) };
}

/**
 * The options with what the project's configuration says beside them: `compose2fargate.config.yml`, or the key
 * `compose2fargate` of `package.json`, in the current directory or the nearest one above it, up to the root of the
 * repository. What the command line says wins.
 */
export function withConfig(host: Host, options: GlobalOptions, report: Report): GlobalOptions {
  const node = findConfig(host, report);
  if (node === undefined) return options;
  if (node.kind !== 'mapping') {
    report(diagnostic('config/not-a-mapping', { what: 'The configuration' }, node.source));
    return options;
  }
  let config: GlobalOptions = {};
  for (const [key, entry] of entriesOf(node)) {
    const read = Object.hasOwn(keys, key) ? keys[key] : undefined;
    const known = Object.keys(keys);
    if (read !== undefined) config = { ...config, ...read(entry.value, report) };
    else {
      const words = { key, suggestion: suggest(key, known), known: known.join(' and ') };
      report(diagnostic('config/unknown-key', words, entry.key));
    }
  }
  return { ...config, ...options, severity: [...(config.severity ?? []), ...(options.severity ?? [])] };
}

/** Levels by code, as `--severity` has them. */
function severities(value: Node, report: Report): readonly string[] {
  if (value.kind !== 'mapping') report(diagnostic('config/not-a-mapping', { what: '"severity"' }, value.source));
  return entriesOf(value).flatMap(([code, { key, value: level }]) => {
    const text = stringOf(level) ?? '';
    if (!isCode(code)) {
      report(diagnostic('config/unknown-code', { code, suggestion: suggest(code, Object.keys(catalogue)) }, key));
    } else if (!levels.includes(text)) {
      report(diagnostic('config/value', { key: code, takes: levels.join(', ') }, level.source));
    } else {
      return [`${code}=${text}`];
    }
    return [];
  });
}

function findConfig(host: Host, report: Report): Node | undefined {
  for (let directory = host.cwd; ; directory = dirname(directory)) {
    const own = names.map((name) => resolve(directory, name)).find((path) => host.kind(path) === 'file');
    const found =
      own === undefined ? ofPackage(host, resolve(directory, 'package.json'), report) : parsed(host, own, report);
    const isRoot = host.kind(resolve(directory, '.git')) !== 'missing' || directory === dirname(directory);
    if (found !== undefined || isRoot) return found;
  }
}

function parsed(host: Host, path: string, report: Report): Node | undefined {
  const file = readSource(host, path, 'configuration', report);
  return file === undefined ? undefined : parseYaml(file, report)[0];
}

/** The key of a package.json, which is read as YAML for its places, and only where JSON has found the key. */
function ofPackage(host: Host, path: string, report: Report): Node | undefined {
  if (host.kind(path) !== 'file') return undefined;
  const file = readSource(host, path, 'package.json', () => {});
  try {
    if (file === undefined || JSON.parse(file.text).compose2fargate === undefined) return undefined;
  } catch {
    // Whoever else reads a broken package.json says so.
    return undefined;
  }
  return child(parseYaml(file, report)[0], 'compose2fargate');
}
