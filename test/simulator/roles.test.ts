import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
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

  it('has managed policies, ten at most, and does not go before they are detached', async () => {
    await iam.send(new CreateRoleCommand(role));
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
    const attach = (arn: string) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: arn }));
    await attach(PolicyArn);
    await attach(PolicyArn);
    expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([
      { PolicyName: 'AmazonS3ReadOnlyAccess', PolicyArn },
    ]);
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
    });
    for (let index = 1; index < 10; index++) await attach(`${PolicyArn}${index}`);
    await expect(attach(`${PolicyArn}10`)).rejects.toMatchObject({ name: 'LimitExceededException' });
    for (let index = 1; index < 10; index++) {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: `${PolicyArn}${index}` }));
    }
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} was not found.`,
    });
    await iam.send(new DeleteRoleCommand({ RoleName }));
  });

  it('takes no policy of another account, and none without an ARN', async () => {
    await iam.send(new CreateRoleCommand(role));
    const attach = (PolicyArn: string) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(attach('arn:aws:iam::999900001111:policy/orders')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Policy arn:aws:iam::999900001111:policy/orders does not exist or is not attachable.',
    });
    await expect(attach('AmazonS3ReadOnlyAccess-of-nobody')).rejects.toMatchObject({ name: 'InvalidInputException' });
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
