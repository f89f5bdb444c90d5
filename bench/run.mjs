// `npm run bench [rounds]`: times as ratios, taken side by side, in turns, in one run.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lint } from './lint.mjs';
import { startUp } from './start-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'bin/compose2fargate.js');
const rounds = Number(process.argv[2] ?? 40);

if (!existsSync(join(root, 'dist/cli.cjs'))) execFileSync('node', ['scripts/build.mjs'], { cwd: root });

console.log(`node ${process.version}, medians`);
startUp(root, cli, rounds);
// A run of these takes as long as ten of the others.
lint(root, cli, Math.ceil(rounds / 8));
