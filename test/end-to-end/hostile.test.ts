import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { launcher } from './cli.ts';

/**
 * What a stranger's file may cost: what is beyond a limit is refused within a second and 200 MB, what is not ends at
 * all. Measured is the time of the processors, which a busy machine does not lengthen much; hence the slack.
 */
const most = { seconds: 1.5, megabytes: 200 };

type Files = Readonly<Record<string, string | Uint8Array>>;

interface Case {
  readonly name: string;
  readonly files: () => Files;
  readonly args?: readonly string[];
  /** Part of what is printed: the finding's place and code. Where none is given the input is right. */
  readonly finding?: RegExp;
  /** What it may take where the input is within the limits, and so only slow. */
  readonly within?: { readonly seconds: number; readonly megabytes: number };
}

const service = 'services:\n  a:\n    image: x\n';
const compose = (text: string | Uint8Array) => () => ({ 'compose.yaml': text });
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const doubling = (levels: number) => `Z0=lollollol\n${many(levels, (i) => `Z${i + 1}=\${Z${i}}\${Z${i}}\n`)}`;

const large: readonly Case[] = [
  {
    name: 'an alias bomb',
    files: compose(`x-0: &x0 lol\n${many(9, (i) => `x-${i + 1}: &x${i + 1} [${`*x${i},`.repeat(10)}]\n`)}${service}`),
    finding: /^compose\.yaml:\d+:\d+: error: With its aliases .* 600,000 nodes.*\[yaml\/too-many-nodes\]$/m,
  },
  {
    name: 'an alias bomb of merge keys',
    files: compose(
      `x-0: &x0 {a: 1}\n${many(39, (i) => `x-${i + 1}: &x${i + 1} {<<: [*x${i}, *x${i}], b: 1}\n`)}${service}`,
    ),
    finding: /^compose\.yaml:\d+:\d+: error: .*\[yaml\/too-many-nodes\]$/m,
  },
  {
    name: 'aliases of a long text',
    files: compose(`x-a: &a ${'x'.repeat(1_000_000)}\nx-b: [${'*a,'.repeat(1_000)}]\n${service}`),
    finding: /^compose\.yaml:2:\d+: error: .*\[yaml\/too-many-nodes\]$/m,
  },
  {
    name: 'flow lists 100,000 deep',
    files: compose(`a: ${'['.repeat(100_000)}`),
    finding: /^compose\.yaml:1:\d+: .*200 levels.*\[yaml\/too-deep\]$/m,
  },
  {
    name: 'flow mappings 100,000 deep',
    files: compose('{a: '.repeat(100_000)),
    finding: /^compose\.yaml:1:\d+: .*\[yaml\/too-deep\]$/m,
  },
  {
    name: 'block mappings 4,000 deep',
    files: compose(many(4_000, (i) => `${' '.repeat(i)}a:\n`)),
    finding: /^compose\.yaml:200:200: .*\[yaml\/too-deep\]$/m,
  },
  {
    name: 'keys of keys 100,000 deep',
    files: compose('? '.repeat(100_000)),
    finding: /^compose\.yaml:1:\d+: .*\[yaml\/too-deep\]$/m,
  },
  {
    name: 'a scalar of 50 MB',
    files: compose(`a: ${'x'.repeat(50_000_000)}`),
    finding: /compose\.yaml is larger than 16 MiB.*\[input\/too-large\]$/m,
  },
  {
    name: 'a million keys, a line each',
    files: compose(`${service}    labels:\n${many(1_000_000, (i) => `      k${i}:\n`)}`),
    finding: /^compose\.yaml:\d+:\d+: .*800,000 line ends, commas.*\[input\/too-long\]$/m,
  },
  {
    name: 'a million keys on one line',
    files: compose(`x: {${many(1_000_000, (i) => `k${i}: v,`)}}`),
    finding: /^compose\.yaml:1:\d+: .*\[input\/too-long\]$/m,
  },
  {
    name: 'a million lines of comment',
    files: compose(`${'# x\n'.repeat(1_000_000)}${service}`),
    finding: /^compose\.yaml:800001:4: .*\[input\/too-long\]$/m,
  },
  {
    name: 'a million signs',
    files: compose(`a: ${'[]'.repeat(2_000_000)}`),
    finding: /^compose\.yaml:1:\d+: .*\[input\/too-long\]$/m,
  },
  {
    name: 'a million variables in .env',
    files: () => ({ 'compose.yaml': service, '.env': many(1_000_000, (i) => `K${i}=v\n`) }),
    finding: /^\.env:400001:8: .*\[input\/too-long\]$/m,
  },
  {
    name: 'a million variables in an env_file',
    files: () => ({ 'compose.yaml': `${service}    env_file: e\n`, e: many(1_000_000, (i) => `K${i}=v\n`) }),
    finding: /^e:400001:8: .*\[input\/too-long\]$/m,
  },
  {
    name: 'a million keys in ecs-params',
    files: () => ({ 'compose.yaml': service, 'ecs-params.yml': many(1_000_000, (i) => `k${i}:\n`) }),
    args: ['validate'],
    finding: /^ecs-params\.yml:400001:8: .*\[input\/too-long\]$/m,
  },
  {
    name: 'a million containers',
    files: () => ({ 'a.json': `{"containerDefinitions":[${'{},'.repeat(1_000_000)}{}]}` }),
    args: ['validate', 'a.json'],
    finding: /^a\.json:1:\d+: .*\[input\/too-long\]$/m,
  },
  {
    name: 'a task definition 100,000 deep',
    files: () => ({ 'a.json': '{"a":'.repeat(100_000) }),
    args: ['validate', 'a.json'],
    finding: /^a\.json:1:\d+: error: /,
  },
];

const multiplied: readonly Case[] = [
  {
    name: 'variables that double, in .env',
    files: () => ({ 'compose.yaml': `services: {a: {image: "$Z40"}}`, '.env': doubling(40) }),
    finding: /^\.env:\d+:1: .*8,000,000 characters.*\[compose\/too-much-substituted\]$/m,
  },
  {
    name: 'variables that double, in an env_file',
    files: () => ({ 'compose.yaml': `${service}    env_file: e\n`, e: doubling(40) }),
    finding: /^e:\d+:1: .*\[compose\/too-much-substituted\]$/m,
  },
  {
    name: 'a long variable used 10,000 times',
    files: () => ({
      'compose.yaml': `${service}    labels:\n${many(10_000, (i) => `      k${i}: $Z\n`)}`,
      '.env': `Z=${'x'.repeat(1_000_000)}`,
    }),
    finding: /^compose\.yaml:13:\d+: .*\[compose\/too-much-substituted\]$/m,
  },
  {
    name: 'a long variable taken 10,000 times',
    files: () => ({
      'compose.yaml': `services:\n${many(500, (i) => `  s${i}: {image: x, environment: [Z]}\n`)}`,
      '.env': `Z=${'x'.repeat(1_000_000)}`,
    }),
    finding: /^compose\.yaml:.*2,000,000 nodes.*\[compose\/too-large\]$/m,
  },
  {
    name: 'defaults 100,000 deep',
    files: compose(`services: {a: {image: "${'${A:-'.repeat(100_000)}${'}'.repeat(100_000)}"}}`),
    finding: /^compose\.yaml:1:\d+: .*200 levels.*\[compose\/variables-too-deep\]$/m,
  },
  {
    name: 'ports by the million',
    files: compose(
      `${service}    ports:\n${many(1_000, (i) => `      - 127.0.${Math.floor(i / 250)}.${i % 250}:1-65535:1-65535\n`)}`,
    ),
    finding: /^compose\.yaml:6:\d+: .*100,000 ports.*\[compose\/too-many-ports\]$/m,
    within: { seconds: 3, megabytes: 400 },
  },
  {
    name: 'includes that double',
    files: () => ({
      'compose.yaml': 'include: [f0.yaml]',
      ...Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`f${i}.yaml`, `include: [f${i + 1}.yaml, ./f${i + 1}.yaml]`]),
      ),
      'f40.yaml': service,
    }),
    finding: /^f\d+\.yaml:1:\d+: .*\[compose\/too-large\]$/m,
    within: { seconds: 5, megabytes: 200 },
  },
  {
    name: 'a chain of 1,000 includes',
    files: () => ({
      'compose.yaml': 'include: [f0.yaml]',
      ...Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`f${i}.yaml`, `include: [f${i + 1}.yaml]`])),
    }),
    finding: /^f\d+\.yaml:1:11: .*200 files.*\[compose\/include-too-deep\]$/m,
  },
  {
    name: 'an env_file that every service reads',
    files: () => ({
      'compose.yaml': `services:\n${many(3_000, (i) => `  s${i}: {image: x, env_file: e}\n`)}`,
      e: many(1_000, (i) => `K${i}=v\n`),
    }),
    finding: /^compose\.yaml:\d+:\d+: .*with it.*800,000 line ends.*\[input\/exhausted\]$/m,
    within: { seconds: 5, megabytes: 400 },
  },
  {
    name: 'services that extend and grow',
    files: compose(
      `services:\n  s0: {image: x}\n${many(3_000, (i) => `  s${i + 1}: {extends: s${i}, labels: {l${i}: v}}\n`)}`,
    ),
    finding: /^compose\.yaml:\d+:\d+: .*\[compose\/too-large\]$/m,
    within: { seconds: 8, megabytes: 300 },
  },
  {
    name: 'a document for every line',
    files: compose('services: {a: {image: x}}\n---\n'.repeat(5_000)),
    finding: /^compose\.yaml:\d+:\d+: .*\[compose\/too-large\]$/m,
    within: { seconds: 8, megabytes: 300 },
  },
  {
    name: 'a finding for every line',
    files: compose(`${service}${many(15_000, (i) => `    k${i}: v\n`)}`),
    finding: /1,000 findings.*\[input\/too-many-findings\]$/m,
    within: { seconds: 8, megabytes: 500 },
  },
];

const circular: readonly Case[] = [
  {
    name: 'services that extend each other',
    files: compose('services:\n  a: {extends: b}\n  b: {extends: a}\n'),
    finding: /^compose\.yaml:3:16: .*\[compose\/extends-cycle\]$/m,
  },
  {
    name: 'services of files that extend each other',
    files: () => ({
      'compose.yaml': 'services: {a: {extends: {file: b.yaml, service: a}}}',
      'b.yaml': 'services: {a: {extends: {file: compose.yaml, service: a}}}',
    }),
    finding: /^b\.yaml:1:\d+: .*\[compose\/extends-cycle\]$/m,
  },
  {
    name: 'files that include each other',
    files: () => ({ 'compose.yaml': `include: [b.yaml]\n${service}`, 'b.yaml': 'include: [compose.yaml]' }),
    finding: /^b\.yaml:1:11: .*\[compose\/include-cycle\]$/m,
  },
  {
    name: 'an anchor within itself',
    files: compose('services:\n  a: &a\n    image: x\n    x-a: *a\n'),
    finding: /^compose\.yaml:4:10: .*\[yaml\/unknown-anchor\]$/m,
  },
];

const noText: readonly Case[] = [
  {
    name: 'NUL bytes',
    files: compose(`${service}    command: \u0000\n`),
    finding: /compose\.yaml is not a text file.*\[input\/binary\]$/m,
  },
  {
    name: 'invalid UTF-8',
    files: compose(bytes(service, '    command: ', [0xff, 0xfe], '\n')),
    finding: /compose\.yaml is not a text file.*\[input\/binary\]$/m,
  },
  { name: 'lines that end as on Windows', files: compose(service.replaceAll('\n', '\r\n')) },
  { name: 'a byte order mark', files: compose(bytes([0xef, 0xbb, 0xbf], service)) },
  {
    name: 'a device',
    files: compose(service),
    args: ['-f', '/dev/zero', 'config'],
    finding: /\/dev\/zero is not a regular file.*\[input\/special\]$/m,
  },
  {
    name: 'devices named in a file',
    files: compose(`include: [/dev/zero]\nservices: {a: {image: x, env_file: /dev/random}}`),
    finding: /^compose\.yaml:1:11: .*\[input\/special\]$/m,
  },
];

for (const [title, cases] of Object.entries({ large, multiplied, circular, 'no text': noText })) {
  describe(`hostile input: ${title}`, () => {
    for (const { name, files, args = ['config'], finding, within = most } of cases) {
      it(name, { timeout: 60_000 }, async () => {
        const path = folder();
        for (const [file, text] of Object.entries(files())) {
          mkdirSync(dirname(join(path, file)), { recursive: true });
          writeFileSync(join(path, file), text);
        }
        const { code, printed, seconds, megabytes } = await measure(path, args);
        if (finding !== undefined) expect(printed).toMatch(finding);
        expect(code).toBe(finding === undefined ? 0 : 1);
        expect(seconds / (await slowness(seconds > within.seconds))).toBeLessThan(within.seconds);
        expect(megabytes).toBeLessThan(within.megabytes);
      });
    }
  });
}

describe('hostile input: places', () => {
  it.skipIf(process.platform === 'win32')('a pipe that nobody writes to is no file', async () => {
    const path = folder();
    spawnSync('mkfifo', [join(path, 'pipe')]);
    const { code, printed } = await measure(path, ['-f', 'pipe', 'config']);
    expect(printed).toMatch(/pipe is not a regular file.*\[input\/special\]$/m);
    expect(code).toBe(1);
  });

  it('a link to itself is no file', async () => {
    const path = folder();
    symlinkSync('loop', join(path, 'loop'));
    const { code, printed } = await measure(path, ['-f', 'loop', 'config']);
    expect(printed).toMatch(/loop does not exist.*\[input\/missing\]$/m);
    expect(code).toBe(1);
  });

  it('what is named outside the project is read, as in Docker Compose', async () => {
    const outside = folder({
      'base.yaml': 'services: {b: {image: y}}',
      'more.yaml': 'services: {c: {image: z}}',
      e: 'A=1\n',
    });
    const text = `include: [${outside}/more.yaml]
services: {a: {extends: {file: ${outside}/base.yaml, service: b}, env_file: ${outside}/e}}`;
    const { code, printed } = await measure(folder({ 'compose.yaml': text }), ['config']);
    expect(printed).toContain('A: "1"');
    expect(printed).toContain('image: y');
    expect(printed).toContain('image: z');
    expect(code).toBe(0);
  });
});

/** Seconds of the processors for an ordinary small file on an idle machine. */
const ordinary = 0.2;

/** How many times slower than an idle machine this one is just now; 1 where it is not asked. */
async function slowness(asked: boolean): Promise<number> {
  if (!asked) return 1;
  const { seconds } = await measure(folder({ 'compose.yaml': service }), ['config']);
  return Math.max(1, seconds / ordinary);
}

/** Says at its end, on a pipe of its own, what the process has used. */
const meter = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require('node:fs').writeSync(3, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});`;

async function measure(cwd: string, args: readonly string[]) {
  const meterFile = join(folder({ 'meter.cjs': meter }), 'meter.cjs');
  const { exitCode, all, stdio } = await execa(process.execPath, ['--require', meterFile, launcher, ...args], {
    cwd,
    all: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    reject: false,
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' },
  });
  const used = JSON.parse(String(stdio[3])) as { readonly seconds: number; readonly megabytes: number };
  return { code: exitCode, printed: String(all), ...used };
}
