import { type Code, diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { Allowance, treeCost } from '../../source/allowance.ts';
import { limits } from '../../source/limits.ts';
import type { MappingNode, Node } from '../../source/node.ts';
import { withinLimits } from '../../source/read.ts';
import type { Source } from '../../source/source.ts';
import { checkConsistency } from './consistency.ts';
import { findFiles } from './discovery.ts';
import { parseDocuments } from './documents.ts';
import { resolveEnvFiles } from './env-files.ts';
import { initialDirectory, initialVariables, withDefaultEnvFile } from './environment.ts';
import type { Loading } from './loading.ts';
import { loadModel } from './model.ts';
import { normalise } from './normalise.ts';
import type { LoadOptions } from './options.ts';
import { activeProfiles, enableServices } from './profiles.ts';
import type { Project } from './project.ts';

import { isWritten, projectName } from './project-name.ts';
import { withProjectVariables } from './project-variables.ts';
import { selectServices, withoutUnused } from './selection.ts';
import type { Variables } from './variables.ts';

export type { LoadOptions };

/** What loading gave. */
export interface Loaded {
  /** Absent when an error was reported. */
  readonly project?: Project;
  /** The project's variables, for the files beside it that are interpolated too. */
  readonly variables: Variables;
  /** The directory of the first Compose file, also when the project itself has errors. */
  readonly directory: string;
  /** The documents of every Compose file read, as they are written. */
  readonly documents: readonly Node[];
}

/** Loads a Compose project as Docker Compose would. Reports all it finds, and throws only for a fault of its own. */
export function loadProject(world: Host, options: LoadOptions, report: Report): Loaded {
  const host = withinLimits(world);
  const findings = new Findings(report);
  const first = initialVariables(host, options, findings.report);
  const files = findFiles(host, options, first, findings.report);
  const start = initialDirectory(host, options);
  if (files === undefined) return { variables: first, directory: start, documents: [] };
  const variables =
    files.directory === start ? first : withDefaultEnvFile(first, files.directory, host, options, findings.report);
  const loading: Loading = {
    host,
    options,
    variables,
    directory: files.directory,
    home: host.environment['HOME'],
    report: findings.report,
    files: new Map(),
    nodes: new Allowance(limits.projectNodes),
    included: [],
  };
  const named = withProjectName(files.paths, loading);
  if (named === undefined) return { variables, directory: files.directory, documents: [] };
  const model = loadModel(
    files.paths.map((path) => ({ path })),
    named.loading,
  );
  const loaded = {
    variables: named.loading.variables,
    directory: files.directory,
    documents: [...loading.files.values()].flatMap(({ documents }) => documents),
  };
  if (model === undefined || findings.failed) return loaded;
  const complete = withProjectVariables(model, named.loading.variables) as MappingNode;
  const root = finish(normalise(complete, named.name), named.loading);
  // Variables and env_files may have made it larger than its files said.
  loading.nodes.spend(treeCost(root), () =>
    findings.report(diagnostic('compose/too-large', { limit: limits.projectNodes }, named.name.source)),
  );
  if (findings.failed) return loaded;
  return {
    ...loaded,
    project: {
      name: String(named.name.value),
      directory: files.directory,
      files: [...loading.files.values()].map(({ file }) => file),
      root,
    },
  };
}

/** The project's name, and the loading with it among the variables. The files are parsed for it. */
function withProjectName(paths: readonly string[], loading: Loading) {
  const documents = paths.flatMap((path) => parseDocuments(path, loading));
  const files = [...loading.files.values()];
  const file = files[0]?.file;
  if (file === undefined) return undefined;
  if (files.every(({ isEmpty }) => isEmpty)) {
    loading.report(diagnostic('yaml/empty', {}, { file, start: 0, end: 0 }));
    return undefined;
  }
  const name = projectName(loading.options, loading.variables, documents, loading.directory, file, loading.report);
  if (name === undefined) return undefined;
  const variable = { value: String(name.value), ...(isWritten(name) ? { source: name.source } : {}) };
  const variables: Variables = new Map([...loading.variables, ['COMPOSE_PROJECT_NAME', variable]]);
  return { name, loading: { ...loading, variables } };
}

/** From the whole model to the part of it that the options ask for. */
function finish(model: MappingNode, { host, options, variables, report }: Loading): MappingNode {
  const named = options.services ?? [];
  const { root, disabled } = enableServices(model, activeProfiles(options, variables), named);
  checkConsistency(root, disabled, report);
  const selected = withoutUnused(selectServices(root, named, report));
  return resolveEnvFiles(selected, variables, host, report);
}

/**
 * Passes findings on, each once, since a file is looked at again with every file that overrides it; and not too many.
 * Where YAML or interpolation failed there is no value to judge, and what else is found there is a consequence.
 */
class Findings {
  failed = false;
  readonly report: Report;

  constructor(report: Report) {
    const seen = new Set<string>();
    const valueless = new Set<string>();
    this.report = (finding) => {
      const start = startOf(finding.source);
      const key = [finding.code, start, finding.source?.end, finding.message].join('\n');
      if (seen.has(key) || valueless.has(start)) return;
      if (finding.severity === 'error') this.failed = true;
      if (seen.size > limits.findings) return;
      seen.add(key);
      if (finding.code.startsWith('yaml/') || failedInterpolations.has(finding.code)) valueless.add(start);
      if (seen.size <= limits.findings) return report(finding);
      this.failed = true;
      report(diagnostic('input/too-many-findings', { limit: limits.findings }));
    };
  }
}

const failedInterpolations: ReadonlySet<Code> = new Set(['compose/variable-required', 'compose/interpolation-syntax']);

/** Where a value starts, be it in quotes or not. */
function startOf(source: Source | undefined): string {
  if (source === undefined) return '';
  const { file, start } = source;
  return `${file.path}:${/["']/.test(file.text[start] ?? '') ? start + 1 : start}`;
}
