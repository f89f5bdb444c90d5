import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/cli/write-file.ts';
import { folder } from '../folder.ts';
import { run } from '../run.ts';

const wrong = '# A shop.\nservices:\n  web:\n    imagee: nginx:1.29 # pinned\n    mem_limit: 512\n    init: yes\n';
const right = '# A shop.\nservices:\n  web:\n    image: nginx:1.29 # pinned\n    mem_limit: 512m\n    init: true\n';

/** The top of a repository with some files. */
function project(files: Readonly<Record<string, string>>): string {
  return folder({ '.git/HEAD': '', ...files });
}

const read = (cwd: string, path = 'compose.yaml') => readFileSync(join(cwd, path), 'utf8');
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe('validate --fix', () => {
  it('mends in one run what is found early and what is found late, and says what remains', async () => {
    const cwd = project({ 'compose.yaml': `${wrong}    ports: ["81:80"]\n` });
    const { code, error } = await run(['validate', '--fix'], { cwd });
    expect(read(cwd)).toBe(`${right}    ports: ["81:80"]\n`);
    expect(error).toContain('compose.yaml:7:13: warning: Port 81 is not used');
    expect(error).not.toContain('error:');
    expect([code, lastLine(error)]).toEqual([0, 'Fixed 3 findings in 1 file.']);
  });

  it('changes nothing more the second time', async () => {
    const cwd = project({ 'compose.yaml': wrong });
    await run(['validate', '--fix'], { cwd });
    const before = statSync(join(cwd, 'compose.yaml'));
    const { error } = await run(['validate', '--fix'], { cwd });
    expect(lastLine(error)).toBe('Nothing was fixed: no finding has a remedy that is certain.');
    expect(statSync(join(cwd, 'compose.yaml')).ino).toBe(before.ino);
  });

  it('keeps the byte order mark and the line ends of Windows', async () => {
    const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const cwd = project({ 'compose.yaml': windows(wrong) });
    await run(['validate', '--fix'], { cwd });
    expect(read(cwd)).toBe(windows(right));
  });

  it('keeps the mode of a file, and leaves nothing beside it', async () => {
    const cwd = project({ 'compose.yaml': wrong });
    chmodSync(join(cwd, 'compose.yaml'), 0o662);
    await run(['validate', '--fix'], { cwd });
    expect(statSync(join(cwd, 'compose.yaml')).mode & 0o777).toBe(0o662);
    expect(readdirSync(cwd)).toEqual(['.git', 'compose.yaml']);
  });

  it('keeps a symbolic link, and writes what it leads to', async () => {
    const cwd = project({ 'shared/base.yaml': wrong });
    symlinkSync('shared/base.yaml', join(cwd, 'compose.yaml'));
    await run(['validate', '--fix'], { cwd });
    expect(lstatSync(join(cwd, 'compose.yaml')).isSymbolicLink()).toBe(true);
    expect(read(cwd, 'shared/base.yaml')).toBe(right);
    expect(readdirSync(join(cwd, 'shared'))).toEqual(['base.yaml']);
  });

  it('mends a file once that several projects share', async () => {
    const include = 'include: [../base.yaml]\n';
    const cwd = project({ 'base.yaml': wrong, 'a/compose.yaml': include, 'b/compose.yaml': include });
    const { error } = await run(['validate', '--fix', 'a', 'b'], { cwd });
    expect(read(cwd, 'base.yaml')).toBe(right);
    expect(lastLine(error)).toBe('Fixed 3 findings in 1 file.');
  });

  it('leaves alone what a comment or an option switches off, also while other errors stand', async () => {
    const off =
      'services:\n  web:\n    image: nginx\n    init: yes # compose2fargate-disable-line compose/boolean-word\n';
    const cwd = project({ 'compose.yaml': `${off}    comand: nginx\n    tty: yes\n` });
    await run(['validate', '--fix', '--severity', 'compose/unknown-key=off'], { cwd });
    expect(read(cwd)).toBe(`${off}    comand: nginx\n    tty: true\n`);
  });

  it('writes reports of what remains', async () => {
    const cwd = project({ 'compose.yaml': wrong });
    const { out } = await run(['validate', '--fix', '--format', 'sarif'], { cwd });
    expect(out).not.toContain('unknown-key');
  });

  it('fixes what standard input names with --changed', async () => {
    const cwd = project({ 'compose.yaml': wrong });
    await run(['validate', '--fix', '--changed', '-q'], { cwd, stdin: 'compose.yaml\n' });
    expect(read(cwd)).toBe(right);
  });

  it.each([
    [['--dry-run'], '--dry-run is for --fix: add it, or leave --dry-run out.'],
    [['--fix', '-f', '-'], '--fix cannot write to standard input. Name a file.'],
    [
      ['--fix', '--dry-run', '--json'],
      '--dry-run prints a diff on stdout. Write the report to a file: --format json=PATH.',
    ],
  ])('refuses %j', async (options, message) => {
    const { code, error } = await run(['validate', ...options], { cwd: project({ 'compose.yaml': wrong }) });
    expect([code, error]).toEqual([2, `error: ${message}\n`]);
  });
});

describe('validate --fix --dry-run', () => {
  it('prints what would change, changes nothing, and ends by what is found', async () => {
    const cwd = project({ 'app/compose.yaml': wrong });
    const { code, out, error } = await run(['validate', '--fix', '--dry-run'], { cwd: join(cwd, 'app') });
    expect(out).toMatch(/^--- a\/app\/compose\.yaml\n\+\+\+ b\/app\/compose\.yaml\n@@ /);
    expect(applyPatch(wrong, out)).toBe(right);
    expect(read(cwd, 'app/compose.yaml')).toBe(wrong);
    expect(code).toBe(1);
    expect(error).toContain('app/compose.yaml:4:5: error: ');
    expect(lastLine(error)).toBe('--fix would fix 3 findings in 1 file.');
  });
});

describe('validate', () => {
  it('says what --fix would mend', async () => {
    const cwd = project({ 'compose.yaml': wrong });
    const { error } = await run(['validate'], { cwd });
    expect(lastLine(error)).toBe('--fix mends all of them.');
  });
});

it('a file that has changed meanwhile is not replaced', () => {
  const cwd = project({ 'compose.yaml': 'new' });
  expect(() => replaceFile(join(cwd, 'compose.yaml'), 'old', 'fixed')).toThrow('it was changed meanwhile');
  expect([read(cwd), readdirSync(cwd)]).toEqual(['new', ['.git', 'compose.yaml']]);
});
