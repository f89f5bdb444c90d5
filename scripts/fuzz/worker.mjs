import { parentPort, workerData } from 'node:worker_threads';
import { inputOf } from './mutate.mjs';
import { faultOf } from './run.mjs';

const { core: path, corpus, seed, seconds, progress } = workerData;
const core = await import(path);
const end = Date.now() + seconds * 1000;

for (let number = 1; Date.now() < end; number += 1) {
  progress[0] = number;
  const input = inputOf(corpus, seed, number);
  const problem = faultOf(core, input);
  progress[1] += 1;
  if (problem === undefined) continue;
  parentPort.postMessage({ number, problem, input: minimised(input) });
  break;
}

/** The input without the lines that its fault does not need, as far as a second of trying gets. */
function minimised(input) {
  const until = Date.now() + 1000;
  const isFaulty = (files) => faultOf(core, { ...input, files }) !== undefined;
  let files = input.files;
  for (const name of Object.keys(files)) {
    const { [name]: _, ...rest } = files;
    if (isFaulty(rest)) files = rest;
  }
  for (const name of Object.keys(files)) {
    for (let size = files[name].split('\n').length >> 1; size > 0; size >>= 1) {
      for (let at = 0; Date.now() < until; ) {
        const lines = files[name].split('\n');
        if (at >= lines.length) break;
        const without = { ...files, [name]: lines.toSpliced(at, size).join('\n') };
        if (isFaulty(without)) files = without;
        else at += size;
      }
    }
  }
  return { ...input, files };
}
