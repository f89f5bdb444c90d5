import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { cli, example, simulated } from './cli.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [, shown = ''] = /```console\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
const names = ['compose.yaml', '.env', 'ecs-params.yml'];
const files = names.map((name) => [name, readFileSync(join(example('wordpress-mysql'), name), 'utf8')]);

it('prints what the README shows first, of the example that its demo runs', async () => {
  const cwd = folder(Object.fromEntries(files));
  const sessions = shown.split('$ compose2fargate ').slice(1);
  expect(sessions).toHaveLength(2);
  for (const session of sessions) {
    const [line = '', ...lines] = session.trimEnd().split('\n');
    const { out, error } = await cli(cwd, ...line.split(' '), ...(line.includes('--simulate') ? simulated() : []));
    const printed = `${out}${error}`.replaceAll(/ --simulate-\w+ \S+/g, '');
    for (const each of lines) expect(printed).toContain(each);
  }
}, 60_000);
