import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandDefinition } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { flagsOf } from '../../src/cli/flags.ts';
import { globalOptions } from '../../src/cli/global-options.ts';
import { type Result, run } from '../run.ts';
import { composeCommands, globalOptions as ecsCliOptions, otherCommands, variables } from './ecs-cli-commands.ts';
import { codeIn, flagsIn, type Line, lines, page } from './ecs-cli-page.ts';

/** The project that the lines are about, and what they name. */
const files = {
  'docker-compose.yml': `name: shop
services:
  web: {image: shop_web, build: ., ports: ["80:80"], mem_limit: 256m}
`,
  'ecs-params.yml': 'version: 1\ntask_definition: {task_size: {cpu_limit: 256, mem_limit: 512}}\n',
  'creds.yml': `version: '1'
registry_credentials:
  registry.example.com: {username: me, password: secret, container_names: [web]}
`,
  'creds-out.yml': `version: '1'
registry_credential_outputs:
  task_execution_role: pullers
  container_credentials: {}
`,
};

/** The flags of each command, by all of its names. */
const own = new Map(
  commands.flatMap((one) =>
    'commands' in one ? one.commands.flatMap((command) => namedFlags(command, `${one.name} `)) : namedFlags(one),
  ),
);

let directory: string;
/** The id of a task that runs. */
let task: string;
/** How many accounts there are. */
let accounts = 0;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ecs-cli-'));
  expect(await onAccount(join(directory, 'cluster'), 'cluster up')).toMatchObject({ code: 0 });
  for (const [account, line] of [
    ['tasks', 'up'],
    ['service', 'service up'],
  ] as const) {
    copyFileSync(join(directory, 'cluster'), join(directory, account));
    expect(await onAccount(join(directory, account), line)).toMatchObject({ code: 0 });
  }
  task = (await onAccount(join(directory, 'tasks'), 'ps -q')).out.trim();
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true }));

describe('the tables of commands run', () => {
  it.each(lines.filter(({ here, ecsCli }) => here === ecsCli).map((line) => [typed(line), line] as const))(
    '%s, as it is',
    async (words, { note }) => {
      const { code, error } = await c2f(words);
      // The simulated account has no public namespaces.
      const isMissing = note === 'it must exist';
      expect(code, error).toBe(isMissing ? 3 : words.includes('--follow') ? 130 : 0);
      if (isMissing) expect(error).toContain('Cloud Map has no namespace shop.example in this region.');
    },
  );

  it.each(lines.filter(isOtherwise).map((line) => [typed(line), line.here as string, line] as const))(
    '%s, as %s',
    async (words, here, line) => {
      const before = await c2f(words);
      if (isOfProject(line)) expect(before.code, before.error).toBe(0);
      else {
        expect(before.code, before.error).toBe(2);
        for (const word of telling(here, words)) expect(before.error).toContain(word);
      }
      if (isOurs(here)) expect(await c2f(here)).toMatchObject({ code: 0 });
    },
  );

  it.each(lines.filter(({ here }) => here === undefined).map((line) => [typed(line), line] as const))(
    '%s, and say why it is left out',
    async (words, { note }) => {
      const { code, error } = await c2f(words);
      expect(code).toBe(2);
      expect(error).toContain(plain(note).split(/[;:]/)[0]);
    },
  );

  it('has a line for every command and option of ecs-cli', () => {
    const missing = [
      ...uncovered(composeCommands, true),
      ...uncovered(otherCommands, false),
      ...ecsCliOptions.filter((flag) => !lines.some(({ ecsCli }) => ecsCli.split(' ').includes(flag))),
      ...variables.filter((name) => !page.includes(`\`${name}\``)),
    ];
    expect(missing).toEqual([]);
  });

  it('names only options that are there', () => {
    const known = new Set([...[...own.values()].flat(), ...globalOptions.flatMap(flagsOf)]);
    const spans = lines.flatMap(({ note }) => codeIn(note)).filter(isOurs);
    expect(spans.flatMap(flagsIn).filter((flag) => !known.has(flag))).toEqual([]);
  });
});

describe('variables of the environment', () => {
  const cwd = () => join(directory, 'project-of-variables');
  beforeAll(() => write(cwd()));

  it('ECS_PROFILE alone is refused, since it would be another account', async () => {
    const { code, error } = await run(['ps', '--region', 'us-east-1'], { cwd: cwd(), env: { ECS_PROFILE: 'ci' } });
    expect(code).toBe(2);
    expect(error).toMatch(/^error: ECS_PROFILE names ci, a profile of ecs-cli/);
    expect(error).toContain('set AWS_PROFILE=ci; or unset ECS_PROFILE.');
  });

  it.each([{ AWS_PROFILE: 'ci' }, { AWS_ACCESS_KEY_ID: 'x' }])('ECS_PROFILE beside %o is passed over', async (env) => {
    // Nothing listens there.
    const words = ['ps', '--region', 'us-east-1', '--endpoint-url', 'http://127.0.0.1:9'];
    const { error } = await run(words, { cwd: cwd(), env: { ECS_PROFILE: 'ci', ...env } });
    expect(error).not.toContain('ECS_PROFILE');
  });
});

function plain(text: string): string {
  return text.replaceAll('`', '"');
}

function typed({ ofCompose, ecsCli }: Line): string {
  return ofCompose ? `compose ${ecsCli}` : ecsCli;
}

function isOtherwise({ here, ecsCli }: Line): boolean {
  return here !== undefined && here !== ecsCli;
}

/** Whether the line means something else here than with ecs-cli, and so is not refused. */
function isOfProject({ note }: Line): boolean {
  return note.includes("is the project's here");
}

function isOurs(line: string): boolean {
  return !/^(?:aws|docker) /.test(line);
}

/** What a refusal must name of the right form: its options, or what else is new in it. */
function telling(here: string, before: string): readonly string[] {
  if (!isOurs(here)) return [here];
  const words = here.split(' ');
  const fresh = words.filter((word) => !before.split(' ').includes(word));
  const flags = fresh.filter((word) => word.startsWith('-'));
  return flags.length > 0 ? flags : fresh.slice(0, 1);
}

function namedFlags(definition: CommandDefinition, group = ''): readonly (readonly [string, readonly string[]])[] {
  const flags = (definition.options ?? []).flatMap(flagsOf);
  return [definition.name, ...(definition.aliases ?? [])].map((name) => [`${group}${name}`, flags]);
}

/** Commands that no line is about, and options that no line of their command has. */
function uncovered(table: Readonly<Record<string, readonly string[]>>, ofCompose: boolean): readonly string[] {
  const ofEvery = lines.filter(({ command }) => command === undefined).flatMap(({ ecsCli }) => flagsIn(ecsCli));
  return Object.entries(table).flatMap(([name, flags]) => {
    const about = lines.filter((line) => line.ofCompose === ofCompose && isSame(line.command, name));
    if (about.length === 0) return [name];
    // Who writes the command is refused, whatever stands behind it.
    if (about.some((line) => !line.ofOption && line.here !== line.ecsCli && !isOfProject(line))) return [];
    const known = [
      ...ofEvery,
      ...about.flatMap(({ ecsCli }) => flagsIn(ecsCli)),
      ...about.filter(isOfProject).flatMap(({ here = '' }) => own.get(here.replace(/ -.*/, '')) ?? []),
    ];
    return flags.filter((flag) => !known.includes(flag)).map((flag) => `${name} ${flag}`);
  });
}

/** Whether two names are those of one command. */
function isSame(one: string | undefined, other: string): boolean {
  return one === other || (one !== undefined && own.has(one) && own.get(one) === own.get(other));
}

/** Runs a line on a simulated account of its own, in which the project runs already, and a cluster `prod` is. */
async function c2f(line: string): Promise<Result> {
  accounts += 1;
  const account = join(directory, `account-${accounts}`);
  // A cluster is made where there is none.
  if (!line.startsWith('cluster up')) {
    copyFileSync(join(directory, /^(?:compose )?service /.test(line) ? 'service' : 'tasks'), account);
  }
  const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef';
  return onAccount(account, line.replace('TASK', task).replace('ARN', arn));
}

/** Runs a line on the simulated account that a file holds, beside the project. */
function onAccount(account: string, line: string): Promise<Result> {
  const cwd = `${account}-project`;
  write(cwd);
  const [compose, words] = line.startsWith('compose ') ? [['compose'], line.slice('compose '.length)] : [[], line];
  const simulated = ['--simulate-state', account, '--simulate-speed', '1000'];
  // The commands about clusters want one to be named.
  const env = words.startsWith('cluster ') ? { ECS_CLUSTER: 'prod' } : {};
  // What goes on until Ctrl-C is ended by it.
  const signal = words.includes('--follow') ? AbortSignal.timeout(500) : undefined;
  return run([...compose, ...simulated, ...words.split(' ')], { cwd, env, ...(signal && { signal }) });
}

/** Writes the project into a directory. */
function write(cwd: string): void {
  mkdirSync(join(cwd, 'out'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
}
