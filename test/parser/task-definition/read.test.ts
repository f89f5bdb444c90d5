import { describe, expect, it, test } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { readTaskDefinition } from '../../../src/parser/task-definition/read.ts';
import { sourceText } from '../../../src/source/source.ts';
import { memoryHost } from '../compose/project-in-memory.ts';

function read(text: string) {
  const found: Diagnostic[] = [];
  const file = readTaskDefinition(memoryHost({ 'task.json': text }), '/work/task.json', (each) => found.push(each));
  const textAt = (path: string, part?: 'key') => {
    const source = file?.locate(path, part);
    return source && sourceText(source);
  };
  return { file, textAt, codes: found.map(({ code }) => code) };
}

describe('a task definition in JSON', () => {
  test.each(['{"family": "shop"}', '{"taskDefinition": {"family": "shop"}, "tags": []}'])(
    'is bare or as AWS prints it: %s',
    (text) => {
      const { file, textAt, codes } = read(text);
      expect(file?.definition).toEqual({ family: 'shop' });
      expect([textAt(''), textAt('family'), textAt('family', 'key')]).toEqual([
        '{"family": "shop"}',
        '"shop"',
        '"family"',
      ]);
      expect(codes).toEqual([]);
    },
  );

  it('is not what only names one', () => {
    expect(read('{"taskDefinition": "shop:3"}').file?.definition).toEqual({ taskDefinition: 'shop:3' });
  });

  it('has places for elements, and for keys with dots', () => {
    const labels = '{"a": 1, "a.b": 2, "a.b.c": {"d": 3}, "e[0]": 4}';
    const { textAt } = read(`{"containerDefinitions": [{"name": "web"}, {"dockerLabels": ${labels}}]}`);
    const at = 'containerDefinitions[1].dockerLabels';
    expect(textAt('containerDefinitions[0].name')).toBe('"web"');
    expect([textAt(`${at}.a`), textAt(`${at}.a.b`), textAt(`${at}.a.b.c.d`)]).toEqual(['1', '2', '3']);
    expect([textAt(`${at}.a.b`, 'key'), textAt(`${at}.e[0]`)]).toEqual(['"a.b"', '4']);
    expect([textAt(`${at}.x`), textAt('containerDefinitions[2]'), textAt('containerDefinitions.name')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is checked in spite of comments, and not where it breaks off', () => {
    const commented = read('{"family": "shop", // ours\n}');
    expect(commented.file?.definition).toEqual({ family: 'shop' });
    expect(commented.codes).toEqual(['json/syntax', 'json/trailing-comma']);
    const broken = read('{"family": "shop"');
    expect(broken.file).toBeUndefined();
    expect(broken.codes).toEqual(['json/syntax']);
  });
});

describe('a Compose file in JSON', () => {
  test.each(['{"services": {}}', '{"services": {web: {}}} # as YAML takes it'])('is none: %s', (text) => {
    const { file, codes } = read(text);
    expect(file).toBeDefined();
    expect(file?.definition).toBeUndefined();
    expect(codes).toEqual([]);
  });
});
