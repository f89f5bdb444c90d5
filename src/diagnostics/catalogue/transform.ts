import type { Correctable, Words } from '../diagnostic.ts';

/** What to do where an image may lack the program that a health check calls. */
const healthProgramHelp = {
  curl: 'Many small images have none: install it in the Dockerfile, or call what the image has, such as wget in those of Alpine.',
  wget: 'Images of Alpine have it, most of Debian have none: install it in the Dockerfile, or call what the image has.',
  mysqladmin:
    'The images of MariaDB have none from version 11 on; they have "healthcheck.sh --connect --innodb_initialized".',
} as const;

/** A log driver that Fargate lacks, or "" for none, and what its services set of it. */
interface ReplacedDriver {
  readonly services: readonly string[];
  readonly driver: string;
  readonly options: readonly string[];
  readonly group: string;
}

/** Where the value of a Compose secret is. */
export type SecretPlace =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'aws'; readonly valueFrom: string }
  | { readonly kind: 'elsewhere' };

/** Findings about what a Compose project becomes on Fargate. Sources of the facts: docs/compose.md. */
export const transformCatalogue = {
  'transform/build-only': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" has no image: Fargate runs images, it cannot build them.`,
      help: `Build and push the image to a registry, and name it in an "image:" beside "build:", such as\nimage: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/${p.service}:latest`,
    }),
  },
  'transform/key-dropped': {
    severity: 'warning',
    say: (p: { owner: string; key: string; why: string; help?: string | undefined }): Words => ({
      message: `"${p.key}" of ${p.owner} has no effect: ${p.why}.`,
      help: p.help,
    }),
  },
  'transform/key-refused': {
    severity: 'error',
    say: (p: { owner: string; key: string; why: string; help?: string | undefined }): Words => ({
      message: `"${p.key}" of ${p.owner} cannot be had on Fargate: ${p.why}.`,
      help: p.help,
    }),
  },
  'transform/extra-host': {
    severity: 'error',
    say: (p: { service: string; host: string; address: string }): Words => ({
      message: `The extra host "${p.host}" of service "${p.service}" would not resolve to ${p.address}: ECS takes no extra hosts in awsvpc mode.`,
      help:
        p.address === 'host-gateway'
          ? 'A Fargate task has no host beneath it: run what is meant as a service of the project, or give its address in "environment".'
          : `Write ${p.address} where the name is used, or give the name a record in a private zone of Route 53.`,
    }),
  },
  'transform/extra-host-alias': {
    severity: 'info',
    say: (p: { service: string; host: string }): Words => ({
      message: `The extra host "${p.host}" of service "${p.service}" is the task itself: where commands and variables name it, it becomes 127.0.0.1; elsewhere it does not resolve.`,
    }),
  },
  'transform/unsupported-extension': {
    severity: 'warning',
    say: (p: { key: string; help: string | undefined }): Words => ({
      message: `"${p.key}" was read by Docker's retired ECS integration; compose2fargate does not support it yet.`,
      help: p.help,
    }),
  },
  'transform/empty-command': {
    severity: 'warning',
    say: (p: { service: string; key: string }): Words => ({
      message: `The empty "${p.key}" of service "${p.service}" has no effect: ECS takes an empty list for none, and the image's own is used.`,
    }),
  },
  'transform/variable-unset': {
    severity: 'info',
    say: (p: { service: string; name: string }): Words => ({
      message: `${p.name} of service "${p.service}" is not set: the file gives it no value, and neither does the environment.`,
    }),
  },
  'transform/host-rewritten': {
    severity: 'info',
    say: (p: { what: string; hosts: string }): Words => ({
      message: `${p.what}: ${p.hosts}, where the containers of one task reach each other.`,
      help: 'Use --no-rewrite-hosts to leave such names as they are.',
    }),
  },
  'transform/host-suspected': {
    severity: 'warning',
    say: (p: { what: string; host: string }): Words => ({
      message: `${p.what} names the service "${p.host}". If that is meant as its address, it will not resolve: containers of one task reach each other at 127.0.0.1.`,
      help: 'Write 127.0.0.1 where the address of that service is meant.',
    }),
  },
  'transform/host-in-file': {
    severity: 'warning',
    say: (p: { text: string; service: string; more: number; variable: string | undefined }): Words => ({
      message: `"${p.text}" addresses service "${p.service}" by a name that will not resolve: the containers of one task reach each other at 127.0.0.1.${p.more === 0 ? '' : ` So ${p.more === 1 ? 'does one more place' : `do ${p.more} more places`} of this file.`}`,
      help:
        p.variable === undefined
          ? 'Write 127.0.0.1 there, or let the program read the address from a variable of "environment", where such names are rewritten.'
          : `Write 127.0.0.1 there, or set ${p.variable} in "environment", where such names are rewritten.`,
    }),
  },
  'transform/port-taken': {
    severity: 'warning',
    say: (p: { service: string; port: number; other: string }): Words => ({
      message: `Service "${p.service}" is expected on port ${p.port}, which "${p.other}" publishes: the containers of one task share one network, and only one of them can listen there.`,
      help: 'Let one of them listen on another port.',
    }),
  },
  'transform/files-unread': {
    severity: 'info',
    say: (p: { files: number }): Words => ({
      message: `Of the mounted files and build contexts, only the first ${p.files} files were searched for the names of services.`,
      help: 'List in .dockerignore what the images do not need.',
    }),
  },
  'transform/host-in-image': {
    severity: 'warning',
    say: (p: { service: string; host: string; variable: string; value: string }): Words => ({
      message: `The image of service "${p.service}" looks for "${p.host}" unless ${p.variable} is set, and that name will not resolve: the containers of one task reach each other at 127.0.0.1.`,
      help: `Set it in "environment": ${p.variable}: ${p.value}`,
    }),
  },
  'transform/server-entered': {
    severity: 'info',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" asks its users for the address of a server: that of another service of the task is 127.0.0.1.`,
    }),
  },
  'transform/host-port-dropped': {
    severity: 'warning',
    say: (p: { service: string; published: string; target: string; protocol: string }): Words => ({
      message: `${portsIn(p.published)} ${p.published.includes('-') ? 'are' : 'is'} not used: a Fargate task has no host ports. Service "${p.service}" is reachable on ${portsIn(p.target).toLowerCase()}${p.protocol === 'tcp' ? '' : `/${p.protocol}`}.`,
      help: `Write "${p.target}:${p.target}${p.protocol === 'tcp' ? '' : `/${p.protocol}`}", or put a load balancer with a listener on ${portsIn(p.published).toLowerCase()} in front.`,
    }),
  },
  'transform/local-port-dropped': {
    severity: 'info',
    say: (p: { service: string; target: string; hostIp: string }): Words => ({
      message: `${portsIn(p.target)} of service "${p.service}" ${p.target.includes('-') ? 'are' : 'is'} not published, being bound to ${p.hostIp}, the machine itself. The other containers of the task reach ${p.target.includes('-') ? 'them at 127.0.0.1' : `it at 127.0.0.1:${p.target}`}.`,
    }),
  },
  'transform/host-ip-dropped': {
    severity: 'warning',
    say: (p: { service: string; hostIp: string; target: string }): Words => ({
      message: `The address ${p.hostIp} for ${portsIn(p.target).toLowerCase()} of service "${p.service}" has no effect: a task has one network interface, and security groups decide who reaches it.`,
    }),
  },
  'transform/port-protocol': {
    severity: 'error',
    say: (p: { service: string; protocol: string }): Words => ({
      message: `Service "${p.service}" publishes a port over ${p.protocol}; ECS knows tcp and udp only.`,
    }),
  },
  'transform/app-protocol': {
    severity: 'warning',
    say: (p: { service: string; value: string }): Words => ({
      message: `The application protocol "${p.value}" of service "${p.service}" is left out: ECS knows http, http2 and grpc.`,
    }),
  },
  'transform/port-shared': {
    severity: 'warning',
    say: (p: { service: string; other: string; port: string }): Words => ({
      message: `Services "${p.service}" and "${p.other}" both name port ${p.port} as theirs: the containers of one task share its ports, and only one of them can listen there.`,
      help: 'Let each of them listen on a port of its own, or leave out the "expose:" that is not true.',
    }),
  },
  'transform/health-adjusted': {
    severity: 'warning',
    say: (p: { service: string; member: string; before: string; after: string; range: string }): Words => ({
      message: `The health check's ${p.member} of service "${p.service}" is ${p.after} in place of ${p.before}: ECS allows ${p.range}.`,
    }),
  },
  'transform/health-start-interval': {
    severity: 'warning',
    say: (p: { service: string }): Words => ({
      message: `The health check's start_interval of service "${p.service}" has no effect: ECS has one interval.`,
    }),
  },
  'transform/health-missing': {
    severity: 'error',
    say: (p: { service: string; dependency: string }): Words => ({
      message: `Service "${p.service}" waits for "${p.dependency}" to be healthy, but that has no health check in the file; ECS ignores the one of its image.`,
      help: `Add a "healthcheck:" to service "${p.dependency}", or wait with condition: service_started.`,
    }),
  },
  'transform/dependency-restart': {
    severity: 'warning',
    say: (p: { service: string; dependency: string }): Words => ({
      message: `"restart: true" of the dependency on "${p.dependency}" has no effect: ECS does not restart "${p.service}" with it.`,
    }),
  },
  'transform/restart': {
    severity: 'info',
    say: (p: { services: readonly string[]; policies: readonly string[] }): Words => ({
      message: `restart: ${p.policies.join(', ')} of ${inWords(p.services)} became an ECS restart policy: a container that exits is restarted once in 60 seconds, and one that dies sooner ends the task. A bare task is not replaced then; a task of an ECS service is.`,
    }),
  },
  'transform/restart-detail-dropped': {
    severity: 'warning',
    say: (p: { service: string; detail: string }): Words => ({
      message: `${p.detail} of service "${p.service}" has no effect: an ECS restart policy has no such setting.`,
    }),
  },
  'transform/not-essential': {
    severity: 'info',
    say: (p: { service: string; why: string }): Words => ({
      message: `Container "${p.service}" is not essential: the task goes on when it ends, ${p.why}.`,
    }),
  },
  'transform/cpu-shares': {
    severity: 'warning',
    say: (p: { service: string; shares: number; isUsed: boolean }): Words => ({
      message: p.isUsed
        ? `cpu_shares of service "${p.service}" became ${p.shares} CPU units, which the size of the task must hold: to Docker they are a weight only.`
        : `cpu_shares of service "${p.service}" has no effect: ECS has one number of CPU units, and it is given elsewhere.`,
      help: p.isUsed ? 'Set "cpus" to what the service needs; 1024 CPU units are one CPU.' : undefined,
    }),
  },
  'transform/memory-assumed': {
    severity: 'info',
    say: (p: { services: readonly string[]; memory: number }): Words => ({
      message:
        p.services.length === 1
          ? `${capital(inWords(p.services))} sets no memory limit; ${p.memory} MiB are counted for it in the size of the task.`
          : `${capital(inWords(p.services))} set no memory limit; ${p.memory} MiB are counted for each in the size of the task.`,
      help: `Set "deploy.resources.limits.memory" (or "mem_limit") to what ${p.services.length === 1 ? 'it needs' : 'they need'}.`,
    }),
  },
  'transform/memory-too-small': {
    severity: 'error',
    say: (p: { service: string; bytes: number; suggestion: string | undefined }): Words => ({
      message: `The memory of service "${p.service}" is ${p.bytes} bytes; a container needs at least 6 MiB.`,
      help:
        p.suggestion === undefined
          ? 'Write "6m" at least.'
          : `A number without a suffix means bytes. Did you mean "${p.suggestion}"?`,
    }),
  },
  'transform/size-assumed': {
    severity: 'info',
    say: (p: { cpu: string; memory: number; containers: number }): Words => ({
      message: `The task gets ${p.cpu} and ${p.memory} MiB, the cheapest size that holds ${p.containers === 1 ? 'its container' : `its ${p.containers} containers`}.`,
      help: 'Set "task_size" in ecs-params.yml to choose another.',
    }),
  },
  'transform/headroom': {
    severity: 'info',
    say: (p: { sum: number; memory: number; buffers: number; mountsEfs: boolean }): Words => ({
      message: `The containers may use ${p.sum} of the ${p.memory} MiB of the task, and log buffers of up to ${p.buffers} MiB${p.mountsEfs ? ' and the container that mounts EFS' : ''} come out of it too: the task may run out of memory before a container reaches its limit.`,
      help: 'Lower a limit, or set a larger "task_size" in ecs-params.yml.',
    }),
  },
  'transform/size-none': {
    severity: 'error',
    say: (p: { cpu: number; memory: number }): Words => ({
      message: `No Fargate task is large enough: the containers ask for ${p.cpu} CPU units and ${p.memory} MiB together.`,
      help: 'Lower what they ask for, or run some of them in a project of their own.',
    }),
  },
  'transform/size-half': {
    severity: 'error',
    say: (p: { given: string; needed: string }): Words => ({
      message: `No Fargate size with ${p.given} holds the containers, which ask for ${p.needed}.`,
      help: 'Raise it, or leave it out: the cheapest size that holds the containers is chosen then.',
    }),
  },
  'transform/execution-role-assumed': {
    severity: 'info',
    say: (p: { role: string }): Words => ({
      message: `The task runs with the execution role "${p.role}", AWS's usual name, since ecs-params names none.`,
      help: 'Set "task_definition.task_execution_role" in ecs-params.yml to choose another.',
    }),
  },
  'transform/logs-generated': {
    severity: 'info',
    say: (p: ReplacedDriver): Words => ({
      message:
        p.driver === ''
          ? `${capital(inWords(p.services))} ${p.services.length === 1 ? 'sets' : 'set'} no log driver; ${theirOutput(p)}`
          : `The log driver "${p.driver}" of ${inWords(p.services)} became awslogs: ${theirOutput(p)}`,
      help: `"up" creates the group. By hand: aws logs create-log-group --log-group-name ${p.group}`,
    }),
  },
  'transform/log-driver-replaced': {
    severity: 'warning',
    say: (p: ReplacedDriver): Words => ({
      message: `Fargate has no log driver "${p.driver}", which ${inWords(p.services)} ${p.services.length === 1 ? 'sets' : 'set'}; ${theirOutput(p)}`,
      help: 'To send logs elsewhere, use the awsfirelens driver.',
    }),
  },
  'transform/region-unknown': {
    severity: 'error',
    say: (_: Record<never, never>): Words => ({
      message: 'The log configuration needs a region, and none is set.',
      help: 'Give --region, or set AWS_REGION.',
    }),
  },
  'transform/volume-lifetime': {
    severity: 'warning',
    say: (p: { volume: string; service: string }): Words => ({
      message: `Volume "${p.volume}" of service "${p.service}" lives only as long as the task: its data is lost when the task stops or is replaced.`,
      help: `To keep it, add an EFS file system of that name to ecs-params.yml:\ntask_definition:\n  efs_volumes:\n    - name: ${p.volume}\n      filesystem_id: fs-…`,
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
  'transform/bind-dropped': {
    severity: 'warning',
    say: (p: { service: string; path: string; target: string }): Words => ({
      message: `${p.path} is not mounted at ${p.target} of service "${p.service}": a Fargate task has no files of a host. What the image holds there is used.`,
    }),
  },
  'transform/bind-refused': {
    severity: 'error',
    say: (p: { service: string; path: string; target: string }): Words => ({
      message: `Service "${p.service}" mounts ${p.path} at ${p.target}: a Fargate task has no files of a host.`,
      help: p.path.endsWith('.sock')
        ? 'No task reaches a Docker daemon or another socket of a host; do without it.'
        : 'Copy it into the image, or keep it on an EFS file system.',
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
    say: (p: { service: string; target: string; size: number }): Words => ({
      message: `The tmpfs at ${p.target} of service "${p.service}" sets no size; it gets ${p.size} MiB of the task's memory.`,
      help: `Write "${p.target}:size=${p.size}m" with the size that it needs.`,
    }),
  },
  'transform/capability': {
    severity: 'error',
    say: (p: { service: string; capability: string }): Words => ({
      message: `Service "${p.service}" adds the capability ${p.capability}; Fargate allows SYS_PTRACE only.`,
    }),
  },
  'transform/ulimit': {
    severity: 'warning',
    say: (p: { service: string; name: string }): Words => ({
      message: `The ulimit "${p.name}" of service "${p.service}" may have no effect: nofile is the only one that Fargate is documented to change.`,
    }),
  },
  'transform/sysctl-shared': {
    severity: 'warning',
    say: (p: { service: string; name: string }): Words => ({
      message: `${p.name} of service "${p.service}" holds for all containers of the task: they share one network, and its settings.`,
    }),
  },
  'transform/sysctl-differs': {
    severity: 'error',
    say: (p: { service: string; name: string; value: string; other: string }): Words => ({
      message: `Service "${p.service}" sets ${p.name} to ${p.value}, and another sets it to ${p.other}: the containers of one task share one network, and its settings.`,
      help: 'Give both the same value, or set it once.',
    }),
  },
  'transform/stop-timeout': {
    severity: 'warning',
    say: (p: { service: string; before: number; after: number }): Words => ({
      message: `stop_grace_period of service "${p.service}" is ${p.after} seconds in place of ${p.before}: ECS allows whole seconds from 2 to 120.`,
    }),
  },
  'transform/platform': {
    severity: 'error',
    say: (p: { service: string; platform: string }): Words => ({
      message: `Fargate cannot run the platform "${p.platform}" of service "${p.service}".`,
      help: 'Use linux/amd64 or linux/arm64.',
    }),
  },
  'transform/platform-mixed': {
    severity: 'error',
    say: (p: { service: string; platform: string; other: string }): Words => ({
      message: `Service "${p.service}" wants ${p.platform}, but the containers of one task share a platform, and it is ${p.other}.`,
    }),
  },
  'transform/network-isolation': {
    severity: 'warning',
    say: (p: { networks: string }): Words => ({
      message: `The networks ${p.networks} separate nothing: the containers of one task share one network.`,
    }),
  },
  'transform/network-external': {
    severity: 'info',
    say: (p: { network: string }): Words => ({
      message: `Network "${p.network}" is made outside of the project: what else is on it is not reached by name. Tasks reach each other by address, where their security groups admit it.`,
      help: 'Set "run_params.network_configuration" in ecs-params.yml to run the task in subnets and security groups of your choice.',
    }),
  },
  'transform/network-mode': {
    severity: 'warning',
    say: (p: { service: string; mode: string; isPublished: boolean }): Words => ({
      message: `network_mode "${p.mode}" of service "${p.service}" has no effect: a Fargate task has a network interface of its own.`,
      help: p.isPublished
        ? undefined
        : 'Name the ports that it listens on under "ports:"; none is published otherwise.',
    }),
  },
  'transform/process-namespace': {
    severity: 'warning',
    say: (p: { service: string; mode: string }): Words => ({
      message: `pid "${p.mode}" of service "${p.service}" shares the processes of all containers of the task: ECS shares them among all or none.`,
    }),
  },
  'transform/replicas-differ': {
    severity: 'error',
    say: (p: { service: string; count: number; other: number }): Words => ({
      message: `Service "${p.service}" runs ${times(p.count)} and another ${times(p.other)}, but one task holds one container of each service.`,
      help: 'Give all services the same number: that many tasks are run.',
    }),
  },
  'transform/service-only': {
    severity: 'info',
    say: (p: { service: string; key: string }): Words => ({
      message: `"${p.key}" of service "${p.service}" counts for "service up": a task that is run by itself is replaced as a whole.`,
    }),
  },
  'transform/restart-unknown': {
    severity: 'error',
    say: (p: { service: string; policy: string } & Correctable): Words => ({
      message: `Service "${p.service}" has no such restart policy: "${p.policy}".`,
      help: 'Write no, always, on-failure or unless-stopped.',
    }),
  },
  'transform/hosts-collide': {
    severity: 'warning',
    say: (p: { what: string; hosts: string; address: string }): Words => ({
      message: `${p.what} names several services, ${p.hosts}, that all became ${p.address}; in one task only one of them can listen there.`,
      help: 'Let each of them listen on a port of its own.',
    }),
  },
  'transform/secret-variable': {
    severity: 'info',
    say: (p: { service: string; key: string; variable: string; secret: string }): Words => ({
      message: `${p.key} of service "${p.service}" became ${p.variable}, which holds the secret "${p.secret}" itself: ECS gives secrets as environment variables, not as files.`,
    }),
  },
  'transform/secret-file': {
    severity: 'error',
    say: (p: { service: string; secret: string; variable: string; kept: SecretPlace }): Words => ({
      message: `Service "${p.service}" reads the secret "${p.secret}" as a file; ECS gives secrets as environment variables only, from Secrets Manager or SSM.`,
      help: `${storing(p.secret, p.kept)} in ecs-params.yml:\ntask_definition:\n  services:\n    ${p.service}:\n      secrets:\n        - name: ${p.variable}\n          value_from: ${p.kept.kind === 'aws' ? p.kept.valueFrom : 'arn:aws:secretsmanager:…'}`,
    }),
  },
  'transform/secret-not-a-file': {
    severity: 'warning',
    say: (p: { service: string; secret: string; variable: string; path: string }): Words => ({
      message: `Service "${p.service}" gets the secret "${p.secret}" as the variable ${p.variable}; there is no file ${p.path}.`,
      help: `See that it reads ${p.variable}.`,
    }),
  },
  'transform/config-file': {
    severity: 'error',
    say: (p: { service: string; config: string; target: string; file: string | undefined }): Words => ({
      message: `Service "${p.service}" reads the config "${p.config}" as a file; Fargate mounts no such files.`,
      help: `Copy it into the image, in its Dockerfile: COPY ${p.file ?? 'FILE'} ${p.target}`,
    }),
  },
  'transform/volumes-from': {
    severity: 'error',
    say: (p: { service: string; value: string }): Words => ({
      message: `Service "${p.service}" takes volumes from "${p.value}", which is no service of the project.`,
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
  'transform/build-platform': {
    severity: 'info',
    say: (p: { services: readonly string[]; platform: string }): Words => ({
      message: `${p.services.length === 1 ? 'Service' : 'Services'} ${p.services.map((service) => `"${service}"`).join(', ')}: no platform to build for is set, so the image is for the machine that builds it. The task runs on ${p.platform}, where one for another platform does not start.`,
      help: `Write "platform: ${p.platform}" beside "build:", or build with: docker build --platform ${p.platform}`,
    }),
  },
  'transform/health-program': {
    severity: 'info',
    say: (p: { service: string; program: keyof typeof healthProgramHelp }): Words => ({
      message: `The health check of service "${p.service}" calls ${p.program}, which its image must hold: without it the container is never healthy.`,
      help: healthProgramHelp[p.program],
    }),
  },
  'transform/start-period': {
    severity: 'info',
    say: (p: { service: string; waiting: string; seconds: number; cpu: string }): Words => ({
      message: `Service "${p.service}", for which "${p.waiting}" waits, counts as unhealthy if it is not ready after ${p.seconds} seconds; with ${p.cpu} for the task, starting may take longer.`,
      help: 'Give the health check a "start_period", such as 60s, or set a larger "task_size" in ecs-params.yml.',
    }),
  },
  'transform/database-copies': {
    severity: 'warning',
    say: (p: { service: string; count: number }): Words => ({
      message: `${p.count} tasks run, and each has a database "${p.service}" of its own: what one of them stores, the others do not have.`,
      help: 'Run one task, or keep the database outside of it, such as in Amazon RDS.',
    }),
  },
  'transform/nothing-published': {
    severity: 'warning',
    say: (p: { service: string }): Words => ({
      message: `No port of service "${p.service}" is published: on the network of a host it needed no "ports", in a task of its own it does.`,
      help: 'List under "ports" what is to be reached from outside.',
    }),
  },
  'transform/debugger-published': {
    severity: 'warning',
    say: (p: { service: string; port: number; program: string }): Words => ({
      message: `Service "${p.service}" publishes port ${p.port}, that of the debugger of ${p.program}: whoever reaches it at the address of the task can run code there.`,
      help: 'Leave it out, or keep it in an override file for development.',
    }),
  },
  'transform/site-address': {
    severity: 'warning',
    say: (p: { service: string }): Words => ({
      message: `WordPress in service "${p.service}" stores the address at which it is installed, and links to it ever after; a task has a new address whenever it is replaced.`,
      help: "Put a load balancer or a name of your own in front, and set it in \"environment\":\nWORDPRESS_CONFIG_EXTRA: define('WP_HOME', 'https://blog.example.com'); define('WP_SITEURL', WP_HOME);",
    }),
  },
  'transform/too-many-services': {
    severity: 'error',
    say: (p: { services: number; limit: number }): Words => ({
      message: `The project has ${p.services.toLocaleString('en')} services. One task would run all of them, and ECS takes 10 containers in a task; beyond ${p.limit} services the task is not checked any further.`,
      help: 'Divide the project, or leave services out by their profiles.',
    }),
  },
  'transform/no-services': {
    severity: 'error',
    say: (_: Record<never, never>): Words => ({
      message: 'The project has no services to run.',
      help: 'Where all of them have profiles, activate one with --profile.',
    }),
  },
} as const;

/** `service "web"`, `services "web" and "db"`, `services "web", "db" and "cache"`. */
function inWords(services: readonly string[]): string {
  const names = services.map((name) => `"${name}"`);
  const last = names.pop();
  return names.length === 0 ? `service ${last}` : `services ${names.join(', ')} and ${last}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where the output of services goes, and what of their log options is lost. */
function theirOutput({ services, group, options }: ReplacedDriver): string {
  const output = services.length === 1 ? 'its output' : 'their output';
  const lost = options.length === 0 ? '' : ` Without effect: ${options.join(', ')}.`;
  return `${output} goes to the CloudWatch log group "${group}", which must exist.${lost}`;
}

/** The command that stores a secret, and what is to be named then. */
function storing(secret: string, kept: SecretPlace): string {
  if (kept.kind === 'aws') return 'Name the variable that the service can read it from';
  if (kept.kind === 'elsewhere') return 'Store it in Secrets Manager and name its ARN';
  const create = `aws secretsmanager create-secret --name ${secret} --secret-string file://`;
  // Not as an argument, which everybody on the machine may read.
  const command = kept.kind === 'file' ? `${create}${kept.path}` : `printf %s "$${kept.name}" | ${create}/dev/stdin`;
  return `Store it: ${command}\nand name its ARN`;
}

/** `Port 80`, `Ports 8000-8010`. */
function portsIn(span: string): string {
  return `${span.includes('-') ? 'Ports' : 'Port'} ${span}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
