import type { Account, Docker, ImageBuild } from '../../deployer.ts';

/**
 * Stands for docker where AWS is simulated: it builds nothing, and what it pushes is a manifest that holds how the image
 * would have been built. The same `build` so has the same digest, whatever the files of its context hold.
 */
export function simulatedDocker(account: Account, region: string): Docker {
  const builds = new Map<string, ImageBuild>();
  return {
    async probe() {},
    async build(build, reference) {
      builds.set(reference, build);
    },
    async login() {},
    async push(reference) {
      const build = builds.get(reference);
      const manifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        annotations: { 'compose2fargate.simulated': JSON.stringify({ ...build, target: undefined }) },
      });
      const { repository = '', tag = 'latest' } = build?.target ?? {};
      return (await account.registry(region)).putImage(repository, tag, manifest);
    },
  };
}
