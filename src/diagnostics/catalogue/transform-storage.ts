import type { Words } from '../diagnostic.ts';
import { capital, namesInWords, servicesInWords } from './services-in-words.ts';

/** What to do without a path of the host. */
const bindRemedies: readonly (readonly [RegExp, string])[] = [
  [/\.sock$/, 'No task reaches a Docker daemon or another socket of a host; do without it.'],
  [/^\/etc\/(localtime|timezone)$/, 'Take it out, and name the time zone in the variable TZ, such as Europe/Berlin.'],
  [/^/, 'Copy it into the image, or keep it on an EFS file system.'],
];

/** Findings about volumes, mounts and configs. Sources of the facts: docs/compose.md. */
export const transformStorageCatalogue = {
  'transform/volume-lifetime': {
    severity: 'warning',
    say: (p: { volumes: readonly string[]; service: string }): Words => ({
      message:
        p.volumes.length === 1
          ? `Volume ${namesInWords(p.volumes)} of service "${p.service}" lives only as long as the task: its data is lost when the task stops or is replaced.`
          : `Volumes ${namesInWords(p.volumes)} live only as long as the task: their data is lost when the task stops or is replaced.`,
      help: [
        `To keep ${p.volumes.length === 1 ? 'it, add an EFS file system of that name' : 'them, add EFS file systems of those names'} to ecs-params.yml:`,
        'task_definition:',
        '  efs_volumes:',
        ...p.volumes.flatMap((volume) => [`    - name: ${volume}`, '      filesystem_id: fs-…']),
      ].join('\n'),
    }),
  },
  'transform/volume-anonymous': {
    severity: 'info',
    say: (p: { service: string; target: string }): Words => ({
      message: `The anonymous volume at ${p.target} of service "${p.service}" is empty when a task starts, and is lost with it.`,
    }),
  },
  'transform/volume-needless': {
    severity: 'info',
    say: (p: { service: string; target: string; bind: string }): Words => ({
      message: `The anonymous volume at ${p.target} of service "${p.service}" is left out: it kept what the image holds there from being hidden by the directory at ${p.bind}, which is not mounted.`,
    }),
  },
  'transform/volume-subpath': {
    severity: 'error',
    say: (p: { service: string; volume: string; subpath: string }): Words => ({
      message: `Service "${p.service}" mounts "${p.subpath}" of volume "${p.volume}": ECS mounts whole volumes.`,
      help: 'Make it a volume of its own; on EFS, "root_directory" in ecs-params.yml chooses the directory.',
    }),
  },
  'transform/volume-driver': {
    severity: 'warning',
    say: (p: { volume: string; what: string; isNfs: boolean }): Words => ({
      message: `${p.what} of volume "${p.volume}" has no effect: a Fargate task has scratch volumes and EFS.`,
      help: p.isNfs
        ? 'Where the server is EFS, name the file system: o: addr=fs-….efs.REGION.amazonaws.com'
        : undefined,
    }),
  },
  'transform/volumes-from': {
    severity: 'error',
    say: (p: { service: string; value: string; suggestion: string | undefined }): Words => ({
      message: `Service "${p.service}" takes volumes from "${p.value}", which is no service of the project.`,
      help:
        p.suggestion === undefined
          ? 'Name a service of the project, or keep the files on an EFS file system.'
          : `Write "${p.suggestion}": "container:" stands before a container outside of the project.`,
    }),
  },
  'transform/bind-dropped': {
    severity: 'warning',
    say: (p: { services: readonly string[]; path: string; target: string }): Words => ({
      message: `${p.path} is not mounted at ${p.target} of ${servicesInWords(p.services)}: a Fargate task has no files of a host. What the image holds there is used.`,
    }),
  },
  'transform/bind-refused': {
    severity: 'error',
    say: (p: { services: readonly string[]; path: string; target: string }): Words => ({
      message: `${capital(servicesInWords(p.services))} mount${p.services.length === 1 ? 's' : ''} ${p.path} at ${p.target}: a Fargate task has no files of a host.`,
      help: bindRemedies.find(([path]) => path.test(p.path))?.[1],
    }),
  },
  'transform/mount-refused': {
    severity: 'error',
    say: (p: { service: string; type: string }): Words => ({
      message: `Service "${p.service}" has a mount of type ${p.type}, which Fargate does not know.`,
    }),
  },
  'transform/tmpfs-size': {
    severity: 'warning',
    say: (p: { service: string; target: string; unread: string | undefined; size: number }): Words => ({
      message: `The tmpfs at ${p.target} of service "${p.service}" ${p.unread === undefined ? 'sets no size' : `has the size "${p.unread}", and ECS takes only one in MiB`}; it gets ${p.size} MiB of the task's memory.`,
      help: `Write "${p.target}:size=${p.size}m" with the size that it needs.`,
    }),
  },
  'transform/config-file': {
    severity: 'error',
    say: (p: { service: string; config: string; target: string; file: string | undefined }): Words => ({
      message: `Service "${p.service}" reads the config "${p.config}" as a file; Fargate mounts no such files.`,
      help: `Copy it into the image, in its Dockerfile: COPY ${p.file ?? 'FILE'} ${p.target}`,
    }),
  },
  'transform/database-copies': {
    severity: 'warning',
    say: (p: { service: string; count: number }): Words => ({
      message: `${p.count} tasks run, and each has a database "${p.service}" of its own: what one of them stores, the others do not have.`,
      help: 'Run one task, or keep the database outside of it, such as in Amazon RDS.',
    }),
  },
} as const;
