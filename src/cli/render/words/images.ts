import type { DockerError } from '../../../deployer.ts';
import type { Words } from './event-words.ts';

/** What failed when docker did, and what to do. */
const dockerFailed: Readonly<Record<DockerError['action'], { readonly message: string; readonly help: string }>> = {
  probe: {
    message: 'Docker does not answer, so images cannot be built. Nothing was changed. It says:',
    help: 'Start it (Docker Desktop, or "systemctl start docker"), and see that "docker version" shows a server.',
  },
  build: {
    message: 'An image could not be built. Nothing was changed in AWS. Docker says:',
    help: 'Mend the Dockerfile or the "build:" of the service, and run the command again.',
  },
  login: {
    message: 'Docker could not log in to the registry. It says:',
    help: 'Check that this machine reaches the registry over HTTPS, and the credential store in ~/.docker/config.json.',
  },
  push: {
    message: 'An image could not be pushed. Docker says:',
    help: 'For a registry that is not of ECR, sign in with "docker login" first. Run the command again; it goes on where it stopped.',
  },
};

/** What the events about building and pushing images say to a person. */
export const imageWords: Words<'build' | 'docker'> = {
  'build/unknown': ({ service, known }) => ({
    message: `No service "${service}" with a "build:" is in the files.`,
    help: known.length === 0 ? 'None has one.' : `Write ${known.map((name) => `"push ${name}"`).join(' or ')}.`,
  }),
  'build/none': () => ({ message: 'No service has a "build:", so there is no image to build.' }),
  'build/simulated': () => ({ message: 'Simulated: docker is not run, and the digests are made up.' }),
  'build/assumed': () => ({
    message: 'Nothing is built in a dry run: what follows takes each image as its registry has it now.',
  }),
  'docker/output': ({ line }) => ({ message: `  ${line}` }),
  'docker/missing': () => ({
    message: 'There is no docker on the PATH of this machine, and images are built and pushed by it.',
    help: 'Install Docker, or build elsewhere and name the image that was pushed in an "image:", without --build.',
  }),
  'docker/failed': ({ action, detail }) => ({
    message: `${dockerFailed[action].message}\n${indented(detail)}`,
    help: dockerFailed[action].help,
  }),
};

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
