import type { Diagnostic, Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import type { MappingNode } from '../../source/node.ts';
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

import { projectName } from './project-name.ts';
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
}

/** Loads a Compose project as Docker Compose would. Reports all it finds, and throws only for a fault of its own. */
export function loadProject(host: Host, options: LoadOptions, report: Report): Loaded {
  const findings = new Findings(report);
  const first = initialVariables(host, options, findings.report);
  const files = findFiles(host, options, first, findings.report);
  const start = initialDirectory(host, options);
  if (files === undefined) return { variables: first, directory: start };
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
    included: [],
  };
  const named = withProjectName(files.paths, loading);
  if (named === undefined) return { variables, directory: files.directory };
  const model = loadModel(
    files.paths.map((path) => ({ path })),
    named.loading,
  );
  const loaded = { variables: named.loading.variables, directory: files.directory };
  if (model === undefined || findings.failed) return loaded;
  const complete = withProjectVariables(model, named.loading.variables) as MappingNode;
  const root = finish(normalise(complete, named.name), named.loading);
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
  const file = [...loading.files.values()][0]?.file;
  if (file === undefined) return undefined;
  const name = projectName(loading.options, loading.variables, documents, loading.directory, file, loading.report);
  if (name === undefined) return undefined;
  const variable = { value: String(name.value), ...(name.rule === undefined ? { source: name.source } : {}) };
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

/** Passes findings on, each once: a file is looked at again with every file that overrides it. */
class Findings {
  failed = false;
  readonly report: Report;

  constructor(report: Report) {
    const seen = new Set<string>();
    this.report = (finding) => {
      const key = identity(finding);
      if (seen.has(key)) return;
      seen.add(key);
      if (finding.severity === 'error') this.failed = true;
      report(finding);
    };
  }
}

function identity({ code, message, source }: Diagnostic): string {
  return [code, source?.file.path, source?.start, source?.end, message].join('\n');
}
