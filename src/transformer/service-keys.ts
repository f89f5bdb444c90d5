/**
 * What becomes of each key of a service (a row per key of the Compose schema; `docs/compose.md` is printed from it).
 * `mapped`: a concern of this folder reads it. `local`: it matters on the developer's machine only, or is resolved by
 * the parser. `dropped`: it is left out, with a warning. `refused`: the containers could not do without it.
 */
export type KeyRule =
  | { readonly verdict: 'mapped'; readonly to: string }
  | { readonly verdict: 'local' }
  | { readonly verdict: 'dropped'; readonly why: string }
  | {
      readonly verdict: 'refused';
      readonly why: string;
      readonly help?: string;
      /** Values that ask for nothing that Fargate lacks. */
      readonly unless?: readonly string[];
    };

const mapped = (to: string): KeyRule => ({ verdict: 'mapped', to });
const local: KeyRule = { verdict: 'local' };
const dropped = (why: string): KeyRule => ({ verdict: 'dropped', why });
const refused = (why: string, more: { readonly help?: string; readonly unless?: readonly string[] } = {}): KeyRule => ({
  verdict: 'refused',
  why,
  ...more,
});

const noField = 'ECS has no such setting';
const noDevices = 'its tasks have no devices of a host';
const noCpuTuning = 'ECS knows CPU units only; use cpus';
const noSwap = 'a Fargate task has no swap';
const ownResolver = 'tasks use the resolver of the VPC';

export const serviceKeys: Readonly<Record<string, KeyRule>> = {
  annotations: local,
  attach: local,
  blkio_config: dropped(noField),
  build: mapped('the image that was built and pushed'),
  cap_add: mapped('linuxParameters.capabilities.add'),
  cap_drop: mapped('linuxParameters.capabilities.drop'),
  cgroup: dropped(noField),
  cgroup_parent: dropped(noField),
  command: mapped('command'),
  configs: mapped('refused: no files are mounted'),
  container_name: mapped('a name that is rewritten to 127.0.0.1'),
  cpu_count: dropped(noCpuTuning),
  cpu_percent: dropped(noCpuTuning),
  cpu_period: dropped(noCpuTuning),
  cpu_quota: dropped(noCpuTuning),
  cpu_rt_period: dropped(noCpuTuning),
  cpu_rt_runtime: dropped(noCpuTuning),
  cpu_shares: mapped('cpu'),
  cpus: mapped('cpu'),
  cpuset: dropped(noCpuTuning),
  credential_spec: dropped('ECS takes credential specs from SSM or S3 only'),
  depends_on: mapped('dependsOn'),
  deploy: mapped('cpu, memory, restartPolicy, the number of tasks'),
  develop: local,
  device_cgroup_rules: refused(noDevices),
  devices: refused(noDevices),
  dns: dropped(ownResolver),
  dns_opt: dropped(ownResolver),
  dns_search: dropped(ownResolver),
  domainname: dropped('a task in awsvpc mode gets its name from the VPC'),
  entrypoint: mapped('entryPoint'),
  env_file: mapped('environment'),
  environment: mapped('environment'),
  expose: local,
  extends: local,
  external_links: refused('a task cannot reach containers outside of it by name'),
  extra_hosts: refused('ECS takes no extra hosts in awsvpc mode', {
    help: 'Write the address where the name is used.',
  }),
  gpus: refused('its tasks have no GPU'),
  group_add: dropped(noField),
  healthcheck: mapped('healthCheck'),
  hostname: dropped('a task in awsvpc mode gets its name from the VPC'),
  image: mapped('image'),
  init: mapped('linuxParameters.initProcessEnabled'),
  ipc: refused('the containers of a task keep their own IPC namespaces', { unless: ['private'] }),
  isolation: refused('it isolates its tasks in its own way', { unless: ['default'] }),
  label_file: mapped('dockerLabels'),
  labels: mapped('dockerLabels'),
  links: mapped('dependsOn, and names that are rewritten to 127.0.0.1'),
  logging: mapped('logConfiguration'),
  mac_address: dropped('the VPC chooses the address of a network interface'),
  mem_limit: mapped('memory'),
  mem_reservation: mapped('memoryReservation'),
  mem_swappiness: dropped(noSwap),
  memswap_limit: dropped(noSwap),
  models: refused('it runs no models', { help: 'Give the address of a model service in "environment".' }),
  network_mode: mapped('left out: always awsvpc'),
  networks: mapped('names that are rewritten to 127.0.0.1'),
  oom_kill_disable: dropped(noField),
  oom_score_adj: dropped(noField),
  pid: mapped('pidMode'),
  pids_limit: dropped(noField),
  platform: mapped('runtimePlatform'),
  ports: mapped('portMappings'),
  post_start: dropped('ECS has no hooks in the life of a container'),
  pre_start: refused('ECS has no hooks before a container starts', { help: 'Make it a service that others wait for.' }),
  pre_stop: dropped('ECS has no hooks in the life of a container'),
  privileged: refused('no container there may be privileged'),
  profiles: local,
  provider: refused('it runs containers only'),
  pull_policy: local,
  pull_refresh_after: local,
  read_only: mapped('readonlyRootFilesystem'),
  restart: mapped('essential, restartPolicy'),
  runtime: refused('it has a runtime of its own', { unless: ['runc', 'io.containerd.runc.v2'] }),
  scale: mapped('the number of tasks'),
  secrets: mapped('secrets'),
  security_opt: dropped('ECS takes no Docker security options on Fargate'),
  shm_size: dropped('the size of /dev/shm is fixed on Fargate'),
  stdin_open: mapped('interactive'),
  stop_grace_period: mapped('stopTimeout'),
  stop_signal: dropped('ECS sends the signal that the image names; set STOPSIGNAL in its Dockerfile'),
  storage_opt: dropped(noField),
  sysctls: mapped('systemControls'),
  tmpfs: mapped('linuxParameters.tmpfs'),
  tty: mapped('pseudoTerminal'),
  ulimits: mapped('ulimits'),
  use_api_socket: refused('its tasks have no Docker socket'),
  user: mapped('user'),
  userns_mode: dropped(noField),
  uts: dropped(noField),
  volumes: mapped('mountPoints'),
  volumes_from: mapped('volumesFrom'),
  working_dir: mapped('workingDirectory'),
};

/** Parts of mapped keys that do not reach the definition, by their paths in the service. */
export const nestedKeys: Readonly<Record<string, KeyRule>> = {
  'deploy.endpoint_mode': dropped('the services of a task are reached at its address'),
  'deploy.labels': dropped('ECS has no labels of a deployment'),
  'deploy.mode': refused('a task holds one of each service', { unless: ['replicated', 'replicated-job'] }),
  'deploy.placement': dropped('AWS places the tasks of Fargate'),
  'deploy.resources.limits.pids': dropped(noField),
  'deploy.resources.reservations.devices': refused(noDevices),
  'deploy.resources.reservations.generic_resources': refused(noDevices),
  'deploy.rollback_config': dropped('a task by itself is not rolled back'),
  'deploy.update_config': dropped('a task by itself is replaced as a whole'),
};
