import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { cli, example, launcher } from './cli.ts';

describe('convert', () => {
  it('gives the same bytes twice, and from another directory', async () => {
    const file = join(example('hello-world'), 'docker-compose.yml');
    const args = ['-p', 'hello-world', '-f', file, 'convert'];
    const [first, second] = [await cli(example('hello-world'), ...args), await cli(tmpdir(), ...args)];
    expect(first.code).toBe(0);
    expect(first.out).toBe(readFileSync(join(example('hello-world'), 'expected/taskdef.json'), 'utf8'));
    expect(second.out).toBe(first.out);
  });

  it('writes data to stdout and talk to stderr', async () => {
    const { code, out, error } = await cli(example('wordpress-mysql'), 'convert', '--region', 'us-east-1');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ family: 'blog' });
    expect(error).toContain('compose.yaml:31:9: warning: Port 8080 is not used');
  });

  it('writes nothing to stdout when a finding is an error', async () => {
    const cwd = folder({ 'compose.yaml': 'services:\n  web:\n    build: .\n' });
    const { code, out, error } = await cli(cwd, 'convert', '--region', 'us-east-1');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/compose\.yaml:3:5: error: Service "web" has no image/);
  });

  it('lets an error pass with --severity', async () => {
    const cwd = folder({ 'compose.yaml': 'services:\n  web:\n    image: nginx\n    privileged: true\n' });
    const region = ['--region', 'us-east-1'];
    expect((await cli(cwd, 'convert', ...region)).code).toBe(1);
    const { code, out } = await cli(cwd, 'convert', ...region, '--severity', 'transform/key-refused=warning');
    expect(code).toBe(0);
    expect(JSON.parse(out).containerDefinitions).toHaveLength(1);
  });

  it('needs a region only for a log configuration of its own making', async () => {
    const { code, error } = await cli(folder({ 'compose.yaml': 'services:\n  web:\n    image: nginx\n' }), 'convert');
    expect(code).toBe(1);
    expect(error).toContain('--region');
    expect((await cli(example('hello-world'), 'convert')).code).toBe(0);
  });

  it('reads the Compose file from standard input', async () => {
    const { stdout } = await execa(process.execPath, [launcher, '-f', '-', '-p', 'piped', 'convert'], {
      cwd: folder(),
      input: 'services:\n  web:\n    image: nginx\n',
      env: { AWS_REGION: 'us-east-1' },
    });
    expect(JSON.parse(stdout)).toMatchObject({ family: 'piped', containerDefinitions: [{ image: 'nginx' }] });
  });

  it('takes a reader who has seen enough for no error', async () => {
    const shell = `"${process.execPath}" "${launcher}" convert --region us-east-1 2>&1 >/dev/null | head -1; exit "\${PIPESTATUS[0]}"`;
    const { exitCode, stdout } = await execa('bash', ['-c', shell], { cwd: example('wordpress-mysql'), reject: false });
    expect({ exitCode, lines: stdout.split('\n').length }).toEqual({ exitCode: 0, lines: 1 });
  });

  it.each([
    ['.', 'it is a directory. Name a file in it.'],
    ['new/taskdef.json', 'its directory does not exist. Create it, or name another.'],
  ])('-o %s is refused with what to do', async (path, reason) => {
    const { code, out, error } = await cli(example('hello-world'), 'convert', '-q', '-o', path);
    expect({ code, out, error }).toEqual({ code: 2, out: '', error: `error: ${path} cannot be written: ${reason}\n` });
  });

  it.skipIf(process.platform !== 'linux')('says that a full disk takes no output, and minds no lost talk', async () => {
    const convert = (to: string) =>
      execa('bash', ['-c', `"${process.execPath}" "${launcher}" convert --region us-east-1 ${to}/dev/full`], {
        cwd: example('hello-world'),
        reject: false,
      });
    const [data, talk] = [await convert('-q >'), await convert('2>')];
    expect({ code: data.exitCode, error: data.stderr }).toEqual({
      code: 2,
      error: expect.stringMatching(/^error: The output cannot be written: ENOSPC: [^\n]*$/),
    });
    expect({ code: talk.exitCode, family: JSON.parse(talk.stdout).family }).toEqual({ code: 0, family: 'hello-world' });
  });
});

describe('bad input', () => {
  const service = 'services:\n  web:\n    image: nginx\n';
  const rows: readonly [string, Readonly<Record<string, string>>, readonly string[], number, RegExp][] = [
    ['no Compose file', {}, ['convert'], 1, /no Compose file/],
    ['an empty file', { 'c.yaml': '' }, ['-f', 'c.yaml', 'convert'], 1, /c\.yaml.*empty/],
    ['a directory', {}, ['-f', '.', 'convert'], 1, /is a directory/],
    ['a binary file', { 'c.yaml': 'a\0b' }, ['-f', 'c.yaml', 'convert'], 1, /c\.yaml is not a text file/],
    ['a YAML error', { 'c.yaml': 'services:\n  web: [\n' }, ['-f', 'c.yaml', 'convert'], 1, /c\.yaml:\d+:\d+: error/],
    ['a duplicate key', { 'c.yaml': `${service}    image: b\n` }, ['-f', 'c.yaml', 'convert'], 1, /c\.yaml:4:5: error/],
    ['an option of every command that is nearly right', {}, ['convert', '--regoin', 'x'], 2, /Did you mean --region\?/],
    ['an unknown option', {}, ['convert', '--nope'], 2, /unknown option '--nope'/],
    ['an unknown command', {}, ['conver'], 2, /Did you mean convert/],
    ['an unknown format', {}, ['convert', '--format', 'nope'], 2, /Allowed choices are json, yaml/],
    // Told by a bundle that is loaded late.
    ['options that contradict each other', {}, ['convert', '--annotate', '--format', 'json'], 2, /JSON does not have/],
    ['a duration without a unit', {}, ['up', '--timeout', '10'], 2, /10s/],
  ];
  it.each(rows)('%s', async (_, files, args, code, message) => {
    const ended = await cli(folder(files), ...args);
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.error).toMatch(message);
    expect(ended.error).not.toMatch(/^\s+at /m);
  });

  it.each([['up'], ['run'], ['service', 'up']])('the help of %s %s is 80 columns wide at most', async (...command) => {
    const { code, out } = await cli(folder(), ...command, '--help');
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(out).toContain('such as --file and --region: compose2fargate --help');
  });

  it('no command at all: the help, on stderr', async () => {
    const { code, out, error } = await cli(folder());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('Usage: compose2fargate');
  });
});
