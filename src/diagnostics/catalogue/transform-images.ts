import type { Words } from '../diagnostic.ts';
import { capital, servicesInWords } from './services-in-words.ts';

/** Findings about images, and the platform that they run on. Sources of the facts: docs/compose.md. */
export const transformImagesCatalogue = {
  'transform/build-only': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" has no image: Fargate runs images, it cannot build them.`,
      help: `"compose2fargate up --build" builds it, pushes it to ECR and runs it. To do without --build, push it with "compose2fargate push", and name it in an "image:" beside "build:", such as\nimage: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/${p.service}:latest`,
    }),
  },
  'transform/build-platform': {
    severity: 'info',
    say: (p: { services: readonly string[]; platform: string }): Words => ({
      message: `${capital(servicesInWords(p.services))}: no platform to build for is set, so the image is for the machine that builds it. The task runs on ${p.platform}, where one for another platform does not start.`,
      help: `Write "platform: ${p.platform}" beside "build:", or build with: docker build --platform ${p.platform}`,
    }),
  },
  'transform/anonymous-pull': {
    severity: 'info',
    say: (p: { count: number; copies: readonly string[] }): Words => ({
      message: `${p.count === 1 ? 'This image comes' : `${p.count} images come`} from Docker Hub, without a login: Docker Hub limits such pulls by address, and a task whose pull it refuses does not start.`,
      help: [
        ...(p.copies.length === 0
          ? []
          : [`Official images can be had from Amazon ECR as well: ${p.copies.join(', ')}.`]),
        'For a login, name a secret with it under "repository_credentials" of the service in ecs-params.yml.',
      ].join('\n'),
    }),
  },
  'transform/platform': {
    severity: 'error',
    say: (p: { service: string; platform: string }): Words => ({
      message: p.platform.startsWith('windows')
        ? `Service "${p.service}" wants ${p.platform}, and the task runs Linux.`
        : `Fargate cannot run the platform "${p.platform}" of service "${p.service}".`,
      help: p.platform.startsWith('windows')
        ? 'For Windows containers, name the release in ecs-params.yml:\ntask_definition:\n  runtime_platform:\n    operating_system_family: WINDOWS_SERVER_2022_CORE'
        : 'Use linux/amd64 or linux/arm64.',
    }),
  },
  'transform/platform-mixed': {
    severity: 'error',
    say: (p: { service: string; platform: string; other: string }): Words => ({
      message: `Service "${p.service}" wants ${p.platform}, but the containers of one task share a platform, and it is ${p.other}.`,
    }),
  },
} as const;
