import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator.ts';
import { folder } from '../folder.ts';
import { cliWith, type Ended } from './cli.ts';

const compose = `name: shop
services:
  web: {image: registry.example.com/shop/web:1.4, mem_limit: 256m}
  log: {image: quay.io/shop/log:2, mem_limit: 256m}
`;
const elsewhere = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:elsewhere-AbCdEf';
const logins = `version: '1'
registry_credentials:
  registry.example.com:
    username: \${REGISTRY_USER}
    password: \${REGISTRY_PASSWORD}
    kms_key_id: alias/shop
    container_names: [web]
  quay.io:
    secrets_manager_arn: ${elsewhere}
    container_names: [log]
`;

let simulator: Simulator;

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator(options);
}
beforeEach(() => start());
afterEach(() => simulator.close());

const project = (file = logins) => folder({ 'compose.yaml': compose, 'logins.yml': file });

function up(cwd: string, words: readonly string[] = [], password = 'c00l$tuff'): Promise<Ended> {
  const environment = {
    REGISTRY_USER: 'me',
    REGISTRY_PASSWORD: password,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  const place = ['--endpoint-url', simulator.endpoint, '--region', 'us-east-1'];
  return cliWith(environment, cwd, 'registry-creds', 'up', 'logins.yml', ...words, ...place);
}

const written = (cwd: string) => readdirSync(cwd).filter((name) => name.startsWith('ecs-registry-creds_'));
const calls = () => simulator.calls.map(({ operation }) => operation);
const inputOf = (operation: string) => simulator.calls.find((call) => call.operation === operation)?.input;
const arnOf = (text: string) =>
  /arn:aws:secretsmanager:us-east-1:123456789012:secret:shop\/registry\/registry\.example\.com-\w{6}/.exec(text)?.[0];

describe('registry-creds up', () => {
  it('makes a secret in the form that ECS reads, and writes the file by which images are pulled', async () => {
    const cwd = project();
    const { code, out, error } = await up(cwd, ['--role-name', 'shop-execution', '--tags', 'team=web']);
    expect(code).toBe(0);
    expect(inputOf('CreateSecret')).toMatchObject({
      Name: 'shop/registry/registry.example.com',
      SecretString: '{"username":"me","password":"c00l$tuff"}',
      KmsKeyId: 'alias/shop',
      Tags: [
        { Key: 'team', Value: 'web' },
        { Key: 'compose2fargate:project', Value: 'shop' },
      ],
    });
    expect(out).toMatch(/^ecs-registry-creds_\d{8}T\d{6}Z\.yml\n$/);
    const text = readFileSync(join(cwd, out.trim()), 'utf8');
    const arn = arnOf(text);
    expect(arn).toBeDefined();
    expect(text).toBe(`version: "1"
registry_credential_outputs:
  task_execution_role: shop-execution
  container_credentials:
    registry.example.com:
      credentials_parameter: ${arn}
      kms_key_id: alias/shop
      container_names:
        - web
    quay.io:
      credentials_parameter: ${elsewhere}
      container_names:
        - log
`);
    expect(`${out}${error}${text}`).not.toContain('tuff');
    expect(error).toContain('Create the role shop-execution, with which ECS pulls images');

    const converted = await cliWith({}, cwd, 'convert', '--region', 'us-east-1');
    const { executionRoleArn, containerDefinitions } = JSON.parse(converted.out);
    expect(executionRoleArn).toBe('shop-execution');
    expect(containerDefinitions).toMatchObject([
      { name: 'web', repositoryCredentials: { credentialsParameter: arn } },
      { name: 'log', repositoryCredentials: { credentialsParameter: elsewhere } },
    ]);
  });

  it('makes the role that it is told to name, which may read the secrets, and keeps it up to date', async () => {
    const cwd = project();
    const role = ['--role-name', 'shop-execution'];
    expect((await up(cwd, [...role, '--dry-run'])).out).toBe(
      'Create the secret shop/registry/registry.example.com.\n' +
        'Create the role shop-execution, with which ECS pulls images, reads secrets and writes logs for this project alone.\n' +
        'Attach the policy AmazonECSTaskExecutionRolePolicy to the role shop-execution.\n',
    );
    expect((await up(cwd, role)).code).toBe(0);
    expect(inputOf('CreateRole')).toMatchObject({
      AssumeRolePolicyDocument: expect.stringContaining('ecs-tasks.amazonaws.com'),
      Tags: [{ Key: 'compose2fargate:project', Value: 'shop' }],
    });
    expect(inputOf('AttachRolePolicy')).toMatchObject({
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
    });
    const { PolicyDocument } = inputOf('PutRolePolicy') as { PolicyDocument: string };
    expect(JSON.parse(PolicyDocument).Statement).toMatchObject([
      {
        Action: ['secretsmanager:GetSecretValue'],
        Resource: [
          'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/registry/registry.example.com-??????',
          elsewhere,
        ],
      },
      { Action: ['kms:Decrypt'], Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/shop'] } } },
    ]);
    expect((await up(cwd, role)).error).toContain('Everything is as the files say.');
    writeFileSync(join(cwd, 'logins.yml'), logins.replace('    kms_key_id: alias/shop\n', ''));
    expect((await up(cwd, role)).error).toContain('Everything is as the files say.');
    writeFileSync(join(cwd, 'logins.yml'), logins.replace(/ {2}quay\.io:\n(?: {4}.*\n)*/, ''));
    expect((await up(cwd, role)).error).toContain('Bring the policy of the role shop-execution up to date.');
    expect(calls().filter((call) => call === 'CreateRole')).toHaveLength(1);
  });

  it("somebody else's role is not changed, and what it must be allowed is shown", async () => {
    const iam = new IAMClient({
      region: 'us-east-1',
      endpoint: simulator.endpoint,
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    const AssumeRolePolicyDocument = '{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}';
    await iam.send(new CreateRoleCommand({ RoleName: 'theirs', AssumeRolePolicyDocument }));
    iam.destroy();
    const { code, error, out } = await up(project(), ['--role-name', 'theirs']);
    expect({ code, written: out }).toEqual({ code: 0, written: expect.stringMatching(/^ecs-registry-creds_/) });
    expect(error).toContain(
      'The role theirs was not made by this project, and is not changed. It lacks the policy arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy.',
    );
    expect(error).toContain('"secretsmanager:GetSecretValue"');
    expect(calls()).not.toContain('PutRolePolicy');
    expect(calls()).not.toContain('AttachRolePolicy');
  });

  it('changes nothing the second time, and writes no second file', async () => {
    const cwd = project();
    await up(cwd);
    const { code, out, error } = await up(cwd);
    expect(code).toBe(0);
    expect(calls()).toEqual(['GetSecretValue', 'CreateSecret', 'GetSecretValue']);
    expect(written(cwd)).toEqual([out.trim()]);
    expect(error).toContain('no file was written');
  });

  it('leaves a secret with another login as it is, unless --update-existing-secrets says otherwise', async () => {
    const cwd = project(logins.replace('    kms_key_id: alias/shop\n', ''));
    await up(cwd);
    const kept = await up(cwd, [], 'newer');
    expect(kept.code).toBe(0);
    expect(kept.error).toContain('warning: shop/registry/registry.example.com is there already with another login');
    expect(kept.error).not.toContain('Everything is as the files say');
    expect(calls()).not.toContain('PutSecretValue');
    const { code, out } = await up(cwd, ['--update-existing-secrets', '--json'], 'newer');
    expect(code).toBe(0);
    expect(inputOf('PutSecretValue')).toMatchObject({ SecretString: '{"username":"me","password":"newer"}' });
    expect(JSON.parse(out)).toMatchObject({
      project: 'shop',
      file: written(cwd)[0],
      secrets: [
        { registry: 'registry.example.com', change: 'updated' },
        { registry: 'quay.io', change: 'unchanged' },
      ],
    });
  });

  it('--dry-run prints the plan and does nothing; --no-output-file prints what would be in the file', async () => {
    const cwd = project();
    expect(await up(cwd, ['--dry-run'])).toMatchObject({
      code: 0,
      out: 'Create the secret shop/registry/registry.example.com.\n',
    });
    expect(calls()).toEqual(['GetSecretValue']);
    const { out } = await up(cwd, ['--no-output-file', '--no-role']);
    expect(out).toMatch(/^version: "1"\nregistry_credential_outputs:\n {2}container_credentials:\n/);
    expect(arnOf(out)).toBeDefined();
    expect(written(cwd)).toEqual([]);
  });

  it('--output-dir: a file there, which --registry-creds names', async () => {
    const cwd = project();
    const elsewhereDirectory = folder();
    const { out } = await up(cwd, ['--output-dir', elsewhereDirectory]);
    expect(written(cwd)).toEqual([]);
    const named = await cliWith({}, cwd, 'convert', '--region', 'us-east-1', '--registry-creds', out.trim());
    expect(arnOf(named.out)).toBeDefined();
  });

  it('gives the secret behind an ARN the login, and makes none where there is none', async () => {
    await up(project());
    const arn = arnOf((await up(project(), ['--no-output-file'])).out);
    const own = (secret: string) => logins.replace('    kms_key_id: alias/shop', `    secrets_manager_arn: ${secret}`);
    const { code } = await up(project(own(arn ?? '')), ['--update-existing-secrets'], 'newer');
    expect(code).toBe(0);
    expect(inputOf('PutSecretValue')).toMatchObject({ SecretId: arn });

    const cwd = project(own(elsewhere));
    const missing = await up(cwd);
    expect(missing).toMatchObject({ code: 3, out: '' });
    expect(missing.error).toContain(`There is no secret ${elsewhere} in us-east-1. Nothing was changed.`);
    expect(written(cwd)).toEqual([]);
    expect(calls().filter((call) => call === 'CreateSecret')).toHaveLength(1);
  });

  it('writes no file where AWS refuses a secret, and goes on when it is run again', async () => {
    await simulator.close();
    await start({ faults: [{ operation: 'CreateSecret', nth: 1, kind: 'access-denied' }] });
    const cwd = project();
    const { code, error } = await up(cwd);
    expect(code).toBe(3);
    expect(error).toContain('secretsmanager:CreateSecret');
    expect(written(cwd)).toEqual([]);
    expect((await up(cwd)).code).toBe(0);
    expect(written(cwd)).toHaveLength(1);
  });
});

describe('what it refuses without a call', () => {
  it.each([
    ['    password: "hunter2\n', 1],
    ['    password: hunter2: x\n', 1],
    ['    password: *hunter2\n', 1],
    ['    password: hunter2\n    password: hunter2\n', 1],
    ['    pasword: hunter2\n', 1],
    ['    password: [hunter2]\n', 1],
    ['    password: ${hunter2!}\n', 1],
    ['    password: ${}\n', 1],
  ])('%j: exit %i, and the password is not shown', async (line, exit) => {
    const cwd = project(`registry_credentials:\n  quay.io:\n    username: me\n${line}`);
    const { code, out, error } = await up(cwd);
    expect({ code, out, calls: calls() }).toEqual({ code: exit, out: '', calls: [] });
    expect(error).toMatch(/logins\.yml:\d+:\d+: error: .* \[registry\/[a-z-]+\]/);
    expect(error).not.toContain('hunter2');
  });

  it('warnings show no line either, which may hold the password too', async () => {
    const cwd = project('registry_credentials: {quay.io: {username: me, password: hunter2, container_names: [lgo]}}\n');
    const { code, error } = await up(cwd, ['--dry-run']);
    expect(code).toBe(0);
    expect(error).toContain('[registry/password-in-file]');
    expect(error).toContain('logins.yml:1:85: warning: The Compose file has no service "lgo"');
    expect(error).not.toContain('hunter2');
  });

  it('--role-name beside --no-role is wrong usage, and so is an ARN', async () => {
    const arn = await up(project(), ['--role-name', 'arn:aws:iam::123456789012:role/x']);
    expect(arn).toMatchObject({ code: 2, out: '', error: expect.stringContaining('is no name of a role') });
    expect(await up(project(), ['--no-role', '--role-name', 'x'])).toMatchObject({ code: 2, out: '' });
  });
});
