import { join } from 'node:path';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator.ts';
import { folder } from '../folder.ts';
import { cli, launcher, simulated } from './cli.ts';
import { type DockerCall, digest, recordingDocker } from './recording-docker.ts';

const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

const compose = `name: shop
services:
  web:
    build:
      context: app
      args: {VERSION: "1", QUOTED: "a b; $$(id)"}
      target: production
    ports: ["80:80"]
  db:
    image: mysql:8
`;

let simulator: Simulator;

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ speed: 100, ...options });
}
beforeEach(() => start());
afterEach(() => simulator.close());

/** Runs the program with the recording docker on its PATH; gives what became of it, and the calls of docker. */
async function withDocker(
  cwd: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | undefined; out: string; error: string; calls: readonly DockerCall[] }> {
  const docker = recordingDocker(registry);
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [launcher, ...words, '--endpoint-url', simulator.endpoint, '--region', 'us-east-1', '--simulate-speed', '100'],
    {
      cwd,
      reject: false,
      extendEnv: false,
      stripFinalNewline: false,
      env: {
        HOME: '/nowhere',
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
        ...docker.environment,
        ...environment,
      },
    },
  );
  return { code: exitCode, out: stdout, error: stderr, calls: docker.calls() };
}

const changing = () =>
  simulator.calls.map(({ operation }) => operation).filter((operation) => !/^(?:Describe|List|Get)/.test(operation));

describe('push', () => {
  it('builds for the platform of the task, logs in by stdin, pushes, and prints the digest', async () => {
    const cwd = folder({ 'compose.yaml': compose });
    const { code, out, error, calls } = await withDocker(cwd, ['push']);
    expect({ code, out }).toEqual({ code: 0, out: `${registry}/shop/web@${digest('a')}\n` });
    const reference = `${registry}/shop/web:latest`;
    expect(calls).toEqual([
      { words: ['version', '--format', '{{.Server.Version}}'], stdin: '' },
      {
        words: [
          ...['build', '--platform', 'linux/amd64', '--tag', reference, '--file', join(cwd, 'app/Dockerfile')],
          ...['--target', 'production', '--build-arg', 'VERSION=1', '--build-arg', 'QUOTED=a b; $(id)'],
          join(cwd, 'app'),
        ],
        stdin: '',
      },
      { words: ['login', '--username', 'AWS', '--password-stdin', registry], stdin: 'simulated-password' },
      { words: ['push', reference], stdin: '' },
    ]);
    expect(error).toContain('  #1 building\n');
    expect(error).not.toContain('simulated-password');
    expect(changing()).toEqual(['CreateRepository', 'PutLifecyclePolicy']);
    const created = simulator.calls.find(({ operation }) => operation === 'CreateRepository');
    expect(created?.input).toEqual({
      repositoryName: 'shop/web',
      tags: [{ Key: 'compose2fargate:project', Value: 'shop' }],
    });
  });

  it('leaves a repository that is there as it is', async () => {
    const cwd = folder({ 'compose.yaml': compose });
    await withDocker(cwd, ['push']);
    const { error } = await withDocker(cwd, ['push']);
    expect(error).not.toContain('Create');
    expect(changing()).toEqual(['CreateRepository', 'PutLifecyclePolicy']);
  });

  it.each([
    // The SDK makes the call again, and finds the repository that nobody has told of.
    ['an answer was lost', 'CreateRepository', 'lost-answer', 0],
    ['the one before was cut short', 'PutLifecyclePolicy', 'access-denied', 3],
  ] as const)('gives its repository the policy that it lacks, where %s', async (_, operation, kind, first) => {
    await simulator.close();
    await start({ faults: [{ operation, kind }] });
    const cwd = folder({ 'compose.yaml': compose });
    expect((await withDocker(cwd, ['push'])).code).toBe(first);
    const { code, error } = await withDocker(cwd, ['push']);
    expect(code).toBe(0);
    const told = 'Let the ECR repository shop/web keep its newest 100 images, and no others.';
    expect(error.includes(told)).toBe(first !== 0);
    expect(changing().at(-1)).toBe('PutLifecyclePolicy');
    expect((await withDocker(cwd, ['push'])).error).not.toContain('Let the ECR');
  });

  it("leaves somebody else's repository without a policy as it is", async () => {
    const ecr = new ECRClient({
      region: 'us-east-1',
      endpoint: simulator.endpoint,
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'shop/web' }));
    ecr.destroy();
    expect((await withDocker(folder({ 'compose.yaml': compose }), ['push'])).code).toBe(0);
    expect(changing()).toEqual(['CreateRepository']);
  });

  it('takes the digest of docker inspect where docker push prints none', async () => {
    const { out } = await withDocker(folder({ 'compose.yaml': compose }), ['push'], { DIGEST: '' });
    expect(out).toBe(`${registry}/shop/web@${digest('f')}\n`);
  });

  it.each([
    ['an ECR address', `${registry.replace('us-east-1', 'eu-west-1')}/team/web:1.4`, 'eu-west-1'],
    ['a name without a registry', 'team/web:1.4', 'us-east-1'],
  ])('%s beside build is where it goes', async (_, image, region) => {
    const cwd = folder({ 'compose.yaml': `name: shop\nservices:\n  web: {build: ., image: "${image}"}\n` });
    const { code, calls } = await withDocker(cwd, ['push']);
    expect(code).toBe(0);
    const host = registry.replace('us-east-1', region);
    expect(calls.at(-1)?.words).toEqual(['push', `${host}/team/web:1.4`]);
    expect(calls.at(-2)?.words.at(-1)).toBe(host);
    expect(simulator.calls.find(({ operation }) => operation === 'CreateRepository')?.input).toMatchObject({
      repositoryName: 'team/web',
    });
  });

  it('needs nothing of AWS for another registry, which docker knows', async () => {
    const cwd = folder({ 'compose.yaml': 'services:\n  web: {build: ., image: ghcr.io/acme/web}\n' });
    const { code, out, calls } = await withDocker(cwd, ['push']);
    expect({ code, out }).toEqual({ code: 0, out: `ghcr.io/acme/web@${digest('a')}\n` });
    expect(calls.map(({ words }) => words[0])).toEqual(['version', 'build', 'push']);
    expect(simulator.calls).toEqual([]);
  });

  it('builds for ARM where the task runs on it, and takes an inline Dockerfile by stdin', async () => {
    const cwd = folder({
      'compose.yaml':
        'services:\n  web:\n    build:\n      platforms: [linux/arm64]\n      dockerfile_inline: FROM scratch\n',
    });
    const { calls } = await withDocker(cwd, ['push']);
    expect(calls[1]).toMatchObject({ stdin: 'FROM scratch', words: expect.arrayContaining(['linux/arm64', '-']) });
  });

  it('only the services that are named; one that is not built is named', async () => {
    const cwd = folder({
      'compose.yaml': 'name: shop\nservices:\n  a: {build: .}\n  b: {build: .}\n  c: {image: x}\n',
    });
    const { out } = await withDocker(cwd, ['push', 'b', '--json']);
    expect(JSON.parse(out)).toEqual({
      project: 'shop',
      images: [{ container: 'b', image: `${registry}/shop/b@${digest('a')}` }],
    });
    const wrong = await withDocker(cwd, ['push', 'c']);
    expect(wrong).toMatchObject({ code: 2, calls: [], error: expect.stringContaining('Write "push a" or "push b".') });
  });
});

describe('what fails', () => {
  it('no docker: said before AWS is asked for anything, exit 3', async () => {
    const cwd = folder({ 'compose.yaml': compose });
    const { code, error } = await withDocker(cwd, ['up', '--build'], { PATH: folder() });
    expect(code).toBe(3);
    expect(error).toContain('There is no docker on the PATH');
    expect(simulator.calls).toEqual([]);
  });

  it.each([
    ['version', 3, 'Docker does not answer', []],
    ['build', 1, 'An image could not be built', []],
    ['login', 3, 'Docker could not log in', ['CreateRepository', 'PutLifecyclePolicy']],
    ['push', 3, 'An image could not be pushed', ['CreateRepository', 'PutLifecyclePolicy']],
  ])('docker %s: exit %i, docker’s own words, and no task', async (command, exit, words, changes) => {
    const cwd = folder({ 'compose.yaml': compose });
    const { code, out, error } = await withDocker(cwd, ['up', '--build'], { FAIL: command });
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(error).toContain(words);
    expect(error).toContain('docker says no');
    expect(changing()).toEqual(changes);
    expect((await withDocker(cwd, ['up', '--build'])).code).toBe(0);
  });

  it('a repository that may not be made: exit 3 and the permission', async () => {
    await simulator.close();
    await start({ faults: [{ operation: 'CreateRepository', kind: 'access-denied' }] });
    const { code, error } = await withDocker(folder({ 'compose.yaml': compose }), ['push']);
    expect(code).toBe(3);
    expect(error).toContain('lack the permission ecr:CreateRepository');
  });
});

describe('up --build', () => {
  it('runs the image by its digest; the same digest is no new revision, another one is', async () => {
    const cwd = folder({ 'compose.yaml': compose });
    expect((await withDocker(cwd, ['up', '--build'])).code).toBe(0);
    const registered = () => simulator.calls.filter(({ operation }) => operation === 'RegisterTaskDefinition');
    expect(registered()[0]?.input).toMatchObject({
      containerDefinitions: [{ image: `${registry}/shop/web@${digest('a')}` }, { image: 'mysql:8' }],
    });
    const again = await withDocker(cwd, ['up', '--build']);
    expect(again).toMatchObject({ code: 0, error: expect.stringContaining('Everything is as the files say.') });
    expect(registered()).toHaveLength(1);
    expect((await withDocker(cwd, ['up', '--build'], { DIGEST: digest('b') })).code).toBe(0);
    expect(registered()[1]?.input).toMatchObject({
      containerDefinitions: [{ image: `${registry}/shop/web@${digest('b')}` }, {}],
    });
  });

  it('ps, logs and down work on what was built', async () => {
    const cwd = folder({ 'compose.yaml': compose });
    await withDocker(cwd, ['up', '--build']);
    expect(await withDocker(cwd, ['ps'])).toMatchObject({ code: 0, out: expect.stringContaining('RUNNING') });
    expect(await withDocker(cwd, ['logs'])).toMatchObject({ code: 0 });
    expect(await withDocker(cwd, ['down'])).toMatchObject({ code: 0, calls: [] });
  });

  it('service up --build runs it as a service', async () => {
    const { code, error } = await withDocker(folder({ 'compose.yaml': compose }), ['service', 'up', '--build']);
    expect(code, error).toBe(0);
    expect(simulator.calls.find(({ operation }) => operation === 'RegisterTaskDefinition')?.input).toMatchObject({
      containerDefinitions: [{ image: `${registry}/shop/web@${digest('a')}` }, {}],
    });
  });

  it('run does not run what is not built', async () => {
    const { code, error } = await withDocker(folder({ 'compose.yaml': compose }), ['run', 'web', 'true']);
    expect(code).toBe(125);
    expect(error).toContain('transform/build-only');
    expect(simulator.calls).toEqual([]);
  });

  it('without it, a service that is only built is an error with the remedy', async () => {
    const { code, error } = await withDocker(folder({ 'compose.yaml': compose }), ['up']);
    expect(code).toBe(1);
    expect(error).toContain('up --build');
  });

  it.each([
    ['up', '--build', '--dry-run'],
    ['plan', '--build'],
  ])('%s %s prints both plans, does nothing', async (...words) => {
    const { code, out, calls } = await withDocker(folder({ 'compose.yaml': compose }), words);
    expect(code).toBe(0);
    expect(out).toContain('Build the image of web for linux/amd64.\nCreate the ECR repository shop/web');
    expect(out).toContain(`Push ${registry}/shop/web:latest.\n`);
    expect(out).toContain('Register the first revision of shop.');
    expect({ calls, changing: changing() }).toEqual({ calls: [], changing: [] });
  });
});

describe('--simulate', () => {
  it('runs no docker, and images lists what was pushed', async () => {
    const account = simulated();
    const cwd = folder({ 'compose.yaml': compose });
    const before = await cli(cwd, 'images', ...account);
    expect(before).toMatchObject({ code: 0, error: expect.stringContaining('no repository shop/web yet') });
    const first = await cli(cwd, 'up', '--build', ...account);
    expect(first).toMatchObject({ code: 0, error: expect.stringContaining('docker is not run') });
    const listed = await cli(cwd, 'images', ...account);
    expect(listed.out).toMatch(/^SERVICE +REPOSITORY +TAG +DIGEST .*\nweb +shop\/web +latest +[0-9a-f]{12} /);
    const [image] = JSON.parse((await cli(cwd, 'images', '--json', ...account)).out).images;
    expect(image).toMatchObject({ container: 'web', repository: 'shop/web', tags: ['latest'] });
    expect(image.image).toMatch(/^[\w.-]+\/shop\/web@sha256:[0-9a-f]{64}$/);
    const second = await cli(cwd, 'up', '--build', ...account);
    expect(second.error).toContain('Everything is as the files say.');
    expect((await cli(cwd, 'plan', '--build', '--exit-code', ...account)).code).toBe(0);
  });
});
