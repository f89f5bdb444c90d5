import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareShop, runShop, type TestAccount, testAccount } from './account.ts';

const RoleName = 'shop-execution';
const PolicyName = 'own';
const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
const role = { RoleName, AssumeRolePolicyDocument: PolicyDocument, Tags: [{ Key: 'team', Value: 'shop' }] };

let account: TestAccount;
let iam: IAMClient;
beforeEach(async () => {
  account = await testAccount();
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  iam = new IAMClient({ region: 'us-east-1', endpoint: account.simulator.endpoint, credentials, maxAttempts: 1 });
});
afterEach(() => account.close());

describe('a role', () => {
  it('has tags and inline policies, and goes when they have gone', async () => {
    await iam.send(new CreateRoleCommand(role));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    expect((await iam.send(new GetRoleCommand({ RoleName }))).Role).toMatchObject({
      Arn: `arn:aws:iam::123456789012:role/${RoleName}`,
      AssumeRolePolicyDocument: encodeURIComponent(PolicyDocument),
      Tags: role.Tags,
    });
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([PolicyName]);
    expect((await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument).toBe(
      encodeURIComponent(PolicyDocument),
    );
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete policies first.',
    });
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The role with name ${RoleName} cannot be found.`,
    });
  });

  it('is refused a second time, and with a policy that is none', async () => {
    await iam.send(new CreateRoleCommand(role));
    await expect(iam.send(new CreateRoleCommand(role))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: `Role with name ${RoleName} already exists.`,
    });
    const empty = new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: '{"Statement":[]}' });
    await expect(iam.send(empty)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });

  it('cannot be assumed by ECS for some seconds', async () => {
    await prepareShop(account, { executionRoleArn: RoleName });
    await iam.send(new CreateRoleCommand(role));
    await expect(runShop(account)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(
        `ECS was unable to assume the role 'arn:aws:iam::123456789012:role/${RoleName}'`,
      ),
    });
    account.pass(10);
    expect(await runShop(account)).toContain(':task/');
  });

  it('cannot be assumed any more when it was deleted, until it is made anew', async () => {
    await prepareShop(account, { executionRoleArn: RoleName });
    await iam.send(new CreateRoleCommand(role));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    account.pass(10);
    await expect(runShop(account)).rejects.toMatchObject({
      message: expect.stringContaining('ECS was unable to assume the role'),
    });
    await iam.send(new CreateRoleCommand(role));
    account.pass(10);
    expect(await runShop(account)).toContain(':task/');
  });
});
