import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** The Compose and ecs-params files of the fixtures, as pairs. */
export const inputs: readonly { readonly compose: string; readonly params: string }[] = readdirSync(fixtures, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((path) => /(?:^|\/)(?:docker-)?compose\.ya?ml$/.test(path))
  .map((path) => {
    const compose = readFileSync(join(fixtures, path), 'utf8');
    const params = join(fixtures, path, '../ecs-params.yml');
    return { compose, params: readOrNone(params) };
  });

/** A change of a text, such as a slip of the hand makes. */
export interface Slip {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

export const slip: fc.Arbitrary<Slip> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(12),
  insert: fc.oneof(
    fc.constantFrom(
      '\n',
      '  ',
      '\t',
      ':',
      ': ',
      '- ',
      '{',
      '[',
      '"',
      '${',
      '$',
      '&a ',
      '*a',
      '<<: *a',
      '!reset ',
      '|',
      '#',
    ),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('services:', 'image: x', 'ports: [80]', '1e3', '-1', 'null', 'true', '0x1f', '😀'),
  ),
});

/** The text after changes. */
export const slips = (text: string, all: readonly Slip[]): string =>
  all.reduce((current, { at, remove, insert }) => {
    const start = Math.floor(at * current.length);
    return current.slice(0, start) + insert + current.slice(start + remove);
  }, text);

function readOrNone(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
