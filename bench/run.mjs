// `npm run bench`: start-up times as ratios to `node -e 0`, taken side by side, in turns, in one run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'bin/compose2fargate.js');
const helloWorld = join(root, 'fixtures/examples/hello-world/docker-compose.yml');
const rounds = Number(process.argv[2] ?? 40);

if (!existsSync(join(root, 'dist/cli.cjs'))) execFileSync('node', ['scripts/build.mjs'], { cwd: root });

/** What is timed, and the ratio that it may have. */
const subjects = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'convert (hello-world)', args: [cli, '-f', helloWorld, 'convert'], budget: 1.6 },
  { name: '--version', args: [cli, '--version'], budget: 1.3 },
  { name: '--help', args: [cli, '--help'], budget: 1.3 },
];

const times = subjects.map(() => []);
for (let round = 0; round < rounds; round += 1) {
  for (const [index, { name, args }] of subjects.entries()) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    times[index].push(Number(process.hrtime.bigint() - start) / 1e6);
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const [floor, ...others] = times.map(median);
console.log(`${rounds} rounds, node ${process.version}, medians`);
console.log(`${subjects[0].name.padEnd(24)} ${floor.toFixed(1).padStart(7)} ms  1.00`);
for (const [index, time] of others.entries()) {
  const { name, budget } = subjects[index + 1];
  const ratio = time / floor;
  const verdict = ratio <= budget ? '' : '  OVER';
  console.log(
    `${name.padEnd(24)} ${time.toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)}  (budget ${budget})${verdict}`,
  );
}
