import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withConfig } from '../../src/cli/config-file.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import type { Host } from '../../src/host.ts';

function configured(files: Readonly<Record<string, string>>, options = {}, cwd = '/repo/app') {
  const host: Host = {
    cwd,
    environment: {},
    read: (path) => (files[path] === undefined ? { failure: 'missing' } : { text: files[path] }),
    readStandardInput: () => ({ failure: 'missing' }),
    kind: (path) => (files[path] === undefined ? 'missing' : 'file'),
    list: () => [],
    now: () => 0,
  };
  const found: Parameters<Parameters<typeof withConfig>[2]>[0][] = [];
  return { ...withConfig(host, options, (one) => found.push(one)), isWrong: hasErrors(found) };
}

describe('the configuration', () => {
  const off = 'severity: { transform/restart: off }';

  it('is the nearest one, not above the root of the repository', () => {
    const files = {
      '/repo/.git': '',
      '/repo/compose2fargate.config.yml': off,
      '/compose2fargate.config.yml': 'strict: true',
    };
    expect(configured(files)).toEqual({ severity: ['transform/restart=off'], isWrong: false });
    expect(configured({ ...files, '/repo/app/compose2fargate.config.yaml': '{}' }).severity).toEqual([]);
    expect(configured({ '/repo/app/.git': '', '/repo/compose2fargate.config.yml': off }).severity).toBeUndefined();
  });

  it('gives way to the command line', () => {
    const options = { severity: ['transform/restart=error'], strict: false };
    const files = { '/repo/app/compose2fargate.config.yml': `strict: true\n${off}` };
    expect(configured(files, options)).toEqual({
      // The later one counts.
      severity: ['transform/restart=off', 'transform/restart=error'],
      strict: false,
      isWrong: false,
    });
  });

  it('takes a package.json that is broken for none', () => {
    expect(configured({ '/repo/app/package.json': '{ "compose2fargate": ' })).toEqual({ isWrong: false });
  });

  it.each([
    ['severity: { transform/restart: off }\nstrict: false', true],
    ['severity: { transform/restart: none }', false],
    ['severity: []', false],
    ['strict: 1', false],
    ['strickt: true', false],
    ['constructor: {}', false],
    ['[]', false],
  ])('%s: schema and program agree', (text, isRight) => {
    const schema = JSON.parse(readFileSync(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8'));
    expect(new Ajv().validate(schema, parse(text))).toBe(isRight);
    expect(configured({ '/repo/app/compose2fargate.config.yml': text }).isWrong).toBe(!isRight);
  });
});
