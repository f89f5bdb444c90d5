import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { CompileOptions } from '../../src/compile.ts';
import type { Host } from '../../src/host.ts';
import { nodeHost } from '../../src/node.ts';
import { type Loaded, loadProject } from '../../src/parser/compose/load.ts';
import type { EcsParams } from '../../src/parser/ecs-params/ecs-params.ts';
import { loadEcsParams } from '../../src/parser/ecs-params/load.ts';

const root = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** What a fixture's files and command line load. */
export interface FixtureProject extends Loaded {
  /** The folder of the case below fixtures/. */
  readonly name: string;
  readonly environment: Host['environment'];
  readonly params: EcsParams | undefined;
}

/** A fixture's folder, and what its command line says of the project in it. */
export interface FixtureInput {
  /** The folder of the case below fixtures/. */
  readonly name: string;
  readonly host: Host;
  readonly options: CompileOptions;
  /** Files that the command line names beside the options. */
  readonly words: readonly string[];
}

/** The inputs of all fixtures. */
export function fixtureInputs(): readonly FixtureInput[] {
  return folders('.').flatMap((area) => folders(area).map(input));
}

/** The projects of all fixtures, those that have errors without a project. */
export function fixtureProjects(): readonly FixtureProject[] {
  return fixtureInputs().map(load);
}

const folders = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(path, entry.name)] : [],
  );

function input(name: string): FixtureInput {
  const lines = (file: string) => {
    const path = join(root, name, file);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  };
  const environment = {
    HOME: '/nowhere',
    ...Object.fromEntries(lines('env').map((line) => line.split(/=(.*)/s, 2) as [string, string])),
  };
  const standardInput = lines('stdin').join('\n');
  const host: Host = {
    ...nodeHost(),
    cwd: join(root, name, lines('cwd')[0] ?? '.'),
    environment,
    readStandardInput: () => ({ text: standardInput }),
  };
  const { values, positionals } = parseArgs({
    args: lines('args'),
    options: projectOptions,
    strict: false,
    allowPositionals: true,
  });
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);
  const given = {
    files: texts(values['file']),
    projectName: text(values['project-name']),
    projectDirectory: text(values['project-directory']),
    envFiles: texts(values['env-file']),
    profiles: texts(values['profile']),
    ecsParams: text(values['ecs-params']),
  };
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { name, host, options, words: positionals.slice(1) };
}

function load({ name, host, options }: FixtureInput): FixtureProject {
  const loaded = loadProject(host, options, () => {});
  const { variables, directory } = loaded;
  const params = loadEcsParams(host, { path: options.ecsParams, directory, variables }, () => {});
  return { ...loaded, name, environment: host.environment, params };
}

const projectOptions = {
  file: { type: 'string', short: 'f', multiple: true },
  'project-name': { type: 'string', short: 'p' },
  'project-directory': { type: 'string' },
  'env-file': { type: 'string', multiple: true },
  profile: { type: 'string', multiple: true },
  'ecs-params': { type: 'string' },
} as const;
