import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { example } from './cli.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('the packed package, installed in an empty folder with no network, converts, and its library does what the README shows', async () => {
  const cwd = folder({ 'package.json': '{ "private": true, "type": "module" }' });
  await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', cwd], { cwd: root });
  const tarball = readdirSync(cwd).find((name) => name.endsWith('.tgz')) ?? '';
  await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd });
  const file = join(example('hello-world'), 'docker-compose.yml');

  const command = join(cwd, 'node_modules/.bin/compose2fargate');
  const { stdout } = await execa(command, ['-f', file, 'convert'], {
    cwd,
    env: { XDG_CACHE_HOME: join(cwd, 'cache') },
  });
  expect(JSON.parse(stdout)).toMatchObject({ cpu: '256', memory: '512' });

  const [, readme = ''] = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  copyFileSync(file, join(cwd, 'compose.yaml'));
  writeFileSync(
    join(cwd, 'use.js'),
    `${readme}
     import { startSimulator } from 'compose2fargate/simulator';
     import { openAccount } from 'compose2fargate/deployer';
     const simulator = await startSimulator();
     await simulator.close();
     console.log(typeof openAccount);`,
  );
  const used = await execa('node', ['use.js'], { cwd });
  expect(used.stdout).toMatch(/"memory": "512",\n.*\}\nfunction$/s);
  expect(used.stderr).toContain('compose.yaml:4:12: warning: WordPress');
}, 60_000);

it('starts without a place for its code cache, and with one that is damaged', async () => {
  const home = folder();
  const convert = (cache: string) =>
    execa(
      'node',
      [join(root, 'bin/compose2fargate.js'), '-f', join(example('hello-world'), 'docker-compose.yml'), 'convert'],
      {
        env: { XDG_CACHE_HOME: cache },
      },
    );
  writeFileSync(join(home, 'a-file'), '');
  expect((await convert(join(home, 'a-file'))).exitCode).toBe(0);

  const cache = join(home, 'cache');
  const { stdout } = await convert(cache);
  const [name = ''] = readdirSync(join(cache, 'compose2fargate'));
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'compose2fargate', name), 'no machine code');
  expect((await convert(cache)).stdout).toBe(stdout);
  expect((await convert(cache)).stdout).toBe(stdout);
});
