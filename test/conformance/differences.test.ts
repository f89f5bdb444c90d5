import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('docs/ecs-cli.md has a row for every fixture of fixtures/ecs-cli, and no other', () => {
  const rows = read('docs/ecs-cli.md').matchAll(/^\|.*\| `([a-z0-9-]+)` *\|$/gm);
  const named = new Set([...rows].map(([, fixture]) => fixture));
  expect([...named].sort()).toEqual(readdirSync(new URL('../../fixtures/ecs-cli', import.meta.url)).sort());
});
