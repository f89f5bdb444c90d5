import {
  CreateRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { down, plan, run, serviceRemove, serviceUp, up } from '../../../src/cli/online.ts';
import { type Fault, type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, Terminal } from './project.ts';

const RoleName = 'shop-execution-us-east-1';
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };

const faults: Fault[] = [];
let simulator: Simulator;
let terminal: Terminal;
let iam: IAMClient;
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  await start(50);
});
afterEach(async () => {
  faults.length = 0;
  vi.unstubAllEnvs();
  iam.destroy();
  terminal.close();
  await simulator.close();
});

async function start(speed: number, clock: () => number = Date.now): Promise<void> {
  simulator = await startSimulator({ speed, faults, clock });
  terminal = new Terminal({ endpointUrl: simulator.endpoint });
  iam = new IAMClient({ region: 'us-east-1', endpoint: simulator.endpoint, credentials });
}

/** The shop, whose files name no execution role; it may read a secret. */
function unnamed(secret?: string): Task {
  const task = shop();
  const [db, web] = task.definition.containerDefinitions;
  const secrets = secret === undefined ? {} : { secrets: [{ name: 'PASSWORD', valueFrom: secret }] };
  return {
    ...task,
    definition: { ...task.definition, containerDefinitions: [{ ...db, ...secrets }, web] as never },
    origins: new Map([...task.origins, ['executionRoleArn', { rule: 'assumed' }]]),
  };
}

const readOnly = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

/** The shop, whose services ask for policies. */
function asking(rolePolicies: Task['rolePolicies']): Task {
  const task = shop();
  return rolePolicies === undefined ? task : { ...task, rolePolicies };
}

/** The task role of the project: its inline policy, if it has one, and the managed ones. */
async function taskRole() {
  const role = { RoleName: 'shop-task-us-east-1' };
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand(role));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand(role));
  const [PolicyName] = PolicyNames;
  const inline = PolicyName && (await iam.send(new GetRolePolicyCommand({ ...role, PolicyName }))).PolicyDocument;
  return {
    statements: inline ? JSON.parse(decodeURIComponent(inline)).Statement : [],
    attached: AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
  };
}

/** The task role of the newest revision. */
function registeredRole(): unknown {
  const registered = simulator.calls.filter(({ operation }) => operation === 'RegisterTaskDefinition').at(-1);
  return (registered?.input as { readonly taskRoleArn?: string } | undefined)?.taskRoleArn;
}

function calls(...operations: readonly string[]): readonly string[] {
  return simulator.calls.map(({ operation }) => operation).filter((operation) => operations.includes(operation));
}

/** The inline policy of the project's execution role. */
async function statements(): Promise<readonly { Sid: string }[]> {
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'compose2fargate' }));
  return JSON.parse(decodeURIComponent(PolicyDocument)).Statement;
}

/** The same by Sid. */
async function allowed(): Promise<readonly string[]> {
  return (await statements()).map(({ Sid }) => Sid);
}

describe('up --create-roles', () => {
  test('makes the role before the revision, and waits until ECS sees it', async () => {
    // No time passes before the task is to run: the role is not seen yet.
    await simulator.close();
    const beginning = Date.now();
    await start(50, () => (calls('RunTask').length === 0 ? beginning : Date.now()));
    expect(await plan(terminal.context(unnamed()), { createRoles: true })).toBe(0);
    expect(terminal.out).toMatch(new RegExp(`^Create the role ${RoleName}, with which ECS pulls images`));
    expect(await up(terminal.context(unnamed()), { createRoles: true })).toBe(0);
    expect(calls('CreateRole', 'PutRolePolicy', 'RegisterTaskDefinition', 'RunTask').slice(0, 4)).toEqual([
      'CreateRole',
      'PutRolePolicy',
      'RegisterTaskDefinition',
      'RunTask',
    ]);
    expect(calls('RunTask').length).toBeGreaterThan(1);
    expect(simulator.calls.find(({ operation }) => operation === 'CreateRole')?.input).toMatchObject({
      RoleName,
      AssumeRolePolicyDocument: expect.stringContaining('"aws:SourceAccount":"123456789012"'),
      Tags: [{ Key: 'compose2fargate:project', Value: 'shop' }],
    });
    expect(await allowed()).toEqual(['WriteLogs']);
  });

  test('again changes nothing, with the option and without, and the role follows the files', async () => {
    await up(terminal.context(unnamed()), { createRoles: true });
    for (const createRoles of [true, false]) {
      expect(await up(terminal.context(unnamed()), { createRoles })).toBe(0);
      expect(terminal.error).toContain('Everything is as the files say.');
    }
    expect(await up(terminal.context(unnamed('/shop/password')), {})).toBe(0);
    expect(terminal.error).toContain(`Bring the policy of the role ${RoleName} up to date.`);
    expect(await allowed()).toEqual(['WriteLogs', 'ReadParameters']);
    expect(await run(terminal.context(unnamed('/shop/password')), { service: 'web', command: [], detach: true })).toBe(
      0,
    );
    expect(terminal.error).not.toContain('Register');
  });

  test('takes from the role what only the former tasks need when they are gone, and not before', async () => {
    await serviceUp(terminal.context(unnamed('/shop/password')), { createRoles: true });
    const former = calls('PutRolePolicy').length;
    expect(await serviceUp(terminal.context(unnamed('/shop/token')), {}), terminal.error).toBe(0);
    const policies = simulator.calls
      .filter(({ operation }) => operation === 'PutRolePolicy')
      .map(({ input }) => (input as { readonly PolicyDocument: string }).PolicyDocument);
    const [meanwhile, last] = policies.slice(former);
    expect(meanwhile).toMatch(/parameter\/shop\/token.*parameter\/shop\/password/);
    expect(last).not.toContain('password');
    const steps = calls('PutRolePolicy', 'RegisterTaskDefinition', 'UpdateService').slice(-4);
    expect(steps).toEqual(['PutRolePolicy', 'RegisterTaskDefinition', 'UpdateService', 'PutRolePolicy']);
    expect(terminal.error.trimEnd()).toMatch(
      /is steady with 1 task\.\n(?:.*\n)*Take from the policy of the role shop-execution-us-east-1 what its tasks no longer need\./,
    );
    expect(await serviceUp(terminal.context(unnamed('/shop/token')), {})).toBe(0);
    expect(terminal.error).toContain('Everything is as the files say.');
  });

  test('a rollout that fails leaves to the former tasks what they need; so does "run"', async () => {
    await serviceUp(terminal.context(unnamed('/shop/password')), { createRoles: true });
    const [before] = (await statements()).slice(-1);
    await run(terminal.context(unnamed()), { service: 'web', command: [], detach: true });
    expect((await statements()).at(-1)).toEqual(before);
    faults.push({ operation: 'UpdateService', kind: 'access-denied' });
    expect(await serviceUp(terminal.context(unnamed('/shop/token')), {})).toBe(3);
    expect(JSON.stringify(await statements())).toMatch(/parameter\/shop\/token.*parameter\/shop\/password/);
    expect(await serviceUp(terminal.context(unnamed('/shop/token')), {})).toBe(0);
    expect(JSON.stringify(await statements())).not.toContain('password');
  });

  test('may decrypt with the keys of its secrets that are your own, and by nothing but these secrets', async () => {
    const own = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const secrets = new SecretsManagerClient({ region: 'us-east-1', endpoint: simulator.endpoint, credentials });
    const { ARN = '' } = await secrets.send(
      new CreateSecretCommand({ Name: 'shop/db', SecretString: 'x', KmsKeyId: own }),
    );
    secrets.destroy();
    const parameters = new SSMClient({ region: 'us-east-1', endpoint: simulator.endpoint, credentials });
    for (const parameter of [{ Name: '/shop/token', KeyId: 'alias/shop' }, { Name: 'plain' }]) {
      await parameters.send(new PutParameterCommand({ ...parameter, Value: 'x', Type: 'SecureString' }));
    }
    parameters.destroy();
    const [task, token, plain] = [ARN, '/shop/token', 'plain'].map(unnamed) as [Task, Task, Task];
    expect(await up(terminal.context(task), { createRoles: true })).toBe(0);
    expect((await statements()).at(-1)).toEqual({
      Sid: 'DecryptSecrets',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [own],
      Condition: { StringLike: { 'kms:ViaService': ['secretsmanager.*.amazonaws.com*'] } },
    });
    expect(await up(terminal.context(token), {})).toBe(0);
    expect((await statements()).at(-1)).toMatchObject({
      Sid: 'DecryptSecretsByAlias',
      Resource: ['arn:aws:kms:us-east-1:123456789012:key/*'],
      Condition: {
        StringLike: { 'kms:ViaService': ['ssm.*.amazonaws.com*'] },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/shop'] },
      },
    });
    expect(await up(terminal.context(plain), {})).toBe(0);
    expect(await allowed()).toEqual(['WriteLogs', 'ReadParameters']);
  });

  test('replaces tasks that run without it, wherever they are to be', async () => {
    const anywhere = (): Task => ({ ...unnamed(), run: { count: 1, network: {} } });
    expect(await up(terminal.context(anywhere()), {})).toBe(0);
    expect(await up(terminal.context(anywhere()), { createRoles: true }), terminal.error).toBe(0);
    expect(calls('RunTask', 'CreateRole', 'StopTask').filter((call, at, all) => call !== all[at - 1])).toEqual([
      'RunTask',
      'CreateRole',
      'RunTask',
      'StopTask',
    ]);
  });

  test("takes AWS's usual role where it exists, and the one that the files name", async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'ecsTaskExecutionRole', AssumeRolePolicyDocument: anybody }));
    await plan(terminal.context(unnamed()), { createRoles: true });
    expect(terminal.out).not.toContain('role');
    await plan(terminal.context(shop()), { createRoles: true });
    expect(terminal.out).not.toContain('role');
    expect(calls('GetRole')).toEqual(['GetRole']);
  });

  test('a role of that name that somebody else made is not touched', async () => {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: anybody }));
    expect(await up(terminal.context(unnamed()), { createRoles: true })).toBe(3);
    expect(terminal.error).toContain(`The role ${RoleName} was not made by this project.`);
    expect(calls('PutRolePolicy', 'RegisterTaskDefinition')).toEqual([]);
  });

  test.each(['lost-answer', 'server-error', 'throttle'] as const)('%s at CreateRole is not noticed', async (kind) => {
    faults.push({ operation: 'CreateRole', kind });
    expect(await up(terminal.context(unnamed()), { createRoles: true })).toBe(0);
    expect(await allowed()).toEqual(['WriteLogs']);
  });

  test('cut short before the role has its policy, it is whole after the next', async () => {
    faults.push({ operation: 'PutRolePolicy', kind: 'access-denied' });
    expect(await up(terminal.context(unnamed()), { createRoles: true })).toBe(3);
    expect(terminal.error).toContain('iam:PutRolePolicy');
    expect(await up(terminal.context(unnamed()), { createRoles: true })).toBe(0);
    expect(await allowed()).toEqual(['WriteLogs']);
    expect(calls('CreateRole')).toEqual(['CreateRole']);
  });

  test('without it nobody asks IAM', async () => {
    expect(await up(terminal.context(unnamed()), {})).toBe(0);
    expect(simulator.calls.filter(({ service }) => service === 'iam')).toEqual([]);
  });
});

describe('the task role that the files ask for', () => {
  const policies = { managed: [readOnly], statements: [send] };

  test('is made with its policies, stays in use, follows the files, and goes with "down"', async () => {
    expect(await plan(terminal.context(asking(policies)), { createRoles: true })).toBe(0);
    expect(terminal.out).toMatch(
      /^Create the role shop-task-us-east-1, which the containers of this project have\.\nAttach the policy AmazonS3ReadOnlyAccess to the role shop-task-us-east-1\.\n/,
    );
    expect(await up(terminal.context(asking(policies)), { createRoles: true })).toBe(0);
    expect(registeredRole()).toBe('shop-task-us-east-1');
    expect(await taskRole()).toEqual({ statements: [send], attached: [readOnly] });
    for (const createRoles of [true, false]) {
      expect(await up(terminal.context(asking(policies)), { createRoles })).toBe(0);
      expect(terminal.error).toContain('Everything is as the files say.');
    }
    const other = 'arn:aws:iam::123456789012:policy/shop/orders';
    expect(await up(terminal.context(asking({ managed: [other], statements: [] })), {})).toBe(0);
    expect(terminal.error).toContain('Attach the policy orders to the role shop-task-us-east-1.');
    expect(terminal.error.trimEnd()).toMatch(
      /Wait until .*\n(?:.*\n)*Detach the policy AmazonS3ReadOnlyAccess from the role shop-task-us-east-1\./,
    );
    expect(terminal.error).not.toContain('Register');
    expect(await taskRole()).toEqual({ statements: [], attached: [other] });
    expect(await down(terminal.context(asking(policies)), {})).toBe(0);
    expect(terminal.error).toContain('Delete the role shop-task-us-east-1.');
    await expect(taskRole()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  test('lets commands be run in the containers', async () => {
    const options = { createRoles: true, enableExecuteCommand: true };
    expect(await up(terminal.context(asking(undefined)), options)).toBe(0);
    expect((await taskRole()).statements).toMatchObject([{ Sid: 'OpenSessions', Action: { length: 4 } }]);
  });

  test('goes after the tasks that have it when the files want it no longer, or name another', async () => {
    expect(await serviceUp(terminal.context(asking(policies)), { createRoles: true })).toBe(0);
    expect(await serviceUp(terminal.context(asking(undefined)), {})).toBe(0);
    expect(registeredRole()).toBeUndefined();
    expect(calls('UpdateService', 'DeleteRole')).toEqual(['UpdateService', 'DeleteRole']);
    expect(terminal.error.trimEnd()).toMatch(/is steady with 1 task\.\n(?:.*\n)*Delete the role shop-task-us-east-1\./);
  });

  test('is not made without the option, nor where the files name one', async () => {
    expect(await up(terminal.context(asking(policies)), {})).toBe(0);
    const named = { ...asking(policies), definition: { ...shop().definition, taskRoleArn: 'shopTask' } };
    expect(await up(terminal.context(named), { createRoles: true })).toBe(0);
    expect(registeredRole()).toBe('shopTask');
    expect(simulator.calls.filter(({ service }) => service === 'iam')).toEqual([]);
  });

  test('of somebody else is not touched', async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'shop-task-us-east-1', AssumeRolePolicyDocument: anybody }));
    expect(await up(terminal.context(asking(policies)), { createRoles: true })).toBe(3);
    expect(terminal.error).toContain('The role shop-task-us-east-1 was not made by this project.');
    expect(terminal.error).toContain('task_definition.task_role_arn in ecs-params.yml');
    expect(calls('AttachRolePolicy', 'RegisterTaskDefinition')).toEqual([]);
  });

  test('cut short before it has its policies, it is whole after the next', async () => {
    faults.push({ operation: 'AttachRolePolicy', kind: 'access-denied' });
    expect(await up(terminal.context(asking(policies)), { createRoles: true })).toBe(3);
    expect(await up(terminal.context(asking(policies)), { createRoles: true })).toBe(0);
    expect(await taskRole()).toEqual({ statements: [send], attached: [readOnly] });
    expect(calls('CreateRole')).toEqual(['CreateRole']);
  });
});

test('down deletes the role after the tasks, and "up" makes it again', async () => {
  await up(terminal.context(unnamed()), { createRoles: true });
  expect(await down(terminal.context(unnamed()), {})).toBe(0);
  expect(terminal.error).toContain(`Delete the role ${RoleName}.`);
  expect(calls('StopTask', 'DeleteRolePolicy', 'DeleteRole')).toEqual(['StopTask', 'DeleteRolePolicy', 'DeleteRole']);
  expect(await down(terminal.context(unnamed()), {})).toBe(0);
  expect(terminal.error).not.toContain('role');
  expect(await up(terminal.context(unnamed()), { createRoles: true })).toBe(0);
  expect(await allowed()).toEqual(['WriteLogs']);
});

test('the role of a service is made with it, stays through "down", and goes with "service rm"', async () => {
  expect(await serviceUp(terminal.context(unnamed()), { createRoles: true })).toBe(0);
  expect(await down(terminal.context(unnamed()), {})).toBe(0);
  expect(await allowed()).toEqual(['WriteLogs']);
  expect(await serviceRemove(terminal.context(unnamed()), {})).toBe(0);
  await expect(allowed()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

describe('a role whose "up" was cut short before its revision', () => {
  const policies = { managed: [readOnly], statements: [send] };
  const cutShort = async (task: Task) => {
    faults.push({ operation: 'RegisterTaskDefinition', kind: 'access-denied', times: 100 });
    expect(await up(terminal.context(task), { createRoles: true })).toBe(3);
    faults.length = 0;
  };

  test('goes with "down", and with "service rm"', async () => {
    for (const remove of [down, serviceRemove]) {
      await cutShort({ ...unnamed(), ...asking(policies), definition: unnamed().definition });
      await cutShort(unnamed());
      expect(await remove(terminal.context(unnamed()), {})).toBe(0);
      await expect(allowed()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
      await expect(taskRole()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    }
  });

  test('is found beside a revision that lacks it, and "down --purge" finds one that nothing names', async () => {
    await up(terminal.context(shop()), {});
    await cutShort(asking(policies));
    await cutShort(unnamed());
    expect(await down(terminal.context(asking(policies)), {})).toBe(0);
    await expect(taskRole()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    expect(await allowed()).toEqual(['WriteLogs']);
    expect(await down(terminal.context(shop()), { purge: true, yes: true })).toBe(0);
    await expect(allowed()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  test('of somebody else stays, and so does any where looking for roles is not allowed', async () => {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: anybody }));
    expect(await down(terminal.context(unnamed()), {})).toBe(0);
    faults.push({ operation: 'GetRole', kind: 'access-denied', times: 100 });
    expect(await down(terminal.context(unnamed()), {})).toBe(0);
    expect(calls('GetRole', 'DeleteRole')).toEqual(['GetRole', 'GetRole', 'GetRole', 'GetRole']);
  });
});

describe('"service rm" that was cut short after the service', () => {
  const cutShort = async () => {
    await serviceUp(terminal.context(unnamed()), { createRoles: true });
    faults.push({ operation: 'DeleteRole', kind: 'access-denied' });
    expect(await serviceRemove(terminal.context(unnamed()), {})).toBe(3);
  };

  test('run again deletes the role', async () => {
    await cutShort();
    expect(await serviceRemove(terminal.context(unnamed()), {})).toBe(0);
    expect(terminal.error).toContain(`Delete the role ${RoleName}.`);
    expect(await serviceRemove(terminal.context(unnamed()), {})).toBe(0);
    expect(terminal.error).toContain('There is no service shop in the cluster default.');
  });

  test('leaves it to tasks that "up" has started since', async () => {
    await cutShort();
    await up(terminal.context(unnamed()), { createRoles: true });
    expect(await serviceRemove(terminal.context(unnamed()), {})).toBe(0);
    expect(terminal.error).toContain('There is no service shop in the cluster default.');
    expect(calls('DeleteRole')).toEqual(['DeleteRole']);
    expect(await down(terminal.context(unnamed()), {})).toBe(0);
    expect(calls('DeleteRole')).toEqual(['DeleteRole', 'DeleteRole']);
  });
});

test('"service rm" leaves the role to tasks that run beside the service', async () => {
  await up(terminal.context(unnamed()), { createRoles: true });
  await serviceUp(terminal.context(unnamed()), {});
  expect(await serviceRemove(terminal.context(unnamed()), {})).toBe(0);
  expect(terminal.error).toContain('Beside the service, tasks of shop run that were started by themselves');
  expect(await allowed()).toEqual(['WriteLogs']);
});

const anybody = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}';
