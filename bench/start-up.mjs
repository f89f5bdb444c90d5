import { join } from 'node:path';
import { medians, print } from './in-turns.mjs';

/** Start-up times, as ratios to `node -e 0`. */
export function startUp(root, cli, rounds) {
  const helloWorld = join(root, 'fixtures/examples/hello-world/docker-compose.yml');
  const subjects = [
    { name: 'node -e 0', args: ['-e', '0'] },
    { name: 'convert (hello-world)', args: [cli, '-f', helloWorld, 'convert'], budget: 1.6 },
    { name: '--version', args: [cli, '--version'], budget: 1.3 },
    { name: '--help', args: [cli, '--help'], budget: 1.3 },
  ];
  console.log(`Start-up, ${rounds} rounds`);
  print(subjects, medians(subjects, rounds));
}
