import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Result, run } from '../run.ts';
import { testAccount } from '../simulator/account.ts';

interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

function schemaOf(name: string): Schema & { readonly definitions: Readonly<Record<string, Schema>> } {
  return JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'));
}

const results = schemaOf('results');

/** The schema without room for members that it does not describe. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  return {
    ...('properties' in schema && 'type' in schema ? { additionalProperties: false } : {}),
    ...Object.fromEntries(members),
  };
}

const ajv = new Ajv({ allErrors: true })
  .addSchema(schemaOf('diagnostics'), 'diagnostics.schema.json')
  .addSchema(closed(results) as Schema, 'results.schema.json');

function expectIs(definition: string, document: unknown): void {
  const isValid = ajv.validate(`results.schema.json#/definitions/${definition}`, document);
  expect(isValid, `${definition}: ${ajv.errorsText()}\n${JSON.stringify(document, undefined, 1)}`).toBe(true);
}

const shop = `name: shop
services:
  web:
    image: nginx:1.29
    ports: ["80:80", "3306:3306"]
    x-simulate: {logs: [hello]}
  job:
    image: busybox:1.37
    restart: "no"
    x-simulate: {exit: {code: 3, after: 2s}}
`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'results-'));
  write('compose.yaml', shop);
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}

/** Runs a command with `--json` on the test's own simulated account, in quick time; every line on stderr is an event. */
async function json(
  line: string,
  more: { readonly stdin?: string; readonly signal?: AbortSignal } = {},
): Promise<Result> {
  const simulated = ['--simulate-state', join(directory, 'account.jsonl'), '--simulate-speed', '400'];
  const ended = await run(['--json', ...simulated, ...line.split(' ')], { cwd: directory, ...more });
  for (const event of ended.error.split('\n').filter((one) => one !== '')) expectIs('event', JSON.parse(event));
  return ended;
}

/** What each command prints is as its definition says. Gives the last document. */
async function expectAll(
  commands: readonly (readonly [command: string, definition: string, code?: number, stdin?: string])[],
): Promise<unknown> {
  let document: unknown;
  for (const [command, definition, code = 0, stdin] of commands) {
    const ended = await json(command, stdin === undefined ? {} : { stdin });
    expect(ended.code, `${command}: ${ended.error}`).toBe(code);
    document = JSON.parse(ended.out);
    expectIs(definition, document);
  }
  return document;
}

describe('the documents of --json are as the schema says', () => {
  it('tasks', async () => {
    await expectAll([
      ['plan', 'plan'],
      ['plan --exit-code', 'plan', 5],
      ['up --dry-run', 'plan'],
      ['up', 'up'],
      ['plan --exit-code', 'plan'],
      ['up', 'up'],
      ['ps', 'ps'],
      ['ps --services', 'ps'],
      ['ps -q', 'ps'],
      ['scale 2', 'scale'],
      ['run job', 'run', 3],
      ['run -d web', 'run'],
      ['ps --all', 'ps'],
      ['stop', 'down'],
      ['scale 1', 'scale'],
      ['down --dry-run', 'plan'],
      ['down', 'down'],
      ['down', 'down'],
      ['down --dry-run', 'plan'],
      ['ps', 'ps'],
    ]);
  }, 60_000);

  it('a definition that has changed, and one in a file', async () => {
    await json('up');
    write('taskdef.json', (await json('convert')).out);
    expect(await expectAll([['plan --against taskdef.json', 'planAgainst']])).toMatchObject({ changes: false });
    write('compose.yaml', shop.replace('nginx:1.29', 'nginx:1.30'));
    const difference = { path: 'containerDefinitions[web].image', before: 'nginx:1.29', after: 'nginx:1.30' };
    const changed = { changes: true, differences: [difference] };
    expect(await expectAll([['plan --against taskdef.json', 'planAgainst']])).toMatchObject(changed);
    expect(await expectAll([['plan', 'plan']])).toMatchObject({ ...changed, project: 'shop', against: 'shop:1' });
    write('taskdef.json', '{"containerDefinitions": 1}');
    expect(await json('plan --against taskdef.json')).toMatchObject({ code: 1, out: '' });
  });

  it('the service', async () => {
    expect(
      await expectAll([
        ['service up --dry-run', 'plan'],
        ['service up', 'serviceUp'],
        ['service up', 'serviceUp'],
        ['service ps', 'ps'],
        ['service scale 2', 'serviceScale'],
      ]),
    ).toMatchObject({ service: { name: 'shop', desiredCount: 2, runningCount: 2, revision: 'shop:1' } });
    expect(await expectAll([['service stop', 'serviceScale']])).toMatchObject({ service: { desiredCount: 0 } });
    expect(
      await expectAll([
        ['service rm --dry-run', 'plan'],
        ['service rm', 'serviceRm'],
      ]),
    ).toMatchObject({
      outcome: 'ready',
      remains: expect.arrayContaining([{ kind: 'log-group', name: '/ecs/shop', region: 'us-east-1', why: 'kept' }]),
    });
  }, 60_000);

  it('where there is nothing to do', async () => {
    expect(
      await expectAll([
        ['down', 'down'],
        ['service stop', 'serviceScale'],
        ['service rm --dry-run', 'plan'],
        ['service rm', 'serviceRm'],
        ['images', 'images'],
        ['cluster down --dry-run --cluster prod', 'clusterPlan'],
        ['cluster down --cluster prod', 'clusterDown'],
      ]),
    ).toEqual({ cluster: 'prod', stack: 'compose2fargate-prod', outcome: 'ready' });
    expect(await json('logs')).toMatchObject({ code: 0, out: '' });
  });

  it('logs: a document a line', async () => {
    await json('up');
    await json('run job');
    await json('run -d web');
    const { out } = await json('logs');
    const lines = out.trimEnd().split('\n');
    for (const line of lines) expectIs('logLine', JSON.parse(line));
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ container: 'web', oneOff: 'web', text: 'hello' }),
    );
  });

  it('images, secrets and logins', async () => {
    write('compose.yaml', 'name: shop\nservices: {web.api: {build: ., mem_limit: 256m}}\n');
    write('creds.yml', 'version: "1"\nregistry_credentials:\n  quay.io: {username: me, password: "${PASSWORD}"}\n');
    write('.env', 'PASSWORD=x\n');
    expect(await expectAll([['push', 'push']])).toMatchObject({ images: [{ container: 'web-api' }] });
    expect(
      await expectAll([
        ['images', 'images'],
        ['secrets push --dry-run', 'plan', 0, 'A=1\n'],
        ['secrets push', 'secretsPush', 0, 'A=1\n'],
        ['secrets push --store ssm', 'secretsPush', 0, 'A=1\n'],
        ['registry-creds up creds.yml --dry-run', 'plan'],
        ['registry-creds up creds.yml --no-output-file', 'registryCredsUp'],
        ['registry-creds up creds.yml', 'registryCredsUp'],
      ]),
    ).toMatchObject({ project: 'shop', file: expect.any(String), secrets: [{ registry: 'quay.io' }] });
  });

  it('a cluster', async () => {
    await expectAll([
      ['cluster up --cluster prod --dry-run', 'clusterPlan'],
      ['cluster up --cluster prod', 'clusterUp'],
      ['cluster up --cluster prod', 'clusterUp'],
      ['cluster down --cluster prod --dry-run', 'clusterPlan'],
      ['cluster down --cluster prod --yes', 'clusterDown'],
    ]);
  });

  it('explanations', async () => {
    await expectAll([
      ['explain fargate/task-size', 'explainRule'],
      ['explain containerDefinitions[web].image', 'explainMember'],
      ['explain memory', 'explainMember'],
      ['explain UserInitiated', 'explainStopReason'],
    ]);
  });

  it('the simulator', async () => {
    const interrupt = new AbortController();
    const served = json('simulator', { signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 1_000);
    expectIs('simulator', JSON.parse((await served).out));
  });

  it('what has a form of its own is JSON too', async () => {
    for (const command of ['convert', 'config', 'config --variables', 'iam execution', 'iam task', 'iam deployer up']) {
      expect(JSON.parse((await json(command)).out), command).toBeTypeOf('object');
    }
    expect(JSON.parse((await json('validate')).out)).toBeInstanceOf(Array);
    expect(JSON.parse((await json('config --services')).out)).toEqual(['web', 'job']);
    expect(JSON.parse((await json('config --images')).out)).toEqual(['nginx:1.29', 'busybox:1.37']);
    expect(JSON.parse((await json('config --hash web')).out)).toEqual({ web: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

describe('what did not go well', () => {
  const broken = shop.replace('logs: [hello]', 'pull: not-found');

  it('ends with 4 and the document of the command', async () => {
    write('compose.yaml', broken);
    expect(await expectAll([['up', 'up', 4]])).toMatchObject({ outcome: 'failed', addresses: [] });
    expect(await expectAll([['service up', 'serviceUp', 4]])).toMatchObject({ outcome: 'failed' });
  }, 60_000);

  it('ends with 4 and the document where time is up', async () => {
    expect(await expectAll([['up --timeout 1s', 'up', 4]])).toMatchObject({ outcome: 'timed-out' });
  });

  it('ends with 4 and the document where a stack fails', async () => {
    const account = await testAccount({ stateFile: join(directory, 'account.jsonl'), clock: Date.now });
    await account.logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/cluster/prod' }));
    await account.close();
    const cluster = await expectAll([['cluster up --cluster prod', 'clusterUp', 4]]);
    expect(cluster).toMatchObject({ outcome: 'failed', status: 'ROLLBACK_COMPLETE', outputs: {} });
  });

  it('run: the exit code of a container that never ran is not in it', async () => {
    write('compose.yaml', broken);
    const document = await expectAll([['run web', 'run', 125]]);
    expect(document).toMatchObject({ outcome: 'failed', container: 'web' });
    expect(document).not.toHaveProperty('exitCode');
  });

  it('interrupted: what is there by then', async () => {
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort(), 0);
    const { code, out } = await json('up', { signal: interrupt.signal });
    expect(code).toBe(130);
    expectIs('up', JSON.parse(out));
    expect(JSON.parse(out)).toMatchObject({ outcome: 'interrupted' });
  });

  it.each([
    ['up --cluster prod', 3],
    ['ps --cluster prod', 3],
    ['service scale 2', 3],
    ['up --count many', 2],
    ['explain fargate/nothing', 2],
  ])('%s ends with %i and prints nothing on stdout', async (command, code) => {
    const words = ['--json', '--simulate-state', join(directory, 'account.jsonl'), ...command.split(' ')];
    expect(await run(words, { cwd: directory })).toMatchObject({ code, out: '' });
  });

  it('a line that may hold a secret is not shown, as an event neither', async () => {
    const { code, out, error } = await json('secrets push', { stdin: 'A=1\nhush hush\n' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain('"message":"This line cannot be read as it is written.');
    expect(error).not.toContain('hush');
  });

  it('an input with errors: nothing on stdout', async () => {
    write('compose.yaml', 'services: {web: {imagee: nginx}}');
    for (const command of ['up', 'convert', 'config']) expect(await json(command)).toMatchObject({ code: 1, out: '' });
  });
});

it('a member of a name has one type wherever it stands', () => {
  const types = new Map<string, Set<string>>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties = {} } = schema as Schema;
    for (const [name, member] of Object.entries(properties))
      types.set(name, (types.get(name) ?? new Set()).add(typeOf(member)));
    for (const each of Object.values(schema)) visit(each);
  };
  visit(results);
  expect([...types].filter(([, found]) => found.size > 1)).toEqual([]);
});

/** What may stand there: the definition of an object, the definition of a list's items, else the JSON type. */
function typeOf(schema: Schema): string {
  if (schema.$ref?.startsWith('#')) {
    const name = schema.$ref.replace('#/definitions/', '');
    const definition = results.definitions[name] as Schema;
    return definition.properties === undefined && definition['items'] === undefined ? typeOf(definition) : name;
  }
  if (schema.$ref !== undefined) return schema.$ref;
  return 'enum' in schema ? 'string' : String(schema['type'] ?? 'any');
}

it('docs/json.md has a row for each document, with all its members', () => {
  const page = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\|[^|]+\| `(\w+)` +\| ((?:`\w+` +)+)\|$/gm)];
  const told = rows.map(([, name, members = '']) => [name, members.trim().replaceAll('`', '').split(' ')]);
  const shared = new Set([...JSON.stringify(results).matchAll(/#\/definitions\/(\w+)"/g)].map(([, name]) => name));
  const documents = Object.entries(results.definitions).filter(([name]) => !shared.has(name) && name !== 'event');
  expect(told).toEqual(documents.map(([name, { properties = {} }]) => [name, Object.keys(properties)]));
});
