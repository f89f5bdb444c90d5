import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schema } from '#validators/ecs-params';
import type { Json } from '../../../src/parser/compose/plain.ts';
import { type Schema, schemaErrors } from '../../../src/parser/schema/validate.ts';

const ajv = new Ajv({ allErrors: true, strict: false, messages: false });
const validate = ajv.compile(schema);
const fixtures = fileURLToPath(new URL('../../../fixtures/ecs-params/', import.meta.url));

describe('finds what Ajv finds', () => {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path));
  it.each(files)('in %s', (path) => expectSame(parse(readFileSync(join(fixtures, path), 'utf8'))));

  it('wherever a value of a right file is replaced', () => {
    const right: Json = parse(readFileSync(join(fixtures, 'every-key/ecs-params.yml'), 'utf8'));
    const services: Json = parse(readFileSync(join(fixtures, 'for-services/ecs-params.yml'), 'utf8'));
    const places = [right, services].flatMap((file) => placesIn(file).map((place) => ({ file, place })));
    const values = fc.oneof(fc.jsonValue(), fc.integer(), fc.constantFrom('😀'.repeat(64), 'fs-0', 'ENABLED', '', -1));
    fc.assert(
      fc.property(fc.constantFrom(...places), values, ({ file, place }, value) => {
        expectSame(replaced(file, place, value as Json));
      }),
      { numRuns: 2000 },
    );
  });
});

it('knows every keyword that the schema uses', () => {
  const known: Readonly<Record<keyof Schema, true>> = {
    $ref: true,
    definitions: true,
    allOf: true,
    type: true,
    enum: true,
    properties: true,
    required: true,
    additionalProperties: true,
    items: true,
    maxItems: true,
    minimum: true,
    maximum: true,
    exclusiveMinimum: true,
    minLength: true,
    maxLength: true,
    pattern: true,
  };
  expect([...keywordsOf(schema)].filter((keyword) => !Object.hasOwn(known, keyword))).toEqual([]);
});

function expectSame(value: Json): void {
  validate(value);
  const theirs = (validate.errors ?? []).map(({ keyword, instancePath, params }) => ({
    keyword,
    instancePath,
    params,
  }));
  expect(sorted(schemaErrors(schema, value))).toEqual(sorted(theirs));
}

function sorted(errors: readonly object[]): readonly string[] {
  return errors.map((error) => JSON.stringify(error)).toSorted();
}

type Place = readonly (string | number)[];

function placesIn(value: Json, place: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...place, key]))];
}

function replaced(value: Json, [step, ...rest]: Place, by: Json): Json {
  if (step === undefined) return by;
  const copy = structuredClone(value) as Record<string, Json>;
  copy[step] = replaced(copy[step] as Json, rest, by);
  return copy;
}

function keywordsOf(node: unknown, isMap = false): ReadonlySet<string> {
  const found = new Set<string>();
  if (typeof node !== 'object' || node === null) return found;
  for (const [key, value] of Object.entries(node)) {
    if (!isMap && !Array.isArray(node)) found.add(key);
    if (key === 'enum' && !isMap) continue;
    for (const keyword of keywordsOf(value, !isMap && ['properties', 'definitions'].includes(key))) found.add(keyword);
  }
  return found;
}
