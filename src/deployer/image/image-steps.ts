import { projectTags } from '../ownership.ts';
import type { ExecuteOptions, Steps } from '../step.ts';
import { type Docker, repositoryOf } from './docker.ts';
import type { ImageOperation } from './image-operation.ts';

/** The steps that bring images to where Fargate can pull them. They may throw a `DockerError`. */
export const imageSteps: Steps<ImageOperation['kind']> = {
  async 'build-image'({ build, reference }, _, options) {
    await dockerOf(options).build(build, reference);
    return { result: reference };
  },
  async 'create-repository'({ repository, region, keeps }, _, { account, project }) {
    const registry = await account.registry(region);
    await registry.createRepository(repository, keeps, projectTags(project));
    return { result: repository };
  },
  async 'put-lifecycle-policy'({ repository, region, keeps }, _, { account }) {
    await (await account.registry(region)).keepNewest(repository, keeps);
    return { result: repository };
  },
  async 'log-in'({ registry, region }, _, options) {
    const authorization = await (await options.account.registry(region)).authorization();
    await dockerOf(options).login({ ...authorization, host: registry });
    return { result: registry };
  },
  async 'push-image'({ service, reference }, { images = new Map() }, options) {
    const digest = await dockerOf(options).push(reference);
    const pushed = new Map([...images, [service, `${repositoryOf(reference)}@${digest}`]]);
    return { progress: { images: pushed }, result: digest };
  },
};

function dockerOf({ docker }: ExecuteOptions): Docker {
  if (docker === undefined) throw new Error('A plan that builds images is executed with a docker.');
  return docker;
}
