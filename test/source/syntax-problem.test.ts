import { expect, test } from 'vitest';
import { SourceFile } from '../../src/source/source.ts';
import { parseYaml } from '../../src/source/yaml.ts';

/** The findings about a text, as `line:column message`. */
function problems(text: string): string[] {
  const found: string[] = [];
  parseYaml(new SourceFile('/work/a.yaml', text), ({ message, source }) => {
    const { line, column } = source?.file.position(source.start) ?? { line: 0, column: 0 };
    found.push(`${line}:${column} ${message}`);
  });
  return found;
}

test.each([
  ['a:\n\tb:\n\t\tc: 1\n', '2:1 This is not valid YAML: A tab indents this line, and YAML takes spaces only.'],
  ['a: "b\n', '2:1 This is not valid YAML: A quote is not closed.'],
  ['a:\n  b: [80, 90\n  c: 1\n', '3:3 This is not valid YAML: A bracket or brace is not closed before this line.'],
  [
    'a:\n  b: x\n    c: y\n',
    '2:6 This is not valid YAML: The next line is indented deeper, though this one has a value already.',
  ],
])('%j: one finding, in words of ours', (text, finding) => {
  expect(problems(text)).toEqual([finding]);
});
