import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { run } from '../run.ts';

/** What stands before the cursor, and what is offered there beside a file `compose.yaml` and a folder `composition`. */
const cases: Readonly<Record<string, readonly string[]>> = {
  con: ['config', 'convert'],
  li: ['lint', 'list'],
  'convert --fo': ['--format'],
  'convert --format ': ['json', 'yaml'],
  'convert --format=y': ['yaml'],
  'lint --format s': ['sarif'],
  '--file comp': ['compose.yaml', 'composition'],
  '--file=compose': ['compose.yaml'],
  'convert -o comp': ['compose.yaml', 'composition'],
  'validate compose': ['compose.yaml'],
  // The value of an option is no command, and a command may share its name with nothing else.
  '-f convert up --wait-for h': ['healthy'],
  'up --simulate-st': ['--simulate-state'],
  // `-f` is --follow there, and takes no file.
  'logs -f comp': [],
  'up --region comp': [],
  'completion z': ['zsh'],
  'help do': ['down'],
};

/** How each shell is asked, with no settings of the machine's, what it offers at the end of a line. */
const shells: Readonly<Record<string, (script: string, line: string) => readonly string[]>> = {
  bash(script, line) {
    // Readline splits at "=" too.
    const words = line.split(' ').flatMap((word) => (word === '' ? [''] : word.split(/(=)/).filter(Boolean)));
    const ask = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _compose2fargate; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return answer('bash', ['--norc', '--noprofile', '-c', ask, script, ...words]);
  },
  fish(script, line) {
    const lines = answer('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, line]);
    return lines.map((offered) => offered.replace(/\t.*/, ''));
  },
  zsh(script, line) {
    const asked = join(directory, 'ask.zsh');
    writeFileSync(asked, zshTerminal);
    return answer('zsh', ['-f', asked, script, line]);
  },
};

/** zsh completes at a terminal only: one is made, a Tab is pressed in it, and what is added to the list is kept. */
const zshTerminal = `
zmodload zsh/zpty
cat > setup.zsh <<'SETUP'
autoload -Uz compinit && compinit -u -D
compadd() {
  # Called for its answer, and not to offer anything.
  [[ " \${@[1,(i)(-|--)]} " == *\\ -[OAD]\\ * ]] && { builtin compadd "$@"; return }
  local -a offered
  builtin compadd -O offered "$@"
  print -rl -- $offered >> offered
  builtin compadd "$@"
}
bindkey '^I' complete-word
# Keys that come before the line editor listens are lost.
zle-line-init() { : > ready }
zle -N zle-line-init
SETUP
: > offered
zpty terminal zsh -f -i
zpty -w terminal "source setup.zsh; source $1"
while [[ ! -e ready ]]; do sleep 0.05; done
zpty -n -w terminal "$2"$'\\t'$'\\C-u'
zpty -w terminal ': > done'
while [[ ! -e done ]]; do sleep 0.05; done
cat offered
rm -f offered ready done setup.zsh
zpty -d terminal
`;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'compose2fargate-completion-'));
  writeFileSync(join(directory, 'compose.yaml'), '');
  mkdirSync(join(directory, 'composition'));
});

afterAll(() => rmSync(directory, { recursive: true }));

function answer(file: string, args: readonly string[]): readonly string[] {
  const env = { PATH: process.env['PATH'], HOME: directory, TERM: 'dumb' };
  const { stdout, stderr } = spawnSync(file, args, { cwd: directory, env, encoding: 'utf8', timeout: 15_000 });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe.each(Object.keys(shells))('completion %s', (shell) => {
  const isAbsent = spawnSync(shell, ['--version']).error !== undefined;

  it.skipIf(isAbsent).each(Object.entries(cases))('at "compose2fargate %s"', async (line, expected) => {
    const { out } = await run(['completion', shell], { cwd: directory });
    const script = join(directory, `script.${shell}`);
    writeFileSync(script, out);
    const offered = shells[shell]?.(script, `compose2fargate ${line}`) ?? [];
    // Some shells give the whole word, and a slash after a folder.
    const values = offered.map((each) => each.replace(/^--file=|^--format=|\/$/g, ''));
    expect([...new Set(values)].sort()).toEqual(expected);
  });
});

it('ends with 2 for a shell that it does not know, and asks whether another was meant', async () => {
  const { code, error } = await run(['completion', 'fihs'], { cwd: tmpdir() });
  expect(code).toBe(2);
  expect(error).toContain('Did you mean "fish"?');
});

it('leaves the configuration of the project unread: a shell starts anywhere', async () => {
  const cwd = folder({ 'compose2fargate.config.yml': 'nonsense: [\n' });
  expect(await run(['completion', 'bash'], { cwd })).toMatchObject({ code: 0, error: '' });
});
