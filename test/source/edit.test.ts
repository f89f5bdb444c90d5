import { describe, expect, it } from 'vitest';
import { correct, type Edit, withoutItem, withoutMembers } from '../../src/source/edit.ts';
import { parseJson } from '../../src/source/json.ts';
import { entriesOf } from '../../src/source/node.ts';
import { type Source, SourceFile } from '../../src/source/source.ts';

/** The last place of a word in a text. */
function last(text: string, word: string): Source {
  const start = text.lastIndexOf(word);
  return { file: new SourceFile('/file', text), start, end: start + word.length };
}

/** The text after edits, made from the last to the first. */
function after(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((one, other) => other.source.start - one.source.start)
    .reduce((now, { source, text: put }) => now.slice(0, source.start) + put + now.slice(source.end), text);
}

describe('a correction', () => {
  it.each([
    ['tty: yes', 'yes', 'tty: true'],
    ['tty: "yes"', '"yes"', 'tty: "true"'],
    ["tty: 'yes'", "'yes'", "tty: 'true'"],
  ])('keeps the quotes of %s', (text, place, expected) => {
    const edit = correct(last(text, place), { written: 'yes', meant: 'true' });
    expect(edit && after(text, [edit])).toBe(expected);
  });

  it.each(['${INIT:-yes}', '*tty', '"y\\x65s"', '"yes'])('is none where the place shows %s', (place) => {
    expect(correct(last(`tty: ${place}`, place), { written: 'yes', meant: 'true' })).toBeUndefined();
  });
});

describe('an item', () => {
  it.each([
    ['its line', 'l:\n  - a\n  - b\n  - a\nm: 1\n', 'l:\n  - a\n  - b\nm: 1\n'],
    ['its line and the line end of Windows', 'l:\r\n- a\r\n- a\r\nm: 1\r\n', 'l:\r\n- a\r\nm: 1\r\n'],
    ['the last line, which has no end', 'l:\n- a\n- a', 'l:\n- a'],
    ['the last line of Windows, which has no end', 'l:\r\n- a\r\n- a', 'l:\r\n- a'],
    ['all but its comment', 'l:\n  - a\n  - a # why\n', 'l:\n  - a\n  # why\n'],
    ['itself and the comma before it', 'l: [a, b, a] # why\n', 'l: [a, b] # why\n'],
    ['a line within brackets', 'l: [\n  a,\n  a\n]\n', 'l: [\n  a\n]\n'],
  ])('takes %s along', (_, text, expected) => {
    const edit = withoutItem(last(text, 'a'));
    expect(edit && after(text, [edit])).toBe(expected);
  });

  it.each([
    ['of a list in a list', 'l:\n- - a\n'],
    ['behind an anchor', 'l:\n- &x a\n'],
    ['behind a comment within brackets', 'l: [\n  b, # why\n  a\n]\n'],
  ])('stays %s', (_, text) => {
    expect(withoutItem(last(text, 'a'))).toBeUndefined();
  });

  it('stays if it goes on over several lines', () => {
    expect(withoutItem(last('l:\n- b\n- a\n  c\n', 'a\n  c'))).toBeUndefined();
  });
});

describe('members of a JSON object', () => {
  const without = (text: string, names: string) => {
    const root = parseJson(new SourceFile('/file', text), () => {});
    const members = entriesOf(root)
      .filter(([name]) => names.includes(name))
      .map(([, { key, value }]) => ({ ...key, end: value.source.end }));
    const edits = withoutMembers(members);
    return edits && after(text, edits);
  };

  it.each([
    ['a', '{"b": [2], "c": {}}'],
    ['b', '{"a": 1, "c": {}}'],
    ['c', '{"a": 1, "b": [2]}'],
    ['ab', '{"c": {}}'],
    ['bc', '{"a": 1}'],
    ['ac', '{"b": [2]}'],
    ['abc', '{}'],
  ])('without %s leave no comma too many', (names, expected) => {
    expect(without('{"a": 1, "b": [2], "c": {}}', names)).toBe(expected);
  });

  it.each([
    ['a', '{\n  "b": [\n    2\n  ]\n}\n'],
    ['b', '{\n  "a": 1\n}\n'],
  ])('without %s leave the others on their lines', (names, expected) => {
    expect(without('{\n  "a": 1,\n  "b": [\n    2\n  ]\n}\n', names)).toBe(expected);
  });

  it('stay where a comment stands before one of them', () => {
    expect(without('{"a": 1, /* why */ "b": 2}', 'b')).toBeUndefined();
  });
});
