// `npm run fuzz -- --seconds 60 --seed N`: runs the core over mutated fixtures and ends with 1 at the first run that
// throws, hangs, or reports a place outside its file. `--seed N --case M` repeats one run and prints its input.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { readCorpus } from './fuzz/corpus.mjs';
import { inputOf } from './fuzz/mutate.mjs';
import { compileValidators } from './validators.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const core = `${root}build/fuzz/core.mjs`;

/** Milliseconds that one run may take. */
const longest = 2_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, case: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const seconds = Number(values.seconds);

await mkdir(`${root}build/fuzz`, { recursive: true });
await compileValidators();
await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts'],
  outfile: core,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: { yaml: `${root}node_modules/yaml/browser/index.js` },
  sourcemap: 'inline',
  logLevel: 'warning',
});

if (values.case === undefined) await fuzz();
else await repeat(Number(values.case));

/** Runs cases in a thread, and watches that none takes too long: a thread that hangs cannot say so itself. */
async function fuzz() {
  process.stdout.write(`seed ${seed}, ${seconds} s\n`);
  // The number of the case that runs, and how many runs are done.
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const corpus = readCorpus(root);
  const worker = new Worker(new URL('./fuzz/worker.mjs', import.meta.url), {
    workerData: { core, corpus, seed, seconds, progress },
  });
  let [current, since] = [-1, Date.now()];
  const watchdog = setInterval(() => {
    if (progress[0] !== current) [current, since] = [progress[0], Date.now()];
    else if (current > 0 && Date.now() - since > longest) {
      fail({ number: current, problem: `it ran for more than ${longest} ms`, input: inputOf(corpus, seed, current) });
      process.exit(1);
    }
  }, 250);
  worker.on('message', (failure) => failure && fail(failure));
  await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
  clearInterval(watchdog);
  process.stdout.write(`${progress[1]} runs\n`);
}

async function repeat(number) {
  const { faultOf } = await import('./fuzz/run.mjs');
  const input = inputOf(readCorpus(root), seed, number);
  const problem = faultOf(await import(core), input);
  if (problem === undefined) process.stdout.write(`${shown(input)}\nno fault\n`);
  else fail({ number, problem, input });
}

function fail({ number, problem, input }) {
  process.exitCode = 1;
  process.stdout.write(`${shown(input)}\n${problem}\nrepeat: npm run fuzz -- --seed ${seed} --case ${number}\n`);
}

function shown(input) {
  return Object.entries(input.files)
    .map(([path, text]) => `=== ${path}\n${text}`)
    .join('\n');
}
