import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Document, isMap, parseDocument, visit } from 'yaml';
import { compile } from '../../src/compile.ts';
import { nodeHost } from '../../src/node.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/**
 * Compose files by their paths, but for those in which the order matters, since an anchor stands before what uses it,
 * and those of the loader, of which many are about a text that the library writes in another way.
 */
const composeFiles = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?:^|\/)(?:docker-)?compose\.ya?ml$/.test(path) && !path.startsWith('loader/'))
  .map((path) => join(fixtures, path))
  .filter((path) => !/[*&]\w/.test(readFileSync(path, 'utf8').replaceAll(/["'].*["']/g, '')))
  .filter((path) => parseDocument(readFileSync(path, 'utf8')).errors.length === 0);

/** The text with the keys of every mapping but `services` in another order. */
function shuffled(text: string, order: (length: number) => readonly number[]): string {
  const document: Document = parseDocument(text);
  visit(document, {
    Map(key, map, path) {
      const parent = path.at(-1);
      const isServices = key === 'value' && (parent as { key?: { value?: unknown } }).key?.value === 'services';
      if (!isServices && isMap(map)) map.items = order(map.items.length).map((index) => map.items[index] as never);
    },
  });
  return document.toString();
}

function definition(path: string, text: string): string {
  const host = nodeHost();
  const reading = { ...host, cwd: join(path, '..'), environment: { DB_PASSWORD: 'x' } };
  const read: typeof host.read = (at, limit) => (at === path ? { text } : host.read(at, limit));
  const { task } = compile({ ...reading, read }, { region: 'us-east-1', files: [path] });
  return JSON.stringify(task?.definition);
}

it('the bytes of the definition do not depend on the order of keys', () => {
  fc.assert(
    fc.property(fc.constantFrom(...composeFiles), fc.infiniteStream(fc.nat()), (path, numbers) => {
      const text = readFileSync(path, 'utf8');
      const order = (length: number) =>
        Array.from({ length }, (_, index) => [index, Number(numbers.next().value)] as const)
          .sort((one, other) => one[1] - other[1])
          .map(([index]) => index);
      expect(definition(path, shuffled(text, order))).toBe(definition(path, text));
    }),
    { numRuns: 300 },
  );
});
