import { createHash } from 'node:crypto';
import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { ACCOUNT_ID } from '../identifiers.ts';
import type { RegistryImage } from '../records/registry.ts';
import { epochSeconds } from '../wire.ts';
import { type Operation, page } from './operation.ts';
import { repositoryOf } from './repositories.ts';

interface ImageIdentifier {
  readonly imageDigest?: string;
  readonly imageTag?: string;
}

interface PutImageInput {
  readonly repositoryName: string;
  readonly imageManifest: string;
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

interface ImagesInput {
  readonly repositoryName: string;
  readonly imageIds?: readonly ImageIdentifier[];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** The images of repositories. Layers are no part of it: what is stored of an image is its manifest. */
export const registryImageOperations: Readonly<Record<string, Operation>> = {
  PutImage: { check: checkImage, apply: putImage },
  DescribeImages: { answer: describeImages },
  BatchGetImage: { answer: batchGetImage },
};

function checkImage(account: Account, call: Call<PutImageInput>): void {
  const { repositoryName, images, imageTagMutability } = repositoryOf(account, call);
  const { imageDigest, imageTag } = call.input;
  const digest = digestOf(call.input);
  if (imageDigest !== undefined && imageDigest !== digest) {
    throw new ApiError(
      'ImageDigestDoesNotMatchException',
      `The provided digest '${imageDigest}' does not match the digest '${digest}' calculated for the image`,
    );
  }
  if (images.get(digest)?.tags.includes(imageTag ?? '')) {
    throw new ApiError(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}' and tag '${imageTag}' already exists in the repository with name '${repositoryName}' in registry with id '${ACCOUNT_ID}'`,
    );
  }
  const isTaken = imageTag !== undefined && [...images.values()].some(({ tags }) => tags.includes(imageTag));
  if (!isTaken || imageTagMutability !== 'IMMUTABLE') return;
  throw new ApiError(
    'ImageTagAlreadyExistsException',
    `The image tag '${imageTag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the tag is immutable.`,
  );
}

function putImage(account: Account, call: Call<PutImageInput>): object {
  const { repositoryName, images } = repositoryOf(account, call);
  const { imageManifest, imageTag } = call.input;
  const imageDigest = digestOf(call.input);
  // A tag is at one image only.
  for (const image of images.values()) image.tags = image.tags.filter((tag) => tag !== imageTag);
  const image = images.get(imageDigest) ?? { imageDigest, imageManifest, pushedAt: call.at, tags: [] };
  if (imageTag !== undefined) image.tags = [...image.tags, imageTag];
  images.set(imageDigest, image);
  return {
    image: { registryId: ACCOUNT_ID, repositoryName, imageId: { imageDigest, imageTag }, imageManifest },
  };
}

function describeImages(account: Account, call: Call<ImagesInput>): object {
  const { repositoryName, images } = repositoryOf(account, call);
  const { imageIds, maxResults = 100, nextToken } = call.input;
  const wanted = imageIds?.map((id) => find(images, id) ?? absent(id, repositoryName)) ?? [...images.values()];
  const { items, ...next } = page(wanted, maxResults, nextToken);
  const imageDetails = items.map(({ imageDigest, imageManifest, pushedAt, tags }) => ({
    registryId: ACCOUNT_ID,
    repositoryName,
    imageDigest,
    ...(tags.length === 0 ? {} : { imageTags: tags }),
    imageSizeInBytes: imageManifest.length,
    imagePushedAt: epochSeconds(pushedAt),
  }));
  return { imageDetails, ...next };
}

function batchGetImage(account: Account, call: Call<ImagesInput>): object {
  const { repositoryName, images } = repositoryOf(account, call);
  const asked = (call.input.imageIds ?? []).map((imageId) => ({ imageId, image: find(images, imageId) }));
  return {
    images: asked.flatMap(({ imageId, image }) =>
      image === undefined
        ? []
        : {
            registryId: ACCOUNT_ID,
            repositoryName,
            imageId: { ...imageId, imageDigest: image.imageDigest },
            imageManifest: image.imageManifest,
          },
    ),
    failures: asked.flatMap(({ imageId, image }) =>
      image === undefined ? { imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' } : [],
    ),
  };
}

function find(images: ReadonlyMap<string, RegistryImage>, id: ImageIdentifier): RegistryImage | undefined {
  const { imageDigest, imageTag } = id;
  if (imageDigest !== undefined) return images.get(imageDigest);
  return [...images.values()].find(({ tags }) => tags.includes(imageTag ?? ''));
}

function absent({ imageDigest = 'null', imageTag = 'null' }: ImageIdentifier, repositoryName: string): never {
  throw new ApiError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${imageDigest}', imageTag:'${imageTag}'} does not exist within the repository with name '${repositoryName}' in the registry with id '${ACCOUNT_ID}'`,
  );
}

function digestOf({ imageManifest }: PutImageInput): string {
  return `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
}
