import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

interface Node {
  readonly [key: string]: unknown;
  readonly description?: string;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly examples?: readonly string[];
}

const file = fileURLToPath(new URL('../../../schemas/ecs-params.schema.json', import.meta.url));
const schema = JSON.parse(readFileSync(file, 'utf8'));
const fixtures = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

/** Every property of the schema, by the definition it stands in; those that are `$ref` alone are described there. */
const properties = propertiesOf(schema, '');

it('describes every property', () => {
  const described = ({ description, $ref }: Node) => description ?? schema.definitions[nameOf($ref)]?.description;
  expect(properties.filter(([, node]) => described(node) === undefined).map(([path]) => path)).toEqual([]);
});

it('says in words what every pattern asks for, with an example that it accepts', () => {
  const patterned = nodesOf(schema).filter(({ pattern }) => pattern !== undefined);
  for (const { pattern = '', patternErrorMessage, examples = [] } of patterned) {
    expect(patternErrorMessage, pattern).toBeDefined();
    expect(examples.length, pattern).toBeGreaterThan(0);
    for (const example of examples) expect(example).toMatch(new RegExp(pattern, 'u'));
  }
});

it('has no property that no fixture uses', () => {
  const used = new Set<string>();
  for (const path of readdirSync(fixtures, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('ecs-params.yml')) collectKeys(parse(readFileSync(`${fixtures}${path}`, 'utf8')), used);
  }
  const names = new Set(properties.map(([path]) => path.slice(path.lastIndexOf('.') + 1)));
  expect([...names].filter((name) => !used.has(name))).toEqual([]);
});

function nameOf($ref: unknown): string {
  return String($ref).slice('#/definitions/'.length);
}

function nodesOf(node: unknown): readonly Node[] {
  if (typeof node !== 'object' || node === null) return [];
  return [node as Node, ...Object.values(node).flatMap(nodesOf)];
}

function propertiesOf(node: unknown, path: string): readonly (readonly [string, Node])[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as { properties?: Readonly<Record<string, Node>> }).properties ?? {};
  return [
    ...Object.entries(own).map(([key, value]) => [`${path}.${key}`, value] as const),
    ...Object.entries(node).flatMap(([key, value]) => propertiesOf(value, `${path}.${key}`)),
  ];
}

function collectKeys(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    into.add(key);
    collectKeys(child, into);
  }
}
