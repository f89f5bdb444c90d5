import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { writeYaml } from '../../src/source/write-yaml.ts';

const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'true',
    'Null',
    '~',
    '',
    ' a',
    'a ',
    'a: b',
    'a:b',
    'a:',
    '- a',
    '08',
    '8080',
    '0',
    '1e3',
    '0x1',
    '-1',
  ),
  fc.constantFrom(
    'a\nb',
    'a\n\n  b\n',
    '\n',
    'a #b',
    '#a',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a',
    '"a"',
    "it's",
    '.5',
    '.nan',
  ),
  fc.constantFrom(
    'postgres://a:b@c:5432/d',
    '$${A}',
    '/var/lib',
    '22:22',
    '2024-01-01',
    '<<',
    '=',
    '[a]',
    '{a: b}',
    'yes',
  ),
);
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('mapping'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  mapping: fc.dictionary(fc.oneof(texts, fc.constantFrom('image', 'x'.repeat(1100))), tie('value'), { maxKeys: 4 }),
}));

describe('writeYaml', () => {
  it('writes what the library writes', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(writeYaml(value)).toBe(stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out what is undefined, and writes a value twice where it is used twice', () => {
    const shared = { b: ['c d', { e: 1 }] };
    expect(writeYaml({ x: undefined, one: shared, other: shared })).toBe(
      'one:\n  b:\n    - c d\n    - e: 1\nother:\n  b:\n    - c d\n    - e: 1\n',
    );
    expect(parse(writeYaml([[], {}, [[1, ['2']]]]))).toEqual([[], {}, [[1, ['2']]]]);
  });
});
