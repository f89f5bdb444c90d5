import { describe, expect, it } from 'vitest';
import { readDockerignore } from '../../src/transformer/dockerignore.ts';

describe('.dockerignore', () => {
  it.each([
    ['node_modules', 'node_modules/a/b.js', true],
    ['node_modules', 'web/node_modules/a.js', false],
    ['**/node_modules', 'web/node_modules/a.js', true],
    ['**/node_modules', 'node_modules/a.js', true],
    ['/dist/', 'dist/x', true],
    ['./dist', 'dist/x', true],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['**/*.md', 'docs/a/README.md', true],
    ['*/temp*', 'somedir/temporary.txt', true],
    ['*/temp*', 'a/b/temporary.txt', false],
    ['temp?', 'tempa', true],
    ['temp?', 'temp', false],
    ['docs/**', 'docs/a/b', true],
    ['docs', 'docs2/a', false],
    ['a.b', 'axb', false],
    ['# dist', 'dist', false],
    ['*\n!src', 'src/a.js', false],
    ['*\n!src\nsrc/*.log', 'src/a.log', true],
    ['*.md\r\n!README.md\r\n', 'README.md', false],
    ['', 'a', false],
  ])('%j, %s: %s', (text, path, expected) => expect(readDockerignore(text).excludes(path)).toBe(expected));

  it('says whether something may be taken back in', () => {
    expect(readDockerignore('a\n!b').hasExceptions).toBe(true);
    expect(readDockerignore('a\n#!b').hasExceptions).toBe(false);
  });

  it('takes no long time for a pattern with many stars', () => {
    const ignore = readDockerignore(`${'*a'.repeat(60)}b`);
    expect(ignore.excludes('a'.repeat(250))).toBe(false);
  });
});
