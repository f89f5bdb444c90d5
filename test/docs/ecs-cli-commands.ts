/** Options that several commands of amazon-ecs-cli 1.21 have. Source: its command reference, as all of this file. */
const profile = ['--region', '-r', '--ecs-profile', '--aws-profile', '--cluster-config'];
const configuration = [...profile, '--cluster', '-c'];
const launchType = ['--launch-type'];
const logGroups = ['--create-log-groups'];
const tags = ['--tags'];
const managedTags = ['--disable-ecs-managed-tags'];
const timeout = ['--timeout'];
const deployment = ['--deployment-max-percent', '--deployment-min-healthy-percent'];
const loadBalancer = [
  '--target-groups',
  '--health-check-grace-period',
  '--role',
  '--target-group-arn',
  '--load-balancer-name',
  '--container-name',
  '--container-port',
];
const discovery = [
  '--enable-service-discovery',
  '--vpc',
  '--private-dns-namespace',
  '--private-dns-namespace-id',
  '--public-dns-namespace',
  '--public-dns-namespace-id',
  '--sd-container-name',
  '--sd-container-port',
  '--dns-type',
  '--dns-ttl',
  '--healthcheck-custom-config-failure-threshold',
];
const scheduling = ['--scheduling-strategy'];
const created = [...launchType, ...logGroups, ...deployment, ...loadBalancer, ...discovery, ...scheduling];

/** What stands before every command, and between `compose` and its commands. */
export const globalOptions: readonly string[] = [
  '--endpoint',
  '--version',
  '--file',
  '-f',
  '--project-name',
  '-p',
  '--task-role-arn',
  '--ecs-params',
  '--registry-creds',
  '--verbose',
  '--debug',
];

/** Variables of the environment that ecs-cli reads. */
export const variables: readonly string[] = [
  'COMPOSE_FILE',
  'COMPOSE_PROJECT_NAME',
  'ECS_PROFILE',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'ECS_CLUSTER',
];

/** The commands under `compose`, and the options of each. */
export const composeCommands: Readonly<Record<string, readonly string[]>> = {
  create: [...configuration, ...launchType, ...logGroups, ...tags],
  up: [...configuration, ...launchType, ...logGroups, '--force-update', '-u', ...tags, ...managedTags],
  start: [...configuration, ...launchType, ...logGroups, ...tags, ...managedTags],
  run: [...configuration, ...tags, ...managedTags],
  stop: configuration,
  down: configuration,
  scale: [...configuration, ...launchType, ...tags, ...managedTags],
  ps: [...configuration, '--desired-status'],
  list: [...configuration, '--desired-status'],
  'service create': [...configuration, ...created, ...managedTags, ...tags],
  'service start': [...configuration, ...timeout, ...logGroups, '--force-deployment'],
  'service up': [
    ...configuration,
    ...created,
    ...timeout,
    '--force-deployment',
    '--update-service-discovery',
    ...managedTags,
    ...tags,
  ],
  'service ps': [...configuration, '--desired-status'],
  'service list': [...configuration, '--desired-status'],
  'service scale': [...configuration, ...deployment, ...timeout],
  'service stop': [...configuration, ...timeout],
  'service rm': [...configuration, ...timeout, '--delete-namespace'],
  'service delete': [...configuration, ...timeout, '--delete-namespace'],
  'service down': [...configuration, ...timeout, '--delete-namespace'],
};

/** The commands that have no `compose` before them; some share their name with one that has. */
export const otherCommands: Readonly<Record<string, readonly string[]>> = {
  up: [
    ...configuration,
    ...launchType,
    '--capability-iam',
    '--empty',
    '-e',
    '--instance-role',
    '--keypair',
    '--instance-type',
    '--spot-price',
    '--image-id',
    '--no-associate-public-ip-address',
    '--size',
    '--azs',
    '--security-group',
    '--cidr',
    '--port',
    '--subnets',
    '--vpc',
    '--extra-user-data',
    '--force',
    '-f',
    ...tags,
    '--imdsv2',
    '--verbose',
  ],
  down: [...configuration, '--force', '-f'],
  scale: [...configuration, '--capability-iam', '--size'],
  ps: [...configuration, '--desired-status'],
  configure: [
    '--cluster',
    '--region',
    '--config-name',
    '--default-launch-type',
    '--cfn-stack-name',
    '--compose-service-name-prefix',
  ],
  'configure profile': ['--access-key', '--secret-key', '--session-token', '--profile-name'],
  'configure default': ['--config-name'],
  'configure profile default': ['--profile-name'],
  'configure migrate': ['--force'],
  logs: [
    ...configuration,
    '--task-id',
    '--task-def',
    '--follow',
    '--filter-pattern',
    '--container-name',
    '--since',
    '--start-time',
    '--end-time',
    '--timestamps',
    '-t',
  ],
  push: [...profile, '--registry-id', ...tags, '--use-fips'],
  pull: [...profile, '--registry-id', '--use-fips'],
  images: [...profile, '--registry-id', '--tagged', '--untagged', '--use-fips'],
  'registry-creds up': [
    ...profile,
    '--role-name',
    '--no-role',
    '--update-existing-secrets',
    '--no-output-file',
    '--output-dir',
    ...tags,
  ],
  'local create': ['-f', '--task-def-file', '-t', '--task-def-remote', '-o', '--output', '--force', '--use-role'],
  'local up': [
    '-f',
    '--task-def-file',
    '-t',
    '--task-def-remote',
    '-o',
    '--output',
    '--force',
    '--use-role',
    '-c',
    '--task-def-compose',
    '--override',
  ],
  'local ps': ['-f', '--task-def-file', '-t', '--task-def-remote', '--all', '--json'],
  'local down': ['-f', '--task-def-file', '-t', '--task-def-remote', '--all'],
  'check-attributes': [...configuration, '--task-def', '--container-instances'],
  license: [],
};
