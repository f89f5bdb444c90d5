import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetLifecyclePolicyCommand,
  PutImageCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
let ecr: ECRClient;

beforeEach(async () => {
  account = await testAccount();
  ecr = new ECRClient({
    endpoint: account.simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterEach(() => account.close());

const repositoryName = 'shop/web';
const uri = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web';
const put = (imageManifest: string, imageTag?: string) =>
  ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag }));

describe('repositories', () => {
  test('are made once, described, and deleted when empty', async () => {
    const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    expect(repository).toMatchObject({ repositoryName, repositoryUri: uri, registryId: '123456789012' });
    expect(repository?.createdAt).toBeInstanceOf(Date);
    expect(await refusal(ecr.send(new CreateRepositoryCommand({ repositoryName })))).toMatchObject({
      name: 'RepositoryAlreadyExistsException',
    });
    expect((await ecr.send(new DescribeRepositoriesCommand())).repositories).toHaveLength(1);
    await put('{}', 'latest');
    expect(await refusal(ecr.send(new DeleteRepositoryCommand({ repositoryName })))).toMatchObject({
      name: 'RepositoryNotEmptyException',
    });
    await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
    const gone = await refusal(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })));
    expect(gone).toMatchObject({
      name: 'RepositoryNotFoundException',
      message: "The repository with name 'shop/web' does not exist in the registry with id '123456789012'",
    });
  });

  test.each(['Shop', 'a', '-a', 'a//b', 'a._b'])('%s is no name', async (name) => {
    expect(await refusal(ecr.send(new CreateRepositoryCommand({ repositoryName: name })))).toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('a lifecycle policy is kept; one that is none is refused', async () => {
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    expect(await refusal(ecr.send(new GetLifecyclePolicyCommand({ repositoryName })))).toMatchObject({
      name: 'LifecyclePolicyNotFoundException',
    });
    const lifecyclePolicyText = JSON.stringify({ rules: [{ description: 'x'.repeat(100) }] });
    await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    expect(await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))).toMatchObject({ lifecyclePolicyText });
    const short = new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: '{"rules":[]}' });
    expect(await refusal(ecr.send(short))).toMatchObject({ name: 'InvalidParameterException' });
  });

  test('a token for docker says AWS and a password', async () => {
    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand());
    const [{ authorizationToken = '', proxyEndpoint } = {}] = authorizationData ?? [];
    expect(proxyEndpoint).toBe('https://123456789012.dkr.ecr.us-east-1.amazonaws.com');
    expect(Buffer.from(authorizationToken, 'base64').toString()).toMatch(/^AWS:./);
  });
});

describe('images', () => {
  beforeEach(() => ecr.send(new CreateRepositoryCommand({ repositoryName })));

  test('a tag moves to the image that took it last', async () => {
    const first = await put('{"a":1}', 'latest');
    account.pass(60);
    const second = await put('{"a":2}', 'latest');
    const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
    expect(imageDetails.map(({ imageDigest, imageTags }) => [imageDigest, imageTags])).toEqual([
      [first.image?.imageId?.imageDigest, undefined],
      [second.image?.imageId?.imageDigest, ['latest']],
    ]);
    expect(await refusal(put('{"a":2}', 'latest'))).toMatchObject({ name: 'ImageAlreadyExistsException' });
  });

  test('one that is not there is refused by DescribeImages, and told as a failure by BatchGetImage', async () => {
    const imageIds = [{ imageTag: 'none' }];
    expect(await refusal(ecr.send(new DescribeImagesCommand({ repositoryName, imageIds })))).toMatchObject({
      name: 'ImageNotFoundException',
    });
    const { images, failures } = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }));
    expect({ images, failures }).toMatchObject({ images: [], failures: [{ failureCode: 'ImageNotFound' }] });
  });

  test('an immutable tag stays where it is', async () => {
    const immutable = { repositoryName: 'fixed', imageTagMutability: 'IMMUTABLE' as const };
    await ecr.send(new CreateRepositoryCommand(immutable));
    const push = (imageManifest: string) =>
      ecr.send(new PutImageCommand({ repositoryName: 'fixed', imageManifest, imageTag: '1' }));
    await push('{"a":1}');
    expect(await refusal(push('{"a":2}'))).toMatchObject({ name: 'ImageTagAlreadyExistsException' });
  });
});
