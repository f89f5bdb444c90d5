import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { memoryHost } from '../parser/compose/project-in-memory.ts';
import { run } from '../run.ts';

const right = 'services: { web: { image: "public.ecr.aws/nginx/nginx:1.27", mem_limit: 512m, cpus: 0.25 } }\n';
const wrong = 'services: { web: { imagee: nginx } }\n';

/** The top of a repository with some files. */
function project(files: Readonly<Record<string, string>>): string {
  return folder({ '.git/HEAD': '', ...files });
}

/** The last lines on stderr: what was found in each input. */
const counts = (error: string) => error.trimEnd().split('\n\n').at(-1)?.split('\n');

describe('validate of several inputs', () => {
  const files = { 'a/compose.yaml': right, 'b/c/docker-compose.yml': wrong, 'node_modules/x/compose.yaml': wrong };

  it.each([
    [['**/*.y*ml'], ['a/compose.yaml: ', 'b/c/docker-compose.yml: 1 error']],
    [['.'], ['a: ', 'b/c: 1 error']],
    [
      ['a', 'b/c/docker-compose.yml'],
      ['a: ', 'b/c/docker-compose.yml: 1 error'],
    ],
    [
      ['a', 'b', 'a/compose.yaml', './b/c'],
      ['a: ', 'b/c: 1 error'],
    ],
  ])('finds the projects of %j, each once', async (words, expected) => {
    const { code, error } = await run(['validate', ...words], { cwd: project(files) });
    expect(code).toBe(1);
    const found = counts(error) ?? [];
    expect(found.map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected);
  });

  it('says of a shared file once what is wrong with it', async () => {
    const shared = {
      'base.yaml': wrong,
      'a/compose.yaml': 'include: [../base.yaml]',
      'b/compose.yaml': 'include: [../base.yaml]',
    };
    const { error } = await run(['validate', 'a', 'b'], { cwd: project(shared) });
    expect(error.match(/imagee"/g)).toHaveLength(1);
  });

  it.each([
    ['**/none.yaml', 'No file matches "**/none.yaml".'],
    ['empty', 'There is no Compose file in or below empty.'],
  ])('ends with 2 where %s gives nothing', async (word, message) => {
    const { code, error } = await run(['validate', word], { cwd: project({ 'empty/readme': '' }) });
    expect([code, error]).toEqual([2, `error: ${message}\n`]);
  });
});

describe('validate --format', () => {
  it('writes several reports at once', async () => {
    const cwd = project({ 'compose.yaml': wrong });
    const { out, error } = await run(['lint', '--format', 'github', '--format', 'sarif=out.sarif'], { cwd });
    expect(out).toMatch(/^::error file=compose\.yaml,line=1,/);
    expect(error).toBe('');
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')).runs[0].results).toHaveLength(1);
  });

  it.each([
    ['sraif', 'There is no format "sraif". Did you mean "sarif"?'],
    ['xml', 'There is no format "xml". Formats are text, json, sarif, github, gitlab, junit, markdown.'],
    ['sarif=', '--format sarif= names no file. Write --format sarif=PATH.'],
  ])('takes no %s', async (format, message) => {
    const { code, error } = await run(['validate', '--format', format], { cwd: project({}) });
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});

it('--max-warnings lets so many pass', async () => {
  const cwd = project({ 'compose.yaml': right.replace('cpus', 'ports: ["81:80", "82:80"], cpus') });
  const options = (most: string) => run(['validate', '-q', '--max-warnings', most], { cwd });
  expect((await options('9')).code).toBe(0);
  const { code, error } = await options('0');
  expect(code).toBe(1);
  expect(error).toMatch(/^\d warnings are more than --max-warnings 0 lets pass\.\n$/);
});

describe('the way to the rule pages', () => {
  const hint = 'compose2fargate explain CODE says more about a finding.\n';
  const onTerminal = (text: string, isTerminal = true) =>
    run(['validate'], { cwd: '/work', host: memoryHost({ 'compose.yaml': text }), isTerminal });

  it('is said once, behind the summary, to a person who has an error or a warning', async () => {
    const { error } = await onTerminal('services: { web: { image: [], ports: {} } }\n');
    expect(error.endsWith(`\n2 errors\n${hint}`)).toBe(true);
    expect(error.split(hint)).toHaveLength(2);
  });

  it('is not said of infos, and not in a pipeline', async () => {
    const infos = await onTerminal(right);
    expect(infos.error).toMatch(/\n\d info\n$/);
    expect((await onTerminal(wrong, false)).error).not.toContain(hint);
  });
});

describe('validate and the region', () => {
  const files = {
    'compose.yaml': 'services: { web: { image: "public.ecr.aws/nginx/nginx:1.27", ports: ["80:80"] } }\n',
    'ecs-params.yml':
      'run_params:\n  application_load_balancer:\n    certificate_arn: arn:aws:acm:eu-west-1:111122223333:certificate/1\n',
  };

  it.each([
    [{ AWS_REGION: 'us-east-1' }, []],
    [{ AWS_DEFAULT_REGION: 'us-east-1' }, []],
    [{}, ['--region', 'us-east-1']],
  ])('finds a certificate of another region: %j %j', async (environment, words) => {
    const { code, error } = await run(['validate', ...words], { cwd: '/work', host: memoryHost(files, environment) });
    expect(code).toBe(1);
    expect(error).toContain('ecs-params.yml:3:22: error: This certificate is in eu-west-1');
  });

  it.each([
    ['that one', { AWS_REGION: 'eu-west-1' }],
    ['none', { AWS_CONFIG_FILE: '/nowhere/config' }],
  ])('says nothing of it where the region is %s', async (_, environment) => {
    const { code, error } = await run(['validate'], { cwd: '/work', host: memoryHost(files, environment) });
    expect(code).toBe(0);
    expect(error).not.toMatch(/other-region|region-unknown/);
  });
});

it.each([
  ['fargate/task-sze=off', '--severity: there is no finding "fargate/task-sze". Did you mean "fargate/task-size"?'],
  ['task=off', '--severity: there is no finding "task". Codes look like fargate/task-size.'],
  ['fargate/task-size=warn', '--severity: "warn" is no level. Did you mean "warning"?'],
  ['fargate/task-size', '--severity: "" is no level. Levels are error, warning, info, off.'],
])('--severity %s is wrong usage', async (choice, message) => {
  const cwd = folder({ 'compose.yaml': 'services: { web: { image: nginx } }' });
  const { code, error } = await run(['validate', '--severity', choice], { cwd });
  expect({ code, error }).toEqual({ code: 2, error: `error: ${message}\n` });
});
