import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
  const cwd = mkdtempSync(join(tmpdir(), 'explain-'));
  const args = words.filter((word) => typeof word === 'string');
  const files = words.find((word) => typeof word !== 'string') ?? { 'compose.yaml': compose };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return run(args, { cwd, env: { AWS_REGION: 'eu-west-1' } });
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
