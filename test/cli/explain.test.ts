import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { memoryHost } from '../parser/compose/project-in-memory.ts';
import { run } from '../run.ts';

const compose = `name: shop
services:
  web:
    image: nginx
    environment: { DB_HOST: db }
    mem_limit: 1g
  db: { image: mysql }
`;

function inProject(...words: (string | Readonly<Record<string, string>>)[]) {
  const args = words.filter((word) => typeof word === 'string');
  const files = words.find((word) => typeof word !== 'string') ?? { 'compose.yaml': compose };
  return run(args, { cwd: folder(files), env: { AWS_REGION: 'eu-west-1' } });
}

describe('explain PATH', () => {
  it('shows the line that a member came from', async () => {
    const { code, out, error } = await inProject('explain', 'containerDefinitions[0].memory');
    expect([code, error]).toEqual([0, '']);
    expect(out).toBe(`\
containerDefinitions[0].memory
  compose.yaml:6:16
  6 |     mem_limit: 1g
    |                ^^
  size in MiB

1024
`);
  });

  it('takes the names of containers and variables, and says which rule made a value', async () => {
    const { out } = await inProject('explain', 'containerDefinitions[web].environment[DB_HOST].value');
    expect(out).toContain('containerDefinitions[0].environment[0].value\n  compose.yaml:5:29\n');
    expect(out).toContain('db became 127.0.0.1');
    expect(out).toMatch(/\n\n127\.0\.0\.1\n$/);
  });

  it('shows a list or structure with the origins of what is in it', async () => {
    const { out } = await inProject('explain', 'containerDefinitions[web].logConfiguration');
    expect(out).toContain('compose.yaml:3:3');
    expect(out).toMatch(/\n\nlogDriver: awslogs\noptions:\n {2}awslogs-group: \/ecs\/shop\n/);
  });

  it.each([
    ['containerDefinitions[wbe]', 'has no "wbe" in containerDefinitions. Did you mean "web"?'],
    ['containerDefinitions[web].ports', 'has no "ports" in containerDefinitions[0]. It has name, image,'],
    ['memry', 'has no "memry". Did you mean "memory"?'],
    ['cpu.units', 'has no "units" in cpu. There is nothing in it.'],
  ])('says what is there in place of %s', async (path, message) => {
    const { code, out, error } = await inProject('explain', path);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(message);
  });

  it('names the line that gave a variable its value, and the anchor behind an alias', async () => {
    const files = {
      'compose.yaml': 'services:\n  web: { image: &i "nginx:${TAG}" }\n  two: { image: *i }\n',
      '.env': 'TAG=1\n',
    };
    const { out } = await inProject('explain', 'containerDefinitions[two].image', files);
    expect(out).toContain('compose.yaml:3:17\n');
    expect(out).toContain('compose.yaml:2:20: the anchor &i\n');
    expect(out).toContain('.env:1:1: TAG is set here\n');
  });

  it('prints JSON', async () => {
    const { out } = await inProject('explain', 'networkMode', '--json');
    expect(JSON.parse(out)).toEqual({
      path: 'networkMode',
      value: 'awsvpc',
      location: { path: 'compose.yaml', start: { line: 1, column: 7 }, end: { line: 1, column: 11 } },
      rule: 'the only network mode of Fargate',
    });
  });
});

describe('explain CODE', () => {
  const inNoProject = (...args: string[]) => run(args, { cwd: '/', host: memoryHost({}) });

  it('prints the page with no project at hand', async () => {
    const { code, out, error } = await inNoProject('explain', 'transform/host-port-dropped');
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatch(/^transform\/host-port-dropped\n\nwarning · .+\.\n/);
    expect(out).toContain('\n  compose.yaml\n    services:\n      web:\n');
    expect(out).not.toMatch(/```|\]\(|^#/m);
  });

  it('prints JSON', async () => {
    const { out } = await inNoProject('explain', 'transform/host-port-dropped', '--json');
    expect(JSON.parse(out)).toMatchObject({
      code: 'transform/host-port-dropped',
      severity: 'warning',
      summary: expect.stringMatching(/\.$/),
      markdown: expect.stringContaining('\n## Remedy\n'),
    });
  });

  it.each([
    ['transform/host-port-droped', 'transform/host-port-dropped'],
    ['fargate/volume-lifetime', 'transform/volume-lifetime'],
  ])('says which code may be meant by %s', async (code, meant) => {
    const result = await inNoProject('explain', code);
    const error = `error: There is no finding "${code}". Did you mean "${meant}"?\n`;
    expect(result).toEqual({ code: 2, out: '', error });
  });

  it('says where codes stand, for one that is like none', async () => {
    const { code, error } = await inNoProject('explain', 'a/b');
    expect([code, error]).toEqual([
      2,
      'error: There is no finding "a/b". The code of a finding stands behind it in [ ].\n',
    ]);
  });

  it('explains a finding about the configuration that is wrong', async () => {
    const host = memoryHost({ 'compose2fargate.config.yml': 'strickt: true\n' });
    const { code, out, error } = await run(['explain', 'transform/host-port-dropped'], { cwd: '/work', host });
    expect([code, out.slice(0, 10)]).toEqual([0, 'transform/']);
    expect(error).toContain('[config/unknown-key]');
  });
});

describe('explain "STOP REASON"', () => {
  const inNoProject = (...args: string[]) => run(args, { cwd: '/', host: memoryHost({}) });

  it.each([
    ['one word', ['OutOfMemoryError:'], /^cause: A container used more memory than/],
    ['a stop code', ['UserInitiated'], /^cause: Somebody stopped the task\.\n\nremedy: /],
    ['many words', ['CannotPullContainerError: pull access denied for x'], /^cause: The registry refused the pull/],
    ['words without quotes', ['Task', 'failed', 'ELB', 'health', 'checks'], /^cause: The load balancer/],
  ])('says cause and remedy of %s', async (_, words, cause) => {
    const { code, out, error } = await inNoProject('explain', ...words);
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatch(cause);
    expect(out).toMatch(/\n\nremedy: .+\.\n$/s);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('prints JSON', async () => {
    const { out } = await inNoProject('explain', 'UserInitiated', '--json');
    expect(JSON.parse(out)).toEqual({
      text: 'UserInitiated',
      cause: 'Somebody stopped the task.',
      remedy: 'If it was not meant, run it again.',
    });
  });

  it.each(['The moon was full', 'foo', 'NoSuchError', ''])(
    'says what can be explained in place of %j',
    async (text) => {
      const { code, out, error } = await inNoProject('explain', text);
      expect([code, out]).toEqual([2, '']);
      expect(error).toContain(`"${text}" is nothing that can be explained.`);
      expect(error.match(/^ {2}(the code|a stop reason|a member)/gm)).toHaveLength(3);
    },
  );
});

describe('convert --annotate', () => {
  it('writes the same definition, in YAML, with origins', async () => {
    const { code, out } = await inProject('convert', '--annotate', '-q');
    expect(code).toBe(0);
    expect(out).toContain('    memory: 1024 # compose.yaml:6:16, size in MiB\n');
    expect(out).toContain('networkMode: awsvpc # compose.yaml:1:7, the only network mode of Fargate\n');
    const plain = await inProject('convert', '--format', 'yaml', '-q');
    expect(out.replaceAll(/ # .*$/gm, '')).toBe(plain.out);
  });

  it('is not for JSON', async () => {
    const { code, error } = await inProject('convert', '--annotate', '--format', 'json');
    expect([code, error]).toEqual([
      2,
      'error: --annotate writes comments, which JSON does not have. Leave out --format json.\n',
    ]);
  });
});
