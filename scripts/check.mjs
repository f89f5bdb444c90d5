// `npm run check`: everything but the tests. Runs all steps and says which failed.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { browserBundle } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => `${root}node_modules/.bin/${name}`;
const run = (file, ...args) => promisify(execFile)(file, args, { cwd: root, maxBuffer: 64 << 20 });

/** Bytes of each bundle, gzipped, and what it may have. The validators and the YAML library are a third of the second. */
const budgets = {
  'dist/cli.cjs': 30_000,
  'dist/offline.cjs': 180_000,
  'dist/aws.cjs': 250_000,
  'dist/ec2.cjs': 240_000,
  'dist/cloudformation.cjs': 150_000,
};

async function sizes() {
  for (const [file, budget] of Object.entries(budgets)) {
    const size = gzipSync(await readFile(`${root}${file}`)).length;
    if (size > budget) throw new Error(`${file} has ${size} bytes gzipped; its budget is ${budget}.`);
    process.stdout.write(`      ${file}: ${size} of ${budget} bytes gzipped\n`);
  }
}

async function typesOfPackage() {
  const folder = await mkdtemp(join(tmpdir(), 'compose2fargate-pack-'));
  try {
    await run('npm', 'pack', '--ignore-scripts', '--pack-destination', folder);
    const [tarball] = await readdir(folder);
    await run(bin('attw'), join(folder, tarball), '--profile', 'esm-only');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const steps = [
  ['format, lint, import directions', () => run(bin('biome'), 'ci', '--error-on-warnings', '.')],
  ['build', () => run(process.execPath, 'scripts/build.mjs')],
  ['types', () => run(bin('tsc'), '-p', 'tsconfig.json')],
  ['types of the core without Node', () => run(bin('tsc'), '-p', 'tsconfig.core.json')],
  ['the core bundled for a browser', browserBundle],
  ['bundle sizes', sizes],
  ['unused code and dependencies', () => run(bin('knip'))],
  ['package (publint)', () => run(bin('publint'), '--strict')],
  ['package (are the types wrong)', typesOfPackage],
];

let failed = 0;
for (const [name, step] of steps) {
  try {
    await step();
    process.stdout.write(`ok    ${name}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(
      `FAIL  ${name}\n${error.stdout ?? ''}${error.stderr ?? ''}${error.stdout ? '' : error.message}\n`,
    );
  }
}
process.stdout.write(failed === 0 ? 'All checks passed.\n' : `${failed} of ${steps.length} checks failed.\n`);
process.exitCode = failed === 0 ? 0 : 1;
