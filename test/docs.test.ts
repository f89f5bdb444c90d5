import { describe, expect, it } from 'vitest';
import type { KeyRule } from '../src/transformer/key-rule.ts';
import { projectKeys } from '../src/transformer/project-keys.ts';
import { serviceKeys } from '../src/transformer/service-keys.ts';

describe('docs/compose.md', () => {
  it('is printed from the tables (write it with vitest -u)', async () => {
    await expect(composePage()).toMatchFileSnapshot('../docs/compose.md');
  });
});

function composePage(): string {
  return `# What becomes of each Compose key

Printed from the tables in \`src/transformer/service-keys.ts\` and \`project-keys.ts\`; a test holds them against the Compose
schema. \`*\` stands for any name or item of a list.

- **mapped**: it is in the task definition, or decides something there. What ECS does otherwise than Docker is a finding.
- **local**: it matters on a developer's machine only, or the parser has resolved it; so it is with what is under it.
- **dropped**: it is left out, with a warning.
- **refused**: an error, since the containers would not be what the file says without it.

## Keys of a service

${table(serviceKeys)}

## The top level

${table(projectKeys)}
| \`x-*\` | local | ignored; \`x-simulate\` of a service tells the simulator how its container behaves |
`;
}

function table(rules: Readonly<Record<string, KeyRule>>): string {
  const rows = Object.entries(rules)
    .sort(byKey)
    .map(([key, rule]) => `| \`${key}\` | ${cells(rule).join(' | ')} |`);
  return ['| Key | | What becomes of it |', '| --- | --- | --- |', ...rows].join('\n');
}

function cells(rule: KeyRule): [string, string] {
  switch (rule.verdict) {
    case 'mapped':
      return ['mapped', /^[a-z]+[A-Z.]?\S*$/.test(rule.to) ? `\`${rule.to}\`` : rule.to];
    case 'local':
      return ['local', rule.why ?? ''];
    default: {
      const { verdict, why, unless, unlessAs, only } = rule;
      const alike = unlessAs ? ` or the value of \`${unlessAs}\`` : '';
      const exception = unless ? `; not for ${inCode(unless)}${alike}` : only ? `; only for ${inCode(only)}` : '';
      return [verdict, `${why}${exception}`];
    }
  }
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function inCode(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}
