import { spawnSync } from 'node:child_process';

/**
 * Runs what is to be compared in turns, so that a busy moment of the machine hits all alike.
 * @param {readonly { name: string, args: readonly string[], codes?: readonly number[] }[]} subjects words after `node`,
 * and the exit codes that are no failure (default: 0)
 * @returns {number[]} the median of each in milliseconds
 */
export function medians(subjects, rounds) {
  const times = subjects.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { name, args, codes = [0] }] of subjects.entries()) {
      const start = process.hrtime.bigint();
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 << 20 });
      times[index].push(Number(process.hrtime.bigint() - start) / 1e6);
      if (!codes.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr}`);
    }
  }
  return times.map((values) => values.toSorted((a, b) => a - b)[values.length >> 1]);
}

/** A line for each: its median, its ratio to the first one's, and whether that is within its budget. */
export function print(subjects, times) {
  for (const [index, { name, budget }] of subjects.entries()) {
    const ratio = times[index] / times[0];
    const verdict = budget === undefined ? '' : `  (budget ${budget})${ratio <= budget ? '' : '  OVER'}`;
    console.log(`${name.padEnd(24)} ${times[index].toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)}${verdict}`);
  }
}
