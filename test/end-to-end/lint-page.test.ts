import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { folder } from '../folder.ts';

/** What docs/lint.md has people paste is run here, with the packed release, as those services would run it. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const fences = [...read('docs/lint.md').matchAll(/^( *)```(\w+)\n(.*?)^ *```$/gms)].map(
  ([, indent = '', language, text = '']) => ({ language, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }),
);
const scripts = fences.filter(({ language }) => language === 'sh').map(({ text }) => text.trim());
const documents = fences.filter(({ language }) => language === 'yaml').map(({ text }) => text);

/** The one YAML snippet that has a text in it. */
function snippet<T>(text: string): T {
  const found = documents.filter((each) => each.includes(text));
  expect(found).toHaveLength(1);
  return parse(found[0] ?? '') as T;
}

const action = parse(read('action.yml')) as Action;
const project = documents.find((text) => text.includes('privileged')) ?? '';
const right = project.replace('    privileged: true\n', '');
const atLine12 = '::error file=compose.yaml,line=12,endLine=12,col=5,endColumn=14,title=transform/key-refused::';

/** Where the action's own step has installed the packed release, and what it has put in front of PATH. */
let installed: string;
let path: string;

beforeAll(async () => {
  installed = mkdtempSync(join(tmpdir(), 'compose2fargate-packed-'));
  await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', installed], { cwd: root });
  const tarball = join(installed, readdirSync(installed).find((name) => name.endsWith('.tgz')) ?? '');
  const added = join(installed, 'path');
  const env = { RUNNER_TEMP: installed, GITHUB_PATH: added };
  const ended = await step(installed, 'Install', { version: tarball }, env);
  expect(ended).toMatchObject({ code: 0 });
  path = `${readFileSync(added, 'utf8').trim()}:${process.env['PATH']}`;
}, 60_000);

afterAll(() => rmSync(installed, { recursive: true }));

/** Runs a step of the action with some inputs, the others being their defaults. */
function step(
  cwd: string,
  start: string,
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
) {
  const { run = '', env: variables = {} } = action.runs.steps.find(({ name }) => name?.startsWith(start)) ?? {};
  const filled = (text: string) =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_match, name) => given[name] ?? action.inputs[name]?.default ?? '');
  const named = Object.entries(variables).map(([name, text]) => [name, filled(text)]);
  return bash(cwd, run, { ...Object.fromEntries(named), ...env });
}

/** A repository with one commit on its main branch, and the release in its node_modules. */
async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = folder();
  const all = { ...files, '.gitignore': 'node_modules\n' };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  symlinkSync(join(installed, 'compose2fargate/node_modules'), join(cwd, 'node_modules'));
  const git = (...args: readonly string[]) =>
    execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd });
  await git('init', '-q', '-b', 'main');
  await git('add', '.');
  await git('commit', '-qm', 'one');
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  return cwd;
}

/** Runs a script as a step of a GitHub workflow is run. */
async function bash(cwd: string, script: string, env: Readonly<Record<string, string>> = {}) {
  const { exitCode, stdout, stderr } = await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    reject: false,
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, npm_config_offline: 'true', ...env },
  });
  return { code: exitCode, out: stdout, error: stderr };
}

describe('the way to a failing pull request', () => {
  it('finds the error that the page shows, and exits with 1', async () => {
    const cwd = await repository({ 'compose.yaml': project });
    const { code, error } = await bash(cwd, scripts[0] ?? '');
    expect(code).toBe(1);
    expect(error).toContain(fences.find(({ language }) => language === 'text')?.text);
  });

  it('annotates the line in the workflow, and passes without it', async () => {
    const { jobs } = snippet<{ jobs: { fargate: { steps: readonly Step[] } } }>(
      'compose2fargate validate --format github',
    );
    const script = jobs.fargate.steps.find(({ run }) => run !== undefined)?.run ?? '';
    const failed = await bash(await repository({ 'compose.yaml': project }), script);
    expect([failed.code, failed.out.split('\n')[0]?.startsWith(atLine12)]).toEqual([1, true]);
    expect((await bash(await repository({ 'compose.yaml': right }), script)).code).toBe(0);
  });
});

describe('what makes it fail', () => {
  const disabled = documents.find((text) => text.includes('disable-next-line')) ?? '';
  const configured = documents.find((text) => text.startsWith('severity:')) ?? '';
  const uncommented = disabled.replace(/ +# compose2fargate.*\n/, '');

  it.each([
    ['a comment that disables the warning', disabled, 0, ''],
    ['"strict" and no comment', uncommented, 1, 'warning:'],
    [
      'a code that is an error',
      disabled.replace('    ports', '    environment: { API_TOKEN: abc }\n    ports'),
      1,
      'error:',
    ],
  ])('follows %s', async (_case, compose, expected, said) => {
    const cwd = await repository({ 'compose.yaml': compose, 'compose2fargate.config.yml': configured });
    const { code, error } = await bash(cwd, 'npx compose2fargate validate');
    expect(code).toBe(expected);
    expect(error).toContain(said);
  });

  it('has examples stand for files that are not committed', async () => {
    const [script = ''] = scripts.filter((text) => text.includes('.env.example'));
    const compose = right.replace('    mem_limit: 512m', '    env_file: web.env\n    mem_limit: 512m');
    const cwd = await repository({
      'a b/compose.yaml': compose.replace('nginx:1.27', 'nginx:${TAG:?}'),
      'a b/.env.example': 'TAG=1.27\n',
      'a b/web.env.example': 'PORT=80\n',
    });
    const validate = 'npx compose2fargate validate .';
    expect((await bash(cwd, validate)).code).toBe(1);
    expect(await bash(cwd, `${script}\n${validate} --quiet`)).toEqual({ code: 0, out: '', error: '' });
  });

  it('counts warnings', async () => {
    const [script = ''] = scripts.filter((text) => text.includes('--max-warnings'));
    const cwd = await repository({ 'compose.yaml': uncommented });
    expect((await bash(cwd, script)).code).toBe(0);
    expect((await bash(cwd, script.replace(/warnings \d+/, 'warnings 0'))).code).toBe(1);
  });

  it('looks at the projects of changed files', async () => {
    const [script = ''] = scripts.filter((text) => text.includes('--changed'));
    const cwd = await repository({ 'a/compose.yaml': right, 'b/compose.yaml': project });
    expect((await bash(cwd, script)).error).toContain('None of the files listed belongs to a project.');
    writeFileSync(join(cwd, 'a/compose.yaml'), `${right}# more\n`);
    await bash(cwd, 'git -c user.name=a -c user.email=a@example.com commit -qam two');
    expect((await bash(cwd, script)).code).toBe(0);
  });
});

describe('the action', () => {
  const warned = { 'a/compose.yaml': right.replace('80:80', '8080:80') };

  it.each([
    ['fails on errors', { 'compose.yaml': project }, {}, 1],
    ['lets warnings pass', warned, {}, 0],
    ['fails on warnings when asked', warned, { 'fail-on': 'warning' }, 1],
    ['never fails when asked', { 'compose.yaml': project }, { 'fail-on': 'never' }, 0],
    ['fails on wrong usage all the same', warned, { 'fail-on': 'never', files: 'none/**' }, 2],
    ['refuses another word', warned, { 'fail-on': 'errors' }, 2],
    ['leaves patterns to the program', { ...warned, 'b/c/compose.yaml': project }, { files: 'a **/compose.yaml' }, 1],
    ['takes options', warned, { files: '**/compose.yaml', args: '--max-warnings 0' }, 1],
  ])('%s', async (_case, files, inputs, expected) => {
    expect((await step(await repository(files), 'Validate', inputs, { PATH: path })).code).toBe(expected);
  });

  it('annotates, and writes the SARIF that it uploads', async () => {
    const cwd = await repository({ 'compose.yaml': project });
    const { out } = await step(cwd, 'Validate', { sarif: 'findings.sarif' }, { PATH: path });
    expect(out).toContain(atLine12);
    const { runs } = JSON.parse(readFileSync(join(cwd, 'findings.sarif'), 'utf8'));
    expect(runs[0].results.map((one: { ruleId: string }) => one.ruleId)).toContain('transform/key-refused');
    const upload = action.runs.steps.find(({ uses }) => uses?.startsWith('github/codeql-action/upload-sarif@'));
    expect(upload?.with?.['sarif_file']).toBe('${{ inputs.sarif }}');
  });

  it('has the inputs that the page names', () => {
    const { jobs } = snippet<{ jobs: { fargate: { steps: readonly Step[] } } }>('<owner>/compose2fargate@v');
    const used = Object.keys(jobs.fargate.steps.at(-1)?.with ?? {});
    const listed = [...read('docs/lint.md').matchAll(/^\| `([\w-]+)` +\| (?:`\w+`|`\.`)? +\|/gm)].map(
      ([, name]) => name,
    );
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(used));
    expect(listed).toEqual(Object.keys(action.inputs));
  });
});

describe('pre-commit', () => {
  const [hook] = parse(read('.pre-commit-hooks.yaml')) as [{ id: string; entry: string; files: string }];

  it('runs the hook on the files that it is for', async () => {
    const { repos } = snippet<{ repos: [{ hooks: [{ id: string }] }] }>('hooks:');
    expect(repos[0].hooks[0].id).toBe(hook.id);
    const cwd = await repository({ 'a/compose.yaml': right, 'b c/compose.yaml': project, 'b c/.env': '' });
    const changed = ['a/compose.yaml', 'b c/.env', 'readme.md'].filter((path) => new RegExp(hook.files).test(path));
    expect(changed).toEqual(['a/compose.yaml', 'b c/.env']);
    const words = (paths: readonly string[]) => paths.map((path) => `'${path}'`).join(' ');
    expect((await bash(cwd, `${hook.entry} ${words(changed)}`, { PATH: path })).code).toBe(1);
    expect((await bash(cwd, `${hook.entry} ${words(changed.slice(0, 1))}`, { PATH: path })).code).toBe(0);
  });
});

it('GitLab: the job fails and leaves the report that it names', async () => {
  const { compose2fargate: job } = snippet<{
    compose2fargate: { script: readonly string[]; artifacts: { reports: { codequality: string } } };
  }>('codequality');
  const cwd = await repository({ 'compose.yaml': project });
  expect((await bash(cwd, job.script.join('\n'))).code).toBe(1);
  const issues = JSON.parse(readFileSync(join(cwd, job.artifacts.reports.codequality), 'utf8'));
  expect(issues).toContainEqual(expect.objectContaining({ check_name: 'transform/key-refused' }));
});

it('MegaLinter: the call writes the SARIF file that it is asked for', async () => {
  interface Linter {
    readonly cli_executable: string;
    readonly cli_lint_extra_args: readonly string[];
    readonly cli_sarif_args: readonly string[];
    readonly cli_lint_extra_args_after: readonly string[];
  }
  const { linters } = snippet<{ linters: readonly [Linter] }>('descriptor_id');
  const [{ cli_executable, cli_lint_extra_args, cli_sarif_args, cli_lint_extra_args_after }] = linters;
  const cwd = await repository({ 'compose.yaml': project });
  const words = [...cli_lint_extra_args, ...cli_sarif_args, ...cli_lint_extra_args_after];
  const call = words.map((word) => word.replace('{{SARIF_OUTPUT_FILE}}', 'report.sarif')).join(' ');
  expect((await bash(cwd, `${cli_executable} ${call}`, { PATH: path })).code).toBe(1);
  expect(JSON.parse(readFileSync(join(cwd, 'report.sarif'), 'utf8')).version).toBe('2.1.0');
});
