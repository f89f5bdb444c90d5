// `npm run demo`: a first Compose file becomes a (simulated) Fargate task, step by step, with no AWS account.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'bin/compose2fargate.js');
const cwd = join(root, 'fixtures/examples/wordpress-mysql');
// Where the simulated account is kept: not in that of whoever runs the demo.
const state = await mkdtemp(join(tmpdir(), 'compose2fargate-demo-'));

/** What is shown, in order: a sentence, and the command that it is about. */
const steps = [
  ['Check the project as strictly as AWS would:', ['validate']],
  ['See what would be done:', ['plan', '--quiet', '--simulate']],
  ['Run it:', ['up', '--simulate']],
  ['What it says:', ['logs', '--quiet', '--simulate']],
  ['What runs:', ['ps', '--simulate']],
  ['Stop it:', ['down', '--simulate']],
];

console.log(
  'This demo talks to a simulator inside the tool: no AWS account is used, and nothing it runs is a container.',
);
console.log(`The project is fixtures/examples/wordpress-mysql.\n`);
try {
  for (const [sentence, args] of steps) {
    console.log(`\n# ${sentence}\n$ compose2fargate ${args.join(' ')}`);
    await execa('node', [cli, ...args], { cwd, stdio: 'inherit', env: { AWS_REGION: '', XDG_STATE_HOME: state } });
  }
  console.log('\nThe same commands without --simulate do it on AWS.');
} catch (error) {
  console.error(`\nThe demo failed: ${error.shortMessage ?? error.message}`);
  process.exitCode = 1;
} finally {
  await rm(state, { recursive: true, force: true });
}
