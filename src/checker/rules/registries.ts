import { isEcrImage } from '../../fargate/images.ts';
import { containers } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Credentials are for private registries other than ECR. */
export const registries: Rule = (definition, find) => {
  for (const { value, path, name } of containers(definition)) {
    if (value.repositoryCredentials === undefined || !isEcrImage(value.image ?? '')) continue;
    find('fargate/unconfirmed', `${path}.repositoryCredentials`, {
      subject: `the repositoryCredentials of container ${name}`,
      doubt: 'they are for registries other than ECR, and from ECR the execution role pulls the image',
      instead: 'Remove repositoryCredentials.',
    });
  }
};
