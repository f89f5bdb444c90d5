import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, launcher } from './cli.ts';

/** What a run took and said. */
interface Measured {
  readonly code: number | null;
  readonly error: string;
  /** Of the processor, since other tests run beside. */
  readonly seconds: number;
  /** The most that was in memory, in MB. */
  readonly megabytes: number;
}

/** Runs `config -q` in a folder. The process says itself what it took when it ends, behind all else. */
function measured(cwd: string, ...args: readonly string[]): Promise<Measured> {
  const usage = '{ maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()';
  const say = 'process.stderr.write(`\\ntook ${maxRSS} ${userCPUTime + systemCPUTime}`)';
  const preload = `data:text/javascript,process.on("exit", () => { const ${encodeURIComponent(`${usage}; ${say} })`)}`;
  const child = spawn(process.execPath, ['--import', preload, launcher, ...args, 'config', '-q'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  return new Promise((done) => {
    child.on('close', (code) => {
      const [, error = '', kilobytes, microseconds] = /^([\s\S]*)\ntook (\d+) (\d+)$/.exec(text) ?? [];
      done({ code, error, seconds: Number(microseconds) / 1e6, megabytes: Number(kilobytes) / 1000 });
    });
  });
}

const services = (text: string) => `services:\n${text}`;
const repeat = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const bomb = (levels: number) =>
  repeat(levels, (i) => `x-${i}: &a${i} [${i === 0 ? 'x' : repeat(10, () => `*a${i - 1}`).join(', ')}]`).join('\n');

/** Files that are beyond a limit, and the finding that refuses each. */
const refused: readonly (readonly [name: string, code: string, files: () => Record<string, string>])[] = [
  ['aliases of aliases', 'yaml/too-many-nodes', () => ({ 'compose.yaml': bomb(9) })],
  [
    'merged aliases of aliases',
    'yaml/too-many-nodes',
    () => ({
      'compose.yaml': repeat(
        30,
        (i) => `x-${i}: &m${i} { ${i === 0 ? 'k: v' : `a: { <<: *m${i - 1} }, b: { <<: *m${i - 1} }`} }`,
      ).join('\n'),
    }),
  ],
  ['100,000 brackets', 'yaml/too-deep', () => ({ 'compose.yaml': '['.repeat(100_000) })],
  ['100,000 braces', 'yaml/too-deep', () => ({ 'compose.yaml': '{a: '.repeat(100_000) })],
  ['100,000 dashes', 'yaml/too-deep', () => ({ 'compose.yaml': '- '.repeat(100_000) })],
  ['nested blocks', 'yaml/too-deep', () => ({ 'compose.yaml': repeat(1_000, (i) => `${' '.repeat(i)}a:`).join('\n') })],
  ['a scalar of 50 MB', 'input/too-large', () => ({ 'compose.yaml': `x: ${'a'.repeat(50_000_000)}` })],
  ['a million keys', 'input/too-long', () => ({ 'compose.yaml': repeat(1_000_000, (i) => `k${i}: 1`).join('\n') })],
  [
    'a million keys on one line',
    'input/too-long',
    () => ({ 'compose.yaml': `{${repeat(1_000_000, (i) => `k${i}: 1`).join(', ')}}` }),
  ],
  [
    'a million variables',
    'input/too-long',
    () => ({ 'compose.yaml': services(''), '.env': 'A=1\n'.repeat(1_000_000) }),
  ],
  [
    'variables that double',
    'compose/too-much-substituted',
    () => ({
      'compose.yaml': services('  web: { image: "${V39}" }'),
      '.env': `V0=aaaaaaaa\n${repeat(39, (i) => `V${i + 1}=\${V${i}}\${V${i}}`).join('\n')}`,
    }),
  ],
  [
    'defaults within defaults',
    'compose/variables-too-deep',
    () => ({ 'compose.yaml': services(`  web: { image: "${'${A:-'.repeat(50_000)}${'}'.repeat(50_000)}" }`) }),
  ],
  ['quotes without end', 'input/too-long', () => ({ 'compose.yaml': '"" '.repeat(1_500_000) })],
  ['brackets without end', 'input/too-long', () => ({ 'compose.yaml': '[]'.repeat(2_000_000) })],
  [
    'a chain of 1,000 files',
    'compose/include-too-deep',
    () =>
      Object.fromEntries<string>(
        repeat(1_000, (i) => [i === 0 ? 'compose.yaml' : `f${i}.yaml`, `include: [f${i + 1}.yaml]`]),
      ),
  ],
  [
    'many large files',
    'input/exhausted',
    () => ({
      'compose.yaml': services(
        `  web: { image: x, env_file: [${repeat(20, (i) => `./${'x/../'.repeat(i)}env`).join(', ')}] }`,
      ),
      env: `A=${'a'.repeat(1_000_000)}`,
    }),
  ],
  [
    'mistakes without end',
    'input/too-many-findings',
    () => ({ 'compose.yaml': services(repeat(2_000, (i) => `  s${i}: { imagee: x }\n`).join('')) }),
  ],
  [
    'files that include two each',
    'compose/too-large',
    () =>
      Object.fromEntries<string>([
        ['compose.yaml', 'include: [f0.yaml]'],
        ...repeat(40, (i): [string, string] => [
          `f${i}.yaml`,
          `include: [f${i + 1}.yaml, ./f${i + 1}.yaml]\nservices: {}`,
        ]),
        ['f40.yaml', services('  web: { image: x }')],
      ]),
  ],
  [
    'a million ports in sixteen ranges',
    'compose/too-many-ports',
    () => ({
      'compose.yaml': services(
        `  web:\n    image: x\n    ports: [${repeat(16, (i) => `"${i + 1}-65535"`).join(', ')}]`,
      ),
    }),
  ],
  ['extends in a circle', 'compose/extends-cycle', () => ({ 'compose.yaml': circle('extends: ') })],
  [
    'depends_on in a circle',
    'compose/dependency-cycle',
    () => ({ 'compose.yaml': circle('image: x\n    depends_on: ') }),
  ],
  [
    'include in a circle',
    'compose/include-cycle',
    () => ({ 'compose.yaml': 'include: [b.yaml]', 'b.yaml': 'include: [compose.yaml]' }),
  ],
  ['an anchor in itself', 'yaml/unknown-anchor', () => ({ 'compose.yaml': 'x-a: &a [*a]' })],
  ['a NUL byte', 'input/binary', () => ({ 'compose.yaml': 'services:\n  web: { image: "a\0" }' })],
];

/** Three services, each of which names the next behind a text. */
function circle(text: string): string {
  const next = (name: string) => (text.startsWith('extends') ? name : `[${name}]`);
  return services(`  a:\n    ${text}${next('b')}\n  b:\n    ${text}${next('c')}\n  c:\n    ${text}${next('a')}\n`);
}

describe('what is beyond a limit is refused in a second and 200 MB', () => {
  it.each(refused)('%s: %s', async (_, code, files) => {
    const ended = await measured(folder(files()));
    expect(ended.error).toContain(`[${code}]`);
    expect(ended.code).toBe(1);
    expect(ended.megabytes).toBeLessThan(200);
    // A machine that does much else beside is up to three times slower.
    expect(ended.seconds).toBeLessThan(3);
  });
});

describe('what is no file', () => {
  const within = async (cwd: string, code: string, ...args: string[]) => {
    const ended = await measured(cwd, ...args);
    expect(ended.error).toContain(`[${code}]`);
    expect([ended.code, ended.megabytes < 200, ended.seconds < 3]).toEqual([1, true, true]);
  };

  it('a pipe, a device, a loop of links', async () => {
    const cwd = folder();
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    await within(cwd, 'input/special', '-f', 'pipe.yaml');
    await within(cwd, 'input/special', '-f', '/dev/zero');
    await within(cwd, 'input/missing', '-f', 'loop.yaml');
  });

  it('bytes that are no UTF-8', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'compose.yaml'), Buffer.from([0x61, 0xff, 0xfe]));
    await within(cwd, 'input/binary');
  });
});

describe('what is only unusual is read', () => {
  it('a byte order mark, and lines that end as on Windows', async () => {
    const text = services('  web:\n    image: x\n').replaceAll('\n', '\r\n');
    const { code, error } = await measured(folder({ 'compose.yaml': `\ufeff${text}` }));
    expect([code, error]).toEqual([0, '']);
  });

  it('files outside of the project', async () => {
    const cwd = folder({
      env: 'A=1',
      'base.yaml': services('  base: { image: x }'),
      'more.yaml': services('  more: { image: x }'),
    });
    mkdirSync(join(cwd, 'app'));
    const text =
      'include: [../more.yaml]\nservices:\n  web:\n    extends: { file: ../base.yaml, service: base }\n    env_file: ../env';
    writeFileSync(join(cwd, 'app/compose.yaml'), text);
    const { code, error } = await measured(join(cwd, 'app'));
    expect([code, error]).toEqual([0, '']);
  });

  it('5,000 ordinary services, a chain of them', async () => {
    const ordinary = (i: number) =>
      `  s${i}:\n    image: registry.example.com/team/app:${i}\n    environment: { A: "1", B: two, C: 3 }\n    ports: ["${8000 + i}:80"]\n${
        i === 0 ? '' : `    depends_on: [s${i - 1}]\n`
      }`;
    const { code, error } = await measured(folder({ 'compose.yaml': services(repeat(5_000, ordinary).join('')) }));
    expect([code, error]).toEqual([0, '']);
  });

  it('5,000 services that extend one another', async () => {
    const extending = (i: number) => `  s${i}: ${i === 0 ? '{ image: x }' : `{ extends: s${i - 1} }`}\n`;
    const { code, error } = await measured(folder({ 'compose.yaml': services(repeat(5_000, extending).join('')) }));
    expect([code, error]).toEqual([0, '']);
  });
});
