import { isEcrImage } from '../../fargate/images.ts';
import { containers, elements, isReadable, type ReadableContainer } from '../readable.ts';
import type { Rule } from '../rule.ts';

interface Feature {
  readonly feature: string;
  /** The member of a container that the feature stands in. */
  readonly member: string;
  readonly used: (container: ReadableContainer) => boolean;
  readonly aws?: string;
}

/** What Fargate does for a container before it starts, with the execution role. */
const features: readonly Feature[] = [
  {
    feature: 'ECS pulls the image from ECR with it',
    member: 'image',
    used: ({ image }) => image !== undefined && isEcrImage(image),
    aws: 'Fargate requires task definition to have execution role ARN to support ECR images.',
  },
  {
    feature: 'the log driver awslogs writes with it',
    member: 'logConfiguration.logDriver',
    used: ({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs',
    aws: 'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
  },
  {
    feature: 'ECS reads the secrets with it',
    member: 'secrets',
    used: ({ secrets }) => secrets !== undefined && secrets.length > 0,
    aws: "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'",
  },
  {
    feature: 'ECS reads the secret log options with it',
    member: 'logConfiguration.secretOptions',
    used: ({ logConfiguration }) => (logConfiguration?.secretOptions ?? []).length > 0,
  },
  {
    feature: 'ECS reads the environment files with it',
    member: 'environmentFiles',
    used: ({ environmentFiles }) => environmentFiles !== undefined && environmentFiles.length > 0,
  },
  {
    feature: 'ECS reads the registry credentials with it',
    member: 'repositoryCredentials',
    used: ({ repositoryCredentials }) => repositoryCredentials !== undefined,
  },
];

/** The roles that the definition needs are named. */
export const roles: Rule = (definition, find) => {
  if (definition.executionRoleArn === undefined && isReadable(definition, 'executionRoleArn')) {
    for (const { feature, member, used, aws } of features) {
      const [first, ...others] = containers(definition).filter(({ value }) => used(value));
      if (first === undefined) continue;
      const related = others.map(({ name, path }) => ({
        message: `Container ${name} needs it as well.`,
        path: `${path}.${member}`,
      }));
      const found = { subject: `Container ${first.name}`, feature, aws };
      find('fargate/execution-role', `${first.path}.${member}`, found, related);
    }
  }
  if (definition.taskRoleArn !== undefined || !isReadable(definition, 'taskRoleArn')) return;
  for (const { value, path } of elements(definition.volumes, 'volumes')) {
    const volume = value.name ?? path;
    if (value.efsVolumeConfiguration?.authorizationConfig?.iam === 'ENABLED') {
      const at = `${path}.efsVolumeConfiguration.authorizationConfig.iam`;
      find('fargate/task-role', at, { volume, feature: 'is mounted from EFS with IAM, that is,' });
    }
    if (value.s3filesVolumeConfiguration !== undefined) {
      find('fargate/task-role', `${path}.s3filesVolumeConfiguration`, { volume, feature: 'is mounted from S3 Files' });
    }
  }
};
