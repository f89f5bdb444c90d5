import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { run } from '../run.ts';

async function config(compose: string, ...args: string[]) {
  return run(['config', ...args], { cwd: folder({ 'compose.yaml': `name: shop\n${compose}` }) });
}

describe('config --hash', () => {
  const hashes = async (compose: string) => (await config(compose, '--hash', '*')).out;

  it('does not depend on the order of keys, nor on what a container is not made of', async () => {
    const one = await hashes('services: { web: { image: nginx, user: "1", environment: { A: 1, B: 2 } } }');
    const same = await hashes(
      'services: { web: { scale: 2, environment: { B: 2, A: 1 }, user: "1", pull_policy: always, image: nginx } }',
    );
    expect(one).toMatch(/^web [0-9a-f]{64}\n$/);
    expect(same).toBe(one);
  });

  it('changes with what a container is made of', async () => {
    const one = await hashes('services: { web: { image: nginx, deploy: { resources: { limits: { cpus: 1 } } } } }');
    const other = await hashes('services: { web: { image: nginx, deploy: { resources: { limits: { cpus: 2 } } } } }');
    expect(other).not.toBe(one);
  });

  it('prints a line a service named, in that order', async () => {
    const compose = 'services: { web: { image: nginx }, db: { image: mysql }, cache: { image: redis } }';
    const { out } = await config(compose, '--hash', 'db,web');
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual(['db', 'web', '']);
  });
});

describe('config, asked for what is not there', () => {
  const compose = 'services: { web: { image: nginx } }';

  it.each([
    ['wbe', 'Did you mean "web"?'],
    ['constructor', 'It has web.'],
  ])('a hash of %s', async (name, help) => {
    const error = `error: --hash: the project has no service "${name}". ${help}\n`;
    expect(await config(compose, '--hash', name)).toEqual({ code: 2, out: '', error });
  });

  it('two things at once', async () => {
    const error = 'error: --services and --images exclude each other.\n';
    expect(await config(compose, '--images', '--services')).toEqual({ code: 2, out: '', error });
  });
});

it('--format json holds for the names too', async () => {
  const { out } = await config('services: { web: { image: nginx } }', '--services', '--format', 'json');
  expect(JSON.parse(out)).toEqual(['web']);
});

describe('config --variables', () => {
  it('asks for no values', async () => {
    const { code, out, error } = await config('services: { web: { image: "${IMAGE:?say which}" } }', '--variables');
    expect([code, error]).toEqual([0, '']);
    expect(out).toBe('NAME   REQUIRED  DEFAULT VALUE  ALTERNATE VALUE\nIMAGE  true\n');
  });

  it('still says that a file cannot be read', async () => {
    const { code, out, error } = await config('services: { web: [ }', '--variables');
    expect([code, out]).toEqual([1, '']);
    expect(error).toContain('compose.yaml:2:');
  });
});

it('config -q prints nothing for a project without errors', async () => {
  expect(await config('services: { web: { image: nginx } }', '-q')).toEqual({ code: 0, out: '', error: '' });
});
