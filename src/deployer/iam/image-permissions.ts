import { ecrRegistry } from '../../fargate/images.ts';
import { arnIn } from './place.ts';
import type { Permission, Scope } from './scope.ts';

/** An action that is needed to bring the images that a project builds to ECR. */
export type ImageAction =
  | 'ecr:BatchCheckLayerAvailability'
  | 'ecr:BatchGetImage'
  | 'ecr:CompleteLayerUpload'
  | 'ecr:CreateRepository'
  | 'ecr:DescribeImages'
  | 'ecr:DescribeRepositories'
  | 'ecr:GetAuthorizationToken'
  | 'ecr:GetLifecyclePolicy'
  | 'ecr:InitiateLayerUpload'
  | 'ecr:ListTagsForResource'
  | 'ecr:PutImage'
  | 'ecr:PutLifecyclePolicy'
  | 'ecr:TagResource'
  | 'ecr:UploadLayerPart';

/** The calls that docker makes to push an image. Source: ECR User Guide, "IAM permissions for pushing an image". */
export const pushActions: readonly ImageAction[] = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
  'ecr:BatchGetImage',
];

/** Source: Service Authorization Reference of ECR. */
export const imagePermissions: readonly Permission<ImageAction>[] = [
  {
    // A token is one of the whole registry.
    sid: 'LogInToEcr',
    actions: ['ecr:GetAuthorizationToken'],
    on: (scope) => (repositories(scope).length === 0 ? [] : ['*']),
  },
  {
    sid: 'UseRepositories',
    actions: [
      'ecr:DescribeRepositories',
      'ecr:DescribeImages',
      'ecr:ListTagsForResource',
      'ecr:GetLifecyclePolicy',
      'ecr:CreateRepository',
      'ecr:TagResource',
      'ecr:PutLifecyclePolicy',
      ...pushActions,
    ],
    on: repositories,
  },
];

/** The ECR repositories that images go to; docker is logged in to other registries by somebody else. */
function repositories({ place, images = [] }: Scope): readonly string[] {
  return images.flatMap(({ registry, repository }) => {
    const owner = registry === undefined ? place : ecrRegistry(registry);
    return owner === undefined ? [] : [arnIn(owner, 'ecr', `repository/${repository}`)];
  });
}
