import { describe, expect, test } from 'vitest';
import { definition, diagnostics, findings, withContainer, withContainers } from './findings.ts';

/** A definition; what is found in it, as `code at path`; and AWS's words for the first, where they are on record. */
type Case = readonly [definition: Record<string, unknown>, found: readonly string[], aws?: string];

function holds(cases: readonly Case[]): void {
  test.each(cases.map((each, index) => ({ index, each })))('case $index', ({ each: [value, found, aws] }) => {
    expect(findings(value)).toEqual(found);
    if (aws !== undefined) expect(diagnostics(value)[0]?.aws).toBe(aws);
  });
}

const first = 'containerDefinitions[0]';
const second = 'containerDefinitions[1]';
const windows = { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }, cpu: '1024', memory: '2048' };
const noConfiguration = (cpu: number, memory: number) =>
  `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`;

describe('platform', () => {
  holds([
    [definition({ requiresCompatibilities: ['EC2', 'FARGATE'] }), []],
    [
      definition({ requiresCompatibilities: ['EC2'] }),
      ['fargate/compatibility at requiresCompatibilities'],
      'Task definition does not support launch_type FARGATE.',
    ],
    [definition({ requiresCompatibilities: undefined }), ['fargate/compatibility-unset at requiresCompatibilities']],
    [definition({ ephemeralStorage: { sizeInGiB: 30 } }), []],
    [
      definition({ requiresCompatibilities: undefined, ephemeralStorage: { sizeInGiB: 30 } }),
      ['fargate/compatibility-unset at requiresCompatibilities', 'fargate/ephemeral-storage at ephemeralStorage'],
    ],
    [definition({ runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' } }), []],
    [
      definition({ ...windows, runtimePlatform: { ...windows.runtimePlatform, cpuArchitecture: 'ARM64' } }),
      ['fargate/arm64-windows at runtimePlatform.cpuArchitecture'],
      noConfiguration(1024, 2048),
    ],
    [
      definition({ ...windows, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2025_CORE' } }),
      ['fargate/unconfirmed at runtimePlatform.operatingSystemFamily'],
    ],
  ]);
});

describe('task size', () => {
  holds([
    [definition({ cpu: '.5 vcpu', memory: '1GB' }), []],
    [definition({ cpu: '32 vCPU', memory: '244 GB' }), []],
    [definition({ cpu: '256', memory: '4096' }), ['fargate/task-size at memory'], noConfiguration(256, 4096)],
    [definition({ cpu: '300', memory: '512' }), ['fargate/task-size at cpu'], noConfiguration(300, 512)],
    [definition({ ...windows, cpu: '512' }), ['fargate/task-size at cpu'], noConfiguration(512, 2048)],
    [
      definition({ cpu: 'half', memory: '512MB' }),
      ['fargate/task-size-form at cpu', 'fargate/task-size-form at memory'],
      "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
    ],
  ]);

  test('says which sizes are near', () => {
    const [found] = diagnostics(definition({ cpu: '256', memory: '700' }));
    expect(found?.message).toBe('Fargate has no Linux task of 256 CPU units and 700 MiB.');
    expect(found?.help).toBe(
      `256 CPU units (0.25 vCPU) go with 512, 1024 or 2048 MiB. AWS answers: "${noConfiguration(256, 700)}"`,
    );
    expect(found?.related.map(({ source }) => source.file.path)).toEqual(['cpu']);
  });
});

describe('container sizes', () => {
  const sizes = (...each: readonly Readonly<Record<string, number>>[]) =>
    withContainers(...each.map((size, index) => ({ name: `c${index}`, ...size })));
  holds([
    [sizes({ cpu: 256, memory: 512 }, { cpu: 256, memory: 512 }), []],
    [
      sizes({ cpu: 256 }, { cpu: 257 }),
      ['fargate/cpu-sum at cpu'],
      "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ],
    [
      sizes({ memory: 1025, memoryReservation: 6 }),
      [`fargate/container-memory at ${first}.memory`],
      "The 'memory' setting for container 'c0' is greater than for the task",
    ],
    [sizes({ memory: 1025 }), [`fargate/container-memory at ${first}.memory`]],
    [sizes({ memoryReservation: 1025 }), ['fargate/memory-sum at memory']],
    [
      sizes({ memory: 1025 }, { memory: 6 }),
      [`fargate/container-memory at ${first}.memory`, 'fargate/memory-sum at memory'],
    ],
    [sizes({ memory: 1024, memoryReservation: 1025 }), [`fargate/memory-reservation at ${first}.memoryReservation`]],
    [sizes({ memory: 512 }, { memory: 513 }), ['fargate/memory-sum at memory']],
    [sizes({ memoryReservation: 512 }, { memoryReservation: 513 }), ['fargate/memory-sum at memory']],
    [sizes({ memory: 1024, memoryReservation: 512 }, { memory: 512 }), ['fargate/memory-limits at memory']],
    [sizes({ memory: 512, memoryReservation: 512 }), []],
    [
      sizes({ memory: 512, memoryReservation: 513 }),
      [`fargate/memory-reservation at ${first}.memoryReservation`],
      "'memory' must be greater than or equal to 'memoryReservation'",
    ],
  ]);
});

test('a sum names the containers that make it up', () => {
  const value = withContainers({ name: 'a', memory: 512 }, { name: 'b' }, { name: 'c', memoryReservation: 513 });
  const [found] = diagnostics(value);
  expect(found?.message).toContain('1025 MiB');
  expect(found?.related.map(({ source }) => source.file.path)).toEqual([
    `${first}.memory`,
    'containerDefinitions[2].memoryReservation',
  ]);
});

describe('unique names', () => {
  holds([
    [
      withContainers({ name: 'web' }, { name: 'web' }),
      [`fargate/duplicate at ${second}.name`],
      'Container names must be unique within a task definition',
    ],
    [definition({ volumes: [{ name: 'v' }, { name: 'v' }] }), ['fargate/duplicate at volumes[1].name']],
    [
      withContainers(
        { name: 'a', portMappings: [{ containerPort: 80, name: 'http' }] },
        { name: 'b', portMappings: [{ containerPort: 81, name: 'http' }] },
      ),
      [`fargate/duplicate at ${second}.portMappings[0].name`],
      'When networkMode=awsvpc, port mapping name is already used',
    ],
    [
      definition({
        tags: [
          { key: 'a', value: '' },
          { key: 'a', value: '' },
        ],
      }),
      ['fargate/duplicate at tags[1].key'],
    ],
  ]);

  test('name the first one', () => {
    const [found] = diagnostics(withContainers({ name: 'web' }, { name: 'web' }));
    expect(found?.related.map(({ source }) => source.file.path)).toEqual([`${first}.name`]);
  });
});

describe('essential', () => {
  holds([
    [withContainers({ name: 'a' }, { name: 'b', essential: false }), []],
    [
      withContainer({ essential: false }),
      ['fargate/no-essential at containerDefinitions'],
      "Task definition doesn't have any essential container",
    ],
  ]);
});

describe('environment', () => {
  const variable = { name: 'DB_HOST', value: 'x' };
  const secret = { name: 'DB_HOST', valueFrom: 'db' };
  const container = (change: object) => ({ ...withContainer({ ...change }), executionRoleArn: 'role' });
  const words =
    "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'DB_HOST'.";
  holds([
    [container({ environment: [variable], secrets: [{ ...secret, name: 'OTHER' }] }), []],
    [container({ environment: [variable, variable] }), [`fargate/duplicate-variable at ${first}.environment[1].name`]],
    [
      container({ environment: [variable], secrets: [secret] }),
      [`fargate/secret-name at ${first}.secrets[0].name`],
      words,
    ],
    [container({ secrets: [secret, secret] }), [`fargate/secret-name at ${first}.secrets[1].name`], words],
  ]);
});

describe('ports', () => {
  const one = (...portMappings: object[]) => withContainer({ portMappings });
  const mapping = `${first}.portMappings`;
  holds([
    [one({ containerPort: 80, hostPort: 80 }, { containerPort: 443, protocol: 'tcp' }), []],
    // To count up from it would never end.
    [one({ containerPort: 2 ** 53 }), [`fargate/range at ${mapping}[0].containerPort`]],
    [
      one({ containerPort: 80, hostPort: 8080 }),
      [`fargate/host-port at ${mapping}[0].hostPort`],
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    ],
    [one({ containerPort: 80, hostPort: 0 }), [`fargate/unconfirmed at ${mapping}[0].hostPort`]],
    [
      withContainers(
        { name: 'a', portMappings: [{ containerPort: 8085 }] },
        { name: 'b', portMappings: [{ containerPort: 8085, protocol: 'tcp' }] },
      ),
      [`fargate/port-conflict at ${second}.portMappings[0].containerPort`],
      "TCP container port '8085' is used multiple times in task when networkMode=awsvpc.",
    ],
    [
      one({ containerPort: 53 }, { containerPort: 53, protocol: 'udp' }),
      [`fargate/port-both-protocols at ${mapping}[1].containerPort`],
    ],
    [one({ containerPortRange: '8000-8010' }, { containerPort: 8011 }), []],
    [
      one({ containerPort: 8010 }, { containerPortRange: '8000-8010' }),
      [`fargate/port-conflict at ${mapping}[1].containerPortRange`],
    ],
    [
      one({ containerPortRange: '8000-8010' }, { containerPortRange: '8010-8020' }),
      [`fargate/port-conflict at ${mapping}[1].containerPortRange`],
    ],
    [
      one({ containerPortRange: '8010-8000' }),
      [`fargate/port-mapping at ${mapping}[0].containerPortRange`],
      "Invalid 'containerPortRange' setting for container 'web'.",
    ],
    [one({ containerPortRange: '65000-65536' }), [`fargate/port-mapping at ${mapping}[0].containerPortRange`]],
    [
      one({ containerPortRange: '8000-8010', containerPort: 80 }),
      [`fargate/port-mapping at ${mapping}[0].containerPortRange`],
      "Invalid port mapping for container 'web', cannot specify both single port and port range.",
    ],
    [
      one(...Array.from({ length: 101 }, (_, index) => ({ containerPortRange: `${index * 2 + 1}-${index * 2 + 2}` }))),
      [`fargate/port-mapping at ${mapping}`],
    ],
    [{ ...one({ containerPort: 3150 }), ...windows }, [`fargate/port-mapping at ${mapping}[0].containerPort`]],
    [one({ containerPort: 3150 }), []],
    [one({ protocol: 'udp' }), [`fargate/without-effect at ${mapping}[0]`]],
    [one({ containerPort: '80' }), [`fargate/type at ${mapping}[0].containerPort`]],
  ]);
});

describe('dependencies', () => {
  const on = (containerName: string, condition = 'START') => ({ dependsOn: [{ containerName, condition }] });
  holds([
    [withContainers({ name: 'a', ...on('b') }, { name: 'b' }), []],
    [
      withContainer(on('nope')),
      [`fargate/unknown-reference at ${first}.dependsOn[0].containerName`],
      "Cannot depend on container + 'nope' because it does not exist",
    ],
    [
      withContainers({ name: 'a', ...on('b', 'SUCCESS') }, { name: 'b' }),
      [`fargate/dependency-condition at ${first}.dependsOn[0].condition`],
      'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
    ],
    [withContainers({ name: 'a', ...on('b', 'COMPLETE') }, { name: 'b', essential: false }), []],
    [
      withContainers({ name: 'a', ...on('b', 'HEALTHY') }, { name: 'b' }),
      [`fargate/dependency-condition at ${first}.dependsOn[0].condition`],
      'A dependency container with HEALTHY condition must have health check configured',
    ],
    [withContainers({ name: 'a', ...on('b', 'HEALTHY') }, { name: 'b', healthCheck: { command: ['CMD', 'x'] } }), []],
    [withContainer(on('web')), [`fargate/dependency-cycle at ${first}.dependsOn[0]`]],
    [
      withContainers({ name: 'x', ...on('a') }, { name: 'a', ...on('b') }, { name: 'b', ...on('a') }),
      [`fargate/dependency-cycle at ${second}.dependsOn[0]`],
    ],
    [
      withContainers(
        { name: 'a', ...on('b') },
        { name: 'b', ...on('a') },
        { name: 'c', ...on('d') },
        { name: 'd', ...on('c') },
      ),
      [
        `fargate/dependency-cycle at ${first}.dependsOn[0]`,
        'fargate/dependency-cycle at containerDefinitions[2].dependsOn[0]',
      ],
    ],
  ]);

  test('a circle is told whole', () => {
    const [found] = diagnostics(
      withContainers({ name: 'a', ...on('b') }, { name: 'b', ...on('c') }, { name: 'c', ...on('a') }),
    );
    expect(found?.message).toContain('a → b → c → a');
    expect(found?.related).toHaveLength(2);
  });
});

describe('health checks', () => {
  const command = (...words: string[]) => withContainer({ healthCheck: { command: words } });
  const warning = `fargate/health-check-command at ${first}.healthCheck.command[0]`;
  holds([
    [command('CMD-SHELL', 'true'), []],
    [command('CMD', 'true'), []],
    [command('curl', '-f'), [warning]],
    [command('NONE'), [warning]],
  ]);
});

describe('volumes', () => {
  const mounting = (change: object, ...sourceVolumes: string[]) => ({
    ...withContainer({ mountPoints: sourceVolumes.map((sourceVolume) => ({ sourceVolume, containerPath: '/data' })) }),
    ...change,
  });
  holds([
    [mounting({ volumes: [{ name: 'data' }] }, 'data'), []],
    [definition({ volumes: [{ name: 'unmounted', host: {} }] }), []],
    [
      mounting({ volumes: [{ name: 'data' }] }, 'nope'),
      [`fargate/unknown-reference at ${first}.mountPoints[0].sourceVolume`],
      "Unknown volume 'nope'.",
    ],
    [
      withContainer({ volumesFrom: [{ sourceContainer: 'nope' }] }),
      [`fargate/unknown-reference at ${first}.volumesFrom[0].sourceContainer`],
      "Invalid 'volumesFrom' setting. Unknown container: 'nope'",
    ],
    [
      mounting(
        {
          volumes: [
            { name: 'data', configuredAtLaunch: true, efsVolumeConfiguration: { fileSystemId: 'fs-01234567' } },
          ],
        },
        'data',
      ),
      ['fargate/volume at volumes[0]'],
    ],
    [mounting({ volumes: [{ name: 'data', configuredAtLaunch: true }] }, 'data'), []],
    [
      definition({ volumes: [{ name: 'data', configuredAtLaunch: true }] }),
      ['fargate/volume at volumes[0].configuredAtLaunch'],
      'Volumes [data] are not referenced by any of the containers',
    ],
    [
      mounting({ volumes: ['a', 'b'].map((name) => ({ name, configuredAtLaunch: true })) }, 'a', 'b'),
      ['fargate/volume at volumes[1].configuredAtLaunch'],
    ],
  ]);
});

describe('file systems', () => {
  const efs = (change: object) => ({
    ...definition({ volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-01234567', ...change } }] }),
    taskRoleArn: 'role',
  });
  const s3files = (change: object) => ({
    ...definition({ volumes: [{ name: 'v', s3filesVolumeConfiguration: { fileSystemArn: 'arn:x', ...change } }] }),
    taskRoleArn: 'role',
  });
  const at = 'volumes[0].efsVolumeConfiguration';
  const accessPointId = 'fsap-01234567';
  holds([
    [
      efs({ transitEncryption: 'ENABLED', rootDirectory: '/', authorizationConfig: { accessPointId, iam: 'ENABLED' } }),
      [],
    ],
    [
      efs({ transitEncryption: 'ENABLED', rootDirectory: '/srv', authorizationConfig: { accessPointId } }),
      [`fargate/efs at ${at}.rootDirectory`],
      'When using an EFS access point, the root directory must either be set to "/" or be omitted',
    ],
    [
      efs({ authorizationConfig: { iam: 'ENABLED' } }),
      [`fargate/efs at ${at}.authorizationConfig.iam`],
      'EFS IAM authorization requires TransitEncryption to be enabled',
    ],
    [
      efs({ authorizationConfig: { accessPointId }, transitEncryption: 'DISABLED' }),
      [`fargate/efs at ${at}.authorizationConfig.accessPointId`],
    ],
    [
      efs({ transitEncryptionPort: 2049 }),
      [`fargate/efs at ${at}.transitEncryptionPort`],
      'TransitEncryptionPort requires that TransitEncryption is enabled',
    ],
    [s3files({ rootDirectory: '/srv' }), ['fargate/unconfirmed at volumes[0].s3filesVolumeConfiguration']],
    [
      s3files({ rootDirectory: '/srv', accessPointArn: 'arn:y' }),
      [
        'fargate/unconfirmed at volumes[0].s3filesVolumeConfiguration',
        'fargate/volume at volumes[0].s3filesVolumeConfiguration.rootDirectory',
      ],
    ],
  ]);
});

describe('logs', () => {
  const logging = (logDriver: string, options: object, secretOptions: object[] = []) => ({
    ...withContainer({ logConfiguration: { logDriver, options, secretOptions } }),
    executionRoleArn: 'role',
  });
  const right = { 'awslogs-group': '/ecs/shop', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' };
  const at = `${first}.logConfiguration.options`;
  holds([
    [logging('awslogs', right), []],
    [
      logging('awslogs', {}),
      [
        `fargate/log-option-missing at ${at}.awslogs-group`,
        `fargate/log-option-missing at ${at}.awslogs-region`,
        `fargate/log-option-missing at ${at}.awslogs-stream-prefix`,
      ],
      'Log driver awslogs requires options: awslogs-group',
    ],
    [
      logging('awslogs', { ...right, 'awslogs-stream-prefix': '' }),
      [`fargate/log-option-missing at ${at}.awslogs-stream-prefix`],
      'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.',
    ],
    [logging('awslogs', { ...right, 'awslogs-stream': 'x' }), [`fargate/unknown-log-option at ${at}.awslogs-stream`]],
    [logging('awslogs', { ...right, 'awslogs-group': 'a b' }), [`fargate/log-option at ${at}.awslogs-group`]],
    [logging('awslogs', { ...right, mode: 'fast' }), [`fargate/log-option at ${at}.mode`]],
    [logging('awslogs', { ...right, mode: 'non-blocking', 'max-buffer-size': '10m' }), []],
    ...['1048576', '1.5 GiB', '512kb', '25M'].map(
      (size): Case => [logging('awslogs', { ...right, 'max-buffer-size': size }), []],
    ),
    ...['25 megabytes', 'm', '-1m', '10%'].map(
      (size): Case => [
        logging('awslogs', { ...right, 'max-buffer-size': size }),
        [`fargate/log-option at ${at}.max-buffer-size`],
      ],
    ),
    [
      logging('awslogs', { ...right, mode: 'blocking', 'max-buffer-size': '10m' }),
      [`fargate/without-effect at ${at}.max-buffer-size`],
    ],
    [
      logging('awslogs', { ...right, 'awslogs-datetime-format': '%Y', 'awslogs-multiline-pattern': '^x' }),
      [`fargate/without-effect at ${at}.awslogs-multiline-pattern`],
    ],
    [logging('splunk', { 'splunk-url': 'https://x' }, [{ name: 'splunk-token', valueFrom: 'token' }]), []],
    [logging('splunk', { 'splunk-url': 'https://x' }), [`fargate/log-option-missing at ${at}.splunk-token`]],
  ]);
});

describe('FireLens', () => {
  const app = { name: 'app', logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'stdout' } } };
  const router = (options: object) => ({ name: 'router', firelensConfiguration: { type: 'fluentbit', options } });
  holds([
    [withContainers(app, router({ 'config-file-type': 'file', 'config-file-value': '/x.conf' })), []],
    [
      withContainers(app),
      [`fargate/firelens-router at ${first}.logConfiguration.logDriver`],
      'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.',
    ],
    [
      withContainers(app, router({ 'config-file-type': 's3' })),
      [`fargate/firelens-file at ${second}.firelensConfiguration.options.config-file-type`],
      "Fargate launch type does not support FirelensConfiguration config file from 's3'",
    ],
    [
      withContainers({ name: 'app' }, router({})),
      [`fargate/firelens-unused at ${second}.firelensConfiguration`],
      'When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.',
    ],
    // A driver that cannot be read might be awsfirelens.
    [
      withContainers({ name: 'app', logConfiguration: { logDriver: 'firelens' } }, router({})),
      [`fargate/enum at ${first}.logConfiguration.logDriver`],
    ],
    [
      withContainers({ name: 'app', logConfiguration: 'awsfirelens' }, router({})),
      [`fargate/type at ${first}.logConfiguration`],
    ],
  ]);
});

describe('FireLens options', () => {
  const logConfiguration = { logDriver: 'awsfirelens', options: { Name: 'stdout' } };
  const router = (options: object) =>
    withContainer({ logConfiguration, firelensConfiguration: { type: 'fluentbit', options } });
  const at = `${first}.firelensConfiguration.options`;
  holds([
    [router({ 'enable-ecs-log-metadata': 'false' }), []],
    [router({ 'enable-ecs-log-metadata': 'no' }), [`fargate/log-option at ${at}.enable-ecs-log-metadata`]],
    [router({ 'config-file': '/x.conf' }), [`fargate/unknown-log-option at ${at}.config-file`]],
  ]);
});

describe('proxy', () => {
  const names = ['AppPorts', 'ProxyIngressPort', 'ProxyEgressPort', 'EgressIgnoredIPs'];
  const properties = names.map((name) => ({ name, value: '' }));
  const proxied = (proxyConfiguration: object) => definition({ proxyConfiguration });
  holds([
    [proxied({ containerName: 'web', properties }), []],
    [
      proxied({ containerName: 'envoy', properties }),
      ['fargate/unknown-reference at proxyConfiguration.containerName'],
    ],
    [
      proxied({ containerName: 'web', properties: properties.slice(1) }),
      ['fargate/proxy at proxyConfiguration.properties'],
    ],
    [
      proxied({ containerName: 'web', properties: properties.slice(0, 3) }),
      ['fargate/proxy at proxyConfiguration.properties'],
    ],
  ]);
});

describe('system controls', () => {
  const control = (namespace: string, value: string) => ({ systemControls: [{ namespace, value }] });
  holds([
    [withContainers({ name: 'a', ...control('net.a', '1') }, { name: 'b', ...control('net.a', '1') }), []],
    [withContainers({ name: 'a', ...control('kernel.sem', '1') }, { name: 'b', ...control('kernel.sem', '2') }), []],
    [
      withContainers({ name: 'a', ...control('net.a', '1') }, { name: 'b', ...control('net.a', '2') }),
      [`fargate/system-control at ${second}.systemControls[0].value`],
    ],
  ]);
});

describe('ulimits', () => {
  const limits = (name: string, softLimit: number, hardLimit: number) =>
    withContainer({ ulimits: [{ name, softLimit, hardLimit }] });
  holds([
    [limits('nofile', 1024, 1_048_576), []],
    [
      limits('nofile', 2, 1),
      [`fargate/ulimit at ${first}.ulimits[0].softLimit`],
      'Soft limit exceeds hard limit for ulimit nofile',
    ],
    [limits('nofile', 1024, 1_048_577), [`fargate/range at ${first}.ulimits[0].hardLimit`]],
    [limits('core', 1, -1), []],
  ]);
});

describe('registries', () => {
  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop';
  const pulling = (change: object) => ({
    ...withContainer({ repositoryCredentials: { credentialsParameter: 'hub' }, ...change }),
    executionRoleArn: 'role',
  });
  holds([
    [pulling({}), []],
    [pulling({ image }), [`fargate/unconfirmed at ${first}.repositoryCredentials`]],
  ]);
});

describe('accounts of secrets', () => {
  const reading = (account: string, service: 'ssm' | 'secretsmanager') => {
    const name = service === 'ssm' ? 'parameter/db' : 'secret:db-AbCdEf';
    return withContainer({ secrets: [{ name: 'A', valueFrom: `arn:aws:${service}:eu-west-1:${account}:${name}` }] });
  };
  const executionRoleArn = 'arn:aws:iam::111111111111:role/execution';
  holds([
    [{ ...reading('111111111111', 'ssm'), executionRoleArn }, []],
    [{ ...reading('222222222222', 'secretsmanager'), executionRoleArn }, []],
    [{ ...reading('222222222222', 'ssm'), executionRoleArn: 'execution' }, []],
    [
      { ...reading('222222222222', 'ssm'), executionRoleArn },
      [`fargate/secret-account at ${first}.secrets[0].valueFrom`],
      'The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is 111111111111 and the ARN account ID is 222222222222. Cross-account access for ARNs is not currently supported.',
    ],
  ]);
});

describe('roles', () => {
  const logConfiguration = {
    logDriver: 'awslogs',
    options: { 'awslogs-group': 'g', 'awslogs-region': 'r', 'awslogs-stream-prefix': 'p' },
  };
  const secret = { name: 'A', valueFrom: 'a' };
  holds([
    [
      withContainer({ image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop' }),
      [`fargate/execution-role at ${first}.image`],
      'Fargate requires task definition to have execution role ARN to support ECR images.',
    ],
    [withContainer({ image: 'public.ecr.aws/docker/library/nginx' }), []],
    [
      withContainer({ logConfiguration }),
      [`fargate/execution-role at ${first}.logConfiguration.logDriver`],
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    ],
    [{ ...withContainer({ logConfiguration }), executionRoleArn: 'ecsTaskExecutionRole' }, []],
    [
      withContainer({ secrets: [secret] }),
      [`fargate/execution-role at ${first}.secrets`],
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'",
    ],
    [
      withContainer({
        logConfiguration: {
          logDriver: 'splunk',
          options: { 'splunk-url': 'u', 'splunk-token': 't' },
          secretOptions: [{ name: 'x', valueFrom: 'y' }],
        },
      }),
      [`fargate/execution-role at ${first}.logConfiguration.secretOptions`],
    ],
    [
      withContainer({ environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::b/x.env' }] }),
      [`fargate/execution-role at ${first}.environmentFiles`],
    ],
    [
      withContainer({ repositoryCredentials: { credentialsParameter: 'hub' } }),
      [`fargate/execution-role at ${first}.repositoryCredentials`],
    ],
    [
      definition({
        volumes: [
          {
            name: 'v',
            efsVolumeConfiguration: {
              fileSystemId: 'fs-01234567',
              transitEncryption: 'ENABLED',
              authorizationConfig: { iam: 'ENABLED' },
            },
          },
        ],
      }),
      ['fargate/task-role at volumes[0].efsVolumeConfiguration.authorizationConfig.iam'],
    ],
    [
      definition({ volumes: [{ name: 'v', s3filesVolumeConfiguration: { fileSystemArn: 'arn:x' } }] }),
      [
        'fargate/unconfirmed at volumes[0].s3filesVolumeConfiguration',
        'fargate/task-role at volumes[0].s3filesVolumeConfiguration',
      ],
    ],
  ]);

  test('one finding a feature names every container that uses it', () => {
    const value = withContainers({ name: 'a', logConfiguration }, { name: 'b', logConfiguration });
    const [found, ...others] = diagnostics(value);
    expect(found?.related.map(({ source }) => source.file.path)).toEqual([`${second}.logConfiguration.logDriver`]);
    expect(others).toEqual([]);
  });
});

describe('definition size', () => {
  const ofBytes = (bytes: number, character: string) => {
    const without = JSON.stringify(withContainer({ user: 'u', workingDirectory: '' })).length;
    const count = (bytes - without) / new TextEncoder().encode(character).length;
    return withContainer({ user: 'u', workingDirectory: character.repeat(count) });
  };
  test.each(['a', 'é', '語', '😀'])('counts bytes of %s', (character) => {
    const room = 65_536 - JSON.stringify(withContainer({ user: 'u', workingDirectory: '' })).length;
    const width = new TextEncoder().encode(character).length;
    expect(findings(ofBytes(65_536 - (room % width), character))).toEqual([]);
    expect(findings(ofBytes(65_536 - (room % width) + width, character))).toEqual([
      'fargate/too-large at containerDefinitions',
    ]);
  });
});
