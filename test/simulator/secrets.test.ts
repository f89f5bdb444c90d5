import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
const configuration = () => ({
  endpoint: account.simulator.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  maxAttempts: 1,
});

beforeEach(async () => {
  account = await testAccount();
});
afterEach(() => account.close());

describe('Secrets Manager', () => {
  const Name = 'shop/KEY';
  let client: SecretsManagerClient;
  beforeEach(() => {
    client = new SecretsManagerClient(configuration());
  });
  const create = (SecretString = 'one') => client.send(new CreateSecretCommand({ Name, SecretString }));

  test('a secret has its newest value, by name and by ARN; the former is AWSPREVIOUS', async () => {
    const { ARN, VersionId } = await create();
    await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: 'two' }));
    for (const SecretId of [Name, ARN]) {
      const found = await client.send(new GetSecretValueCommand({ SecretId }));
      expect(found).toMatchObject({ ARN, SecretString: 'two', VersionStages: ['AWSCURRENT'] });
    }
    await client.send(new TagResourceCommand({ SecretId: Name, Tags: [{ Key: 'a', Value: 'b' }] }));
    const described = await client.send(new DescribeSecretCommand({ SecretId: Name }));
    expect(described).toMatchObject({ Name, Tags: [{ Key: 'a', Value: 'b' }] });
    expect(described.VersionIdsToStages?.[VersionId as string]).toEqual(['AWSPREVIOUS']);
    expect(described).not.toHaveProperty('SecretString');
  });

  test('a secret that was deleted keeps its name for a while, unless that was forced', async () => {
    await create();
    await client.send(new DeleteSecretCommand({ SecretId: Name }));
    expect(await refusal(create())).toMatchObject({
      name: 'InvalidRequestException',
      message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    });
    expect(await refusal(client.send(new GetSecretValueCommand({ SecretId: Name })))).toMatchObject({
      name: 'InvalidRequestException',
    });
    expect(await client.send(new ListSecretsCommand())).toMatchObject({ SecretList: [] });
    await client.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
    await create();
  });

  test('a list by a tag has all whose value begins so', async () => {
    const tagged = (secret: string, Value: string) =>
      client.send(new CreateSecretCommand({ Name: secret, SecretString: 'x', Tags: [{ Key: 'project', Value }] }));
    await tagged('a', 'shop');
    await tagged('b', 'shop-api');
    await tagged('c', 'other');
    const Filters = [
      { Key: 'tag-key' as const, Values: ['project'] },
      { Key: 'tag-value' as const, Values: ['shop'] },
    ];
    const { SecretList = [], NextToken } = await client.send(new ListSecretsCommand({ Filters, MaxResults: 1 }));
    const rest = await client.send(new ListSecretsCommand({ Filters, NextToken }));
    expect([...SecretList, ...(rest.SecretList ?? [])].map((secret) => secret.Name)).toEqual(['a', 'b']);
  });

  test('a name that is taken, a value that is empty, a secret that is not there', async () => {
    await create();
    expect(await refusal(create())).toMatchObject({ name: 'ResourceExistsException' });
    const empty = new PutSecretValueCommand({ SecretId: Name, SecretString: '' });
    expect(await refusal(client.send(empty))).toMatchObject({ name: 'ValidationException' });
    expect(await refusal(client.send(new GetSecretValueCommand({ SecretId: 'none' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
  });
});

describe('Systems Manager', () => {
  const Name = '/shop/KEY';
  let client: SSMClient;
  beforeEach(() => {
    client = new SSMClient(configuration());
  });
  const put = (more: Partial<PutParameterCommand['input']> = {}) =>
    client.send(new PutParameterCommand({ Name, Value: 'one', Type: 'SecureString', ...more }));

  test('a SecureString is shown decrypted only where that is asked for', async () => {
    await put();
    const get = (WithDecryption: boolean) =>
      client.send(new GetParametersCommand({ Names: [Name, '/none'], WithDecryption }));
    expect(await get(true)).toMatchObject({ Parameters: [{ Value: 'one', Version: 1 }], InvalidParameters: ['/none'] });
    expect((await get(false)).Parameters?.[0]?.Value).not.toBe('one');
    expect(await put({ Value: 'two', Overwrite: true })).toMatchObject({ Version: 2 });
    expect((await get(true)).Parameters?.[0]?.Value).toBe('two');
  });

  test('parameters are found by a tag, without their values, until they are deleted', async () => {
    await put({ Tags: [{ Key: 'project', Value: 'shop' }] });
    await put({ Name: '/other/KEY', Tags: [{ Key: 'project', Value: 'shop-api' }] });
    const ParameterFilters = [{ Key: 'tag:project', Values: ['shop'] }];
    const find = async () => (await client.send(new DescribeParametersCommand({ ParameterFilters }))).Parameters;
    const [found, ...others] = (await find()) ?? [];
    expect(found).toMatchObject({ Name, Type: 'SecureString' });
    expect(found).not.toHaveProperty('Value');
    expect(others).toEqual([]);
    await client.send(new DeleteParameterCommand({ Name }));
    expect(await find()).toEqual([]);
    expect(await refusal(client.send(new DeleteParameterCommand({ Name })))).toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  test.each<[string, Partial<PutParameterCommand['input']>, string]>([
    ['there already', {}, 'ParameterAlreadyExists'],
    ['a name with parts and no slash before them', { Name: 'shop/KEY' }, 'ValidationException'],
    ['too long', { Name: '/x', Value: 'x'.repeat(4097) }, 'ValidationException'],
    ['tags with Overwrite', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] }, 'ValidationException'],
  ])('%s is refused', async (_, input, name) => {
    await put();
    expect(await refusal(put(input))).toMatchObject({ name });
  });
});
