import { createHash } from 'node:crypto';
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  type DescribeRepositoriesCommandInput,
  ECRClient,
  type ECRClientConfig,
  GetAuthorizationTokenCommand,
  GetLifecyclePolicyCommand,
  ListTagsForResourceCommand,
  PutImageCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import type { Tag } from '../../fargate/task-definition.ts';
import { type Ask, isAwsError, undefinedOn } from '../aws/aws-error.ts';
import type { Registry, StoredImage } from './registry.ts';

const absent = 'RepositoryNotFoundException';

/** ECR by the SDK. This file is a bundle of its own: only commands that have to do with images need it. */
export function ecrRegistry(config: ECRClientConfig, ask: Ask): Registry {
  const client = new ECRClient(config);
  const owner = (account: string | undefined) => (account === undefined ? {} : { registryId: account });
  const find = async (input: DescribeRepositoriesCommandInput) => {
    const found = ask('ecr:DescribeRepositories', () => client.send(new DescribeRepositoriesCommand(input)));
    return (await found.catch(undefinedOn(absent)))?.repositories?.[0];
  };
  const repositoryTags = async (name: string) => {
    const repository = await find({ repositoryNames: [name] });
    if (repository === undefined) return undefined;
    const { tags = [] } = await ask('ecr:ListTagsForResource', () =>
      client.send(new ListTagsForResourceCommand({ resourceArn: repository.repositoryArn })),
    );
    return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  };
  const keepsAll = async (name: string, wanted: readonly Tag[]) => {
    try {
      await ask('ecr:GetLifecyclePolicy', () => client.send(new GetLifecyclePolicyCommand({ repositoryName: name })));
      return false;
    } catch (error) {
      // It is somebody else's: whoever made it here may look at it.
      if (isAwsError(error, absent, 'AccessDeniedException')) return false;
      if (!isAwsError(error, 'LifecyclePolicyNotFoundException')) throw error;
    }
    const tags = await repositoryTags(name);
    return tags !== undefined && wanted.every(({ key, value }) => tags.get(key) === value);
  };
  const keepNewest = async (repositoryName: string, keeps: number) => {
    const lifecyclePolicyText = keepingNewest(keeps);
    await ask('ecr:PutLifecyclePolicy', () =>
      client.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText })),
    );
  };
  return {
    async authorization() {
      const { authorizationData = [] } = await ask('ecr:GetAuthorizationToken', () =>
        client.send(new GetAuthorizationTokenCommand()),
      );
      const { authorizationToken = '', proxyEndpoint = '' } = authorizationData[0] ?? {};
      const [username = '', ...password] = Buffer.from(authorizationToken, 'base64').toString().split(':');
      return { host: proxyEndpoint.replace(/^https:\/\//, ''), username, password: password.join(':') };
    },
    async hasRepository(name, account) {
      return (await find({ ...owner(account), repositoryNames: [name] })) !== undefined;
    },
    async createRepository(name, keeps, tags) {
      const input = { repositoryName: name, tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) };
      const made = ask('ecr:CreateRepository', () => client.send(new CreateRepositoryCommand(input)));
      const created = await made.catch(undefinedOn('RepositoryAlreadyExistsException'));
      if (created !== undefined || (await keepsAll(name, tags))) await keepNewest(name, keeps);
    },
    keepsAll,
    keepNewest,
    repositoryTags,
    async deleteRepository(name) {
      const gone = ask('ecr:DeleteRepository', () =>
        client.send(new DeleteRepositoryCommand({ repositoryName: name, force: true })),
      );
      await gone.catch(undefinedOn(absent));
    },
    async images(name, account) {
      const images: StoredImage[] = [];
      let nextToken: string | undefined;
      do {
        const token = nextToken;
        const input = { ...owner(account), repositoryName: name, ...(token === undefined ? {} : { nextToken: token }) };
        const answer = ask('ecr:DescribeImages', () => client.send(new DescribeImagesCommand(input)));
        const page = await answer.catch(undefinedOn(absent));
        if (page === undefined) return undefined;
        for (const { imageDigest = '', imageTags = [], imagePushedAt, imageSizeInBytes } of page.imageDetails ?? []) {
          images.push({
            digest: imageDigest,
            tags: imageTags,
            ...(imagePushedAt === undefined ? {} : { pushedAt: imagePushedAt.getTime() }),
            ...(imageSizeInBytes === undefined ? {} : { bytes: imageSizeInBytes }),
          });
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return images.toSorted((a, b) => (b.pushedAt ?? 0) - (a.pushedAt ?? 0));
    },
    async putImage(name, tag, manifest) {
      const imageDigest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
      const put = ask('ecr:PutImage', () =>
        client.send(new PutImageCommand({ repositoryName: name, imageTag: tag, imageManifest: manifest, imageDigest })),
      );
      await put.catch(undefinedOn('ImageAlreadyExistsException'));
      return imageDigest;
    },
  };
}

/** A lifecycle policy. Untagged images stay as long as the others: a revision names its images by their digests. */
function keepingNewest(countNumber: number): string {
  const rule = {
    rulePriority: 1,
    description: `Keep the newest ${countNumber} images`,
    selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber },
    action: { type: 'expire' },
  };
  return JSON.stringify({ rules: [rule] });
}
