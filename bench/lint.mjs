import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awesomeExamples, ownExamples } from './example-files.mjs';
import { medians, print } from './in-turns.mjs';

/** `validate` of all example files in one process, as a ratio to dclint on the same files. */
export function lint(root, cli, rounds) {
  const dclint = join(root, 'bench/node_modules/dclint/bin/dclint.cjs');
  const failure = existsSync(dclint) ? undefined : install(root);
  if (failure !== undefined) {
    console.log(`Lint: NOT COMPARED, dclint cannot be installed (npm ci --prefix bench).\n${failure}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'compose2fargate-bench-'));
  try {
    const own = ownExamples(root);
    const awesome = awesomeExamples(root, folder);
    // Both end with 1: the files have findings.
    const subjects = [
      { name: 'dclint', args: [dclint, ...own, ...awesome], codes: [1] },
      { name: 'validate', args: [cli, 'validate', ...own, ...awesome], codes: [1], budget: 0.2 },
    ];
    console.log(`Lint of ${own.length} examples and ${awesome.length} of awesome-compose, ${rounds} rounds`);
    print(subjects, medians(subjects, rounds));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Why dclint could not be installed; undefined where it was. */
function install(root) {
  const args = ['ci', '--prefix', 'bench', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr);
}
