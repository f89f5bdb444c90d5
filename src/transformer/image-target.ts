import { dockerHub, imageName } from '../fargate/images.ts';
import type { Service } from '../parser/compose/project.ts';
import { child, stringOf } from '../source/node.ts';

/** Where the image of a service with `build` goes. */
export interface ImageTarget {
  /** The registry's host; absent: the ECR registry of the account and region that the task runs in. */
  readonly registry?: string;
  readonly repository: string;
  readonly tag: string;
}

/** Where the image that a service builds is pushed: to what `image` names beside `build`, else to `PROJECT/SERVICE`. */
export function imageTarget(project: string, { name, node }: Service): ImageTarget {
  const image = stringOf(child(node, 'image'));
  if (!image) return { repository: `${repositoryPart(project)}/${repositoryPart(name)}`, tag: 'latest' };
  const { registry, repository, tag = 'latest' } = imageName(image);
  if (registry !== dockerHub) return { registry, repository, tag };
  // A name without a registry is Docker's word for an image of this machine, so it names no more than the repository.
  return { repository: repository.replace(/^library\//, ''), tag };
}

/** An account that nobody has, for the time before it is known whose registry takes the image. */
const unknownAccount = '000000000000';

/** The image's name in its registry, as far as that is known before AWS is asked. */
export function formatTarget({ registry, repository, tag }: ImageTarget, region = 'us-east-1'): string {
  return `${registry ?? `${unknownAccount}.dkr.ecr.${region}.amazonaws.com`}/${repository}:${tag}`;
}

/** A part of a repository's name. Source: ECR API Reference, CreateRepository, the pattern of `repositoryName`. */
function repositoryPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/^[._-]+|[._-]+$/g, '')
    .replace(/[._-]{2,}/g, (separators) => (/^(?:__|-+)$/.test(separators) ? separators : '-'));
}
