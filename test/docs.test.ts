import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type KeyRule, nestedKeys, serviceKeys } from '../src/transformer/service-keys.ts';

const require = createRequire(import.meta.url);
const schema = require('docker-compose/schema/compose-spec.json');
/** Keys that the reference loader knows beyond the schema of the package. */
const patch = JSON.parse(readFileSync(new URL('../schemas/compose.patch.json', import.meta.url), 'utf8'));

describe('docs/compose.md', () => {
  it('is printed from the table (write it with vitest -u)', async () => {
    await expect(composePage()).toMatchFileSnapshot('../docs/compose.md');
  });

  it('has a row for every key of a service in the Compose schema, and no other', () => {
    const known = [
      ...Object.keys(schema.definitions.service.properties),
      ...Object.keys(patch.definitions?.service?.properties ?? {}),
    ];
    expect(Object.keys(serviceKeys).sort()).toEqual([...new Set(known)].sort());
  });
});

function composePage(): string {
  const rows = Object.entries({ ...serviceKeys, ...nestedKeys })
    .sort(byKey)
    .map(([key, rule]) => `| \`${key}\` | ${cells(rule).join(' | ')} |`);
  return `# What becomes of each Compose key

Printed from the table in \`src/transformer/service-keys.ts\`; a test holds it against the Compose schema.

- **mapped**: it is in the task definition, or decides something there. What ECS does otherwise than Docker is a finding.
- **local**: it matters on a developer's machine only, or the parser has resolved it.
- **dropped**: it is left out, with a warning.
- **refused**: an error, since the containers would not be what the file says without it.

## Keys of a service

| Key | | What becomes of it |
| --- | --- | --- |
${rows.join('\n')}

## The top level

| Key | What becomes of it |
| --- | --- |
| \`name\` | the family of the task definition |
| \`services\` | a container each, in the order of the file |
| \`volumes\` | a volume of the task for each that is mounted: EFS where ecs-params says so, else scratch space that lives as long as the task |
| \`networks\` | nothing: the containers of one task share one network. A warning where networks were to keep services apart, or are told something |
| \`secrets\` | those that are external, by name or ARN, for variables \`X_FILE\`; others are refused where a service reads them |
| \`configs\` | refused where a service reads them: no files are mounted |
| \`models\` | refused where a service uses them |
| \`include\` | resolved by the parser |
| \`version\` | ignored, as in Docker Compose |
| \`x-*\` | ignored; \`x-simulate\` of a service tells the simulator how its container behaves |
`;
}

function cells(rule: KeyRule): [string, string] {
  switch (rule.verdict) {
    case 'mapped':
      return ['mapped', /^[a-z]+[A-Z.]?\S*$/.test(rule.to) ? `\`${rule.to}\`` : rule.to];
    case 'local':
      return ['local', ''];
    case 'refused':
      return ['refused', rule.unless ? `${rule.why}; ${inCode(rule.unless)} is fine` : rule.why];
    default:
      return [rule.verdict, rule.why];
  }
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function inCode(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(' or ');
}
