import { describe, expect, test } from 'vitest';
import { definition, diagnostics, findings, withContainer } from './findings.ts';

const at = (member: string) => `containerDefinitions[0].${member}`;

test('a definition that is right for Fargate gives no finding', () => {
  expect(findings(definition())).toEqual([]);
});

test('values that say nothing are taken, as AWS returns them itself', () => {
  const empty = {
    links: [],
    dnsServers: [],
    hostname: '',
    privileged: false,
    disableNetworking: false,
    cpu: 0,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    memory: null,
  };
  expect(findings({ ...withContainer(empty), placementConstraints: [], volumes: [], ipcMode: null })).toEqual([]);
});

describe('what is missing', () => {
  test.each(['family', 'networkMode', 'cpu', 'memory', 'containerDefinitions'])('%s', (member) => {
    expect(findings(definition({ [member]: undefined }))).toContain(`fargate/required at ${member}`);
    expect(findings(definition({ [member]: null }))).toContain(`fargate/required at ${member}`);
  });

  test.each([
    [{ name: '' }, 'name'],
    [{ image: undefined }, 'image'],
    [{ healthCheck: {} }, 'healthCheck.command'],
    [{ healthCheck: { command: [] } }, 'healthCheck.command'],
    [{ restartPolicy: {} }, 'restartPolicy.enabled'],
    [{ secrets: [{ valueFrom: 'x' }] }, 'secrets[0].name'],
    [{ secrets: [{ name: 'x' }] }, 'secrets[0].valueFrom'],
    [{ dependsOn: [{ containerName: 'web' }] }, 'dependsOn[0].condition'],
    [{ ulimits: [{ name: 'nofile', softLimit: 1 }] }, 'ulimits[0].hardLimit'],
    [{ logConfiguration: {} }, 'logConfiguration.logDriver'],
    [{ linuxParameters: { tmpfs: [{ containerPath: '/tmp' }] } }, 'linuxParameters.tmpfs[0].size'],
    [{ firelensConfiguration: {} }, 'firelensConfiguration.type'],
    [{ repositoryCredentials: {} }, 'repositoryCredentials.credentialsParameter'],
    [{ environmentFiles: [{ value: 'arn:aws:s3:::b/x.env' }] }, 'environmentFiles[0].type'],
  ])('in a container with %o', (change, member) => {
    expect(findings(withContainer(change))).toContain(`fargate/required at ${at(member)}`);
  });

  test('false is not missing', () => {
    expect(findings(withContainer({ restartPolicy: { enabled: false } }))).toEqual([]);
  });
});

describe('ranges and lengths', () => {
  const healthCheck = (member: string) => (value: number) =>
    withContainer({ healthCheck: { command: ['CMD', 'x'], [member]: value } });
  const name = 'a'.repeat(255);

  test.each([
    [at('healthCheck.interval'), healthCheck('interval'), 5, 300],
    [at('healthCheck.timeout'), healthCheck('timeout'), 2, 60],
    [at('healthCheck.retries'), healthCheck('retries'), 1, 10],
    [at('healthCheck.startPeriod'), healthCheck('startPeriod'), 0, 300],
    [at('startTimeout'), (value: number) => withContainer({ startTimeout: value }), 2, 120],
    [at('stopTimeout'), (value: number) => withContainer({ stopTimeout: value }), 2, 120],
    [
      at('restartPolicy.restartAttemptPeriod'),
      (value: number) => withContainer({ restartPolicy: { enabled: true, restartAttemptPeriod: value } }),
      60,
      1800,
    ],
    [
      at('portMappings[0].containerPort'),
      (value: number) => withContainer({ portMappings: [{ containerPort: value }] }),
      1,
      65535,
    ],
    ['ephemeralStorage.sizeInGiB', (value: number) => definition({ ephemeralStorage: { sizeInGiB: value } }), 21, 200],
    [at('memory'), (value: number) => withContainer({ memory: value }), 6, 1024],
  ])('%s', (path, make, least, most) => {
    const range = `fargate/range at ${path}`;
    expect(findings(make(least))).toEqual([]);
    expect(findings(make(most))).toEqual([]);
    expect(findings(make(least - 1))).toEqual([range]);
    if (path !== at('memory')) expect(findings(make(most + 1))).toEqual([range]);
  });

  test.each([
    [definition({ family: name }), definition({ family: `${name}a` }), 'family'],
    [withContainer({ name }), withContainer({ name: `${name}a` }), at('name')],
    [definition({ tags: tags(50) }), definition({ tags: tags(51) }), 'tags'],
    [
      definition({ tags: [{ key: 'k'.repeat(128), value: 'v'.repeat(256) }] }),
      definition({ tags: [{ key: 'k'.repeat(129), value: '' }] }),
      'tags[0].key',
    ],
    [
      definition({ tags: [{ key: 'k', value: '' }] }),
      definition({ tags: [{ key: 'k', value: 'v'.repeat(257) }] }),
      'tags[0].value',
    ],
    [
      withContainer({ restartPolicy: { enabled: true, ignoredExitCodes: codes(50) } }),
      withContainer({ restartPolicy: { enabled: true, ignoredExitCodes: codes(51) } }),
      at('restartPolicy.ignoredExitCodes'),
    ],
    [
      definition({
        executionRoleArn: 'r',
        containerDefinitions: [{ name: 'w', image: 'i', environmentFiles: files(10) }],
      }),
      definition({
        executionRoleArn: 'r',
        containerDefinitions: [{ name: 'w', image: 'i', environmentFiles: files(11) }],
      }),
      at('environmentFiles'),
    ],
    [
      definition({ containerDefinitions: containersNamed(10) }),
      definition({ containerDefinitions: containersNamed(11) }),
      'containerDefinitions',
    ],
  ])('lengths, case %#', (right, wrong, path) => {
    expect(findings(right)).toEqual([]);
    expect(findings(wrong)).toEqual([`fargate/length at ${path}`]);
  });

  function tags(count: number) {
    return Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' }));
  }
  function codes(count: number) {
    return Array.from({ length: count }, (_, index) => index);
  }
  function files(count: number) {
    return Array.from({ length: count }, (_, index) => ({ type: 's3', value: `arn:aws:s3:::bucket/${index}.env` }));
  }
  function containersNamed(count: number) {
    return Array.from({ length: count }, (_, index) => ({ name: `c${index}`, image: 'nginx' }));
  }
});

describe('patterns', () => {
  const digest = `@sha256:${'0a'.repeat(32)}`;
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf';

  test.each([
    ['nginx:1.27'],
    [`123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop${digest}`],
    [`${'a'.repeat(255)}${digest}`],
    [`nginx${digest.toUpperCase().replace('SHA', 'sha')}`],
  ])('image %s', (image) => {
    expect(findings(definition({ executionRoleArn: 'role', containerDefinitions: [{ name: 'web', image }] }))).toEqual(
      [],
    );
  });

  test.each([
    'nginx latest',
    '$IMAGE',
    'a@sha256:12',
    'a'.repeat(256),
    'nginx:',
    ':1',
    'shop/Web',
    'shop//web',
    'registry.example.com/',
    'nginx:1:2',
  ])('not image %s', (image) => {
    expect(findings(withContainer({ image }))).toEqual([`fargate/pattern at ${at('image')}`]);
  });

  test.each([
    'parameter',
    '/shop/db/password',
    'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db',
    'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/shop',
    arn,
    `${arn}:password::`,
    `${arn}::AWSPREVIOUS:`,
    `${arn}:::0f0f-1`,
    `${arn}:key:AWSCURRENT:`,
  ])('secret %s', (valueFrom) => {
    const containerDefinitions = [{ name: 'web', image: 'nginx', secrets: [{ name: 'A', valueFrom }] }];
    expect(findings(definition({ executionRoleArn: 'role', containerDefinitions }))).toEqual([]);
  });

  test.each([
    `${arn}:password`,
    `${arn}:password:`,
    `${arn}:key:AWSCURRENT:0f0f`,
    'arn:aws:s3:::bucket/key',
    'arn:aws:ssm:eu-west-1:123456789012:secret',
    'with space',
  ])('not secret %s', (valueFrom) => {
    const containerDefinitions = [{ name: 'web', image: 'nginx', secrets: [{ name: 'A', valueFrom }] }];
    expect(findings(definition({ executionRoleArn: 'role', containerDefinitions }))).toEqual([
      `fargate/pattern at ${at('secrets[0].valueFrom')}`,
    ]);
  });

  test.each([
    [definition({ family: 'my shop' }), 'family'],
    [definition({ executionRoleArn: 'arn:aws:iam::12:role/x' }), 'executionRoleArn'],
    [definition({ taskRoleArn: 'arn:aws:iam::123456789012:user/x' }), 'taskRoleArn'],
    [definition({ tags: [{ key: 'AWS:x', value: 'y' }] }), 'tags[0].key'],
    [definition({ tags: [{ key: 'x', value: 'a;b' }] }), 'tags[0].value'],
    [definition({ tags: [{ key: 'x', value: 'aws:y' }] }), 'tags[0].value'],
    [withContainer({ portMappings: [{ containerPort: 80, name: '-web' }] }), at('portMappings[0].name')],
    [withContainer({ portMappings: [{ containerPort: 80, name: 'Web' }] }), at('portMappings[0].name')],
    [withContainer({ portMappings: [{ containerPortRange: '80' }] }), at('portMappings[0].containerPortRange')],
    [withContainer({ user: 'a:b:c' }), at('user')],
    [withContainer({ credentialSpecs: ['x'] }), at('credentialSpecs[0]')],
    [
      withContainer({ systemControls: [{ namespace: 'vm.max_map_count', value: '1' }] }),
      at('systemControls[0].namespace'),
    ],
    [
      withContainer({ linuxParameters: { tmpfs: [{ containerPath: 'tmp', size: 1 }] } }),
      at('linuxParameters.tmpfs[0].containerPath'),
    ],
    [
      withContainer({ linuxParameters: { tmpfs: [{ containerPath: '/tmp', size: 1, mountOptions: ['fast'] }] } }),
      at('linuxParameters.tmpfs[0].mountOptions[0]'),
    ],
    [
      definition({ volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }] }),
      'volumes[0].efsVolumeConfiguration.fileSystemId',
    ],
  ])('refused, case %#', (wrong, path) => {
    expect(findings(wrong)).toEqual([`fargate/pattern at ${path}`]);
  });

  test('an environment file is the ARN of an .env object', () => {
    const container = (value: string) =>
      definition({
        executionRoleArn: 'role',
        containerDefinitions: [{ name: 'web', image: 'nginx', environmentFiles: [{ type: 's3', value }] }],
      });
    const path = `fargate/pattern at ${at('environmentFiles[0].value')}`;
    expect(findings(container('s3://bucket/a.env'))).toEqual([path]);
    expect(findings(container('arn:aws:s3:::bucket/a.txt'))).toEqual([path]);
    expect(findings(container('arn:aws:s3:::bucket/dir/a.env'))).toEqual([]);
  });
});

describe('enumerations', () => {
  test.each([
    [definition({ networkMode: 'bridge' }), 'networkMode', "Fargate only supports network mode 'awsvpc'."],
    [
      definition({ pidMode: 'host' }),
      'pidMode',
      "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ],
    [
      withContainer({ logConfiguration: { logDriver: 'json-file' } }),
      at('logConfiguration.logDriver'),
      'json-file is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]',
    ],
    [
      withContainer({ linuxParameters: { capabilities: { add: ['SYS_PTRACE', 'NET_ADMIN'] } } }),
      at('linuxParameters.capabilities.add[1]'),
      'NET_ADMIN is not allowed on Fargate.',
    ],
    [
      withContainer({ linuxParameters: { capabilities: { drop: ['BPF'] } } }),
      at('linuxParameters.capabilities.drop[0]'),
      undefined,
    ],
    [
      withContainer({ portMappings: [{ containerPort: 80, protocol: 'TCP' }] }),
      at('portMappings[0].protocol'),
      undefined,
    ],
    [withContainer({ ulimits: [{ name: 'open', softLimit: 1, hardLimit: 2 }] }), at('ulimits[0].name'), undefined],
    [withContainer({ versionConsistency: 'on' }), at('versionConsistency'), undefined],
    [
      definition({
        runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2016_FULL' },
        cpu: '1024',
        memory: '2048',
      }),
      'runtimePlatform.operatingSystemFamily',
      undefined,
    ],
    [definition({ runtimePlatform: { cpuArchitecture: 'arm64' } }), 'runtimePlatform.cpuArchitecture', undefined],
  ])('refused, case %#', (wrong, path, aws) => {
    const [found, ...others] = diagnostics(wrong);
    expect([found?.code, found?.source?.file.path, found?.aws]).toEqual(['fargate/enum', path, aws]);
    expect(others).toEqual([]);
  });

  test('say what ECS has elsewhere, suggest what is near, and name the choice', () => {
    const [bridge] = diagnostics(definition({ networkMode: 'bridge' }));
    expect(bridge?.message).toBe('networkMode is "bridge", which ECS has, but not on Fargate.');
    expect(bridge?.help).toBe(`Use awsvpc. AWS answers: "Fargate only supports network mode 'awsvpc'."`);
    const [upper] = diagnostics(withContainer({ portMappings: [{ containerPort: 80, protocol: 'TCP' }] }));
    expect(upper?.help).toBe('Did you mean tcp? Fargate takes tcp or udp.');
    const [nowhere] = diagnostics(withContainer({ linuxParameters: { capabilities: { add: ['FLY'] } } }));
    expect([nowhere?.message, nowhere?.help]).toEqual([
      'linuxParameters.capabilities.add[0] of container web is "FLY", which ECS does not know.',
      'Use SYS_PTRACE.',
    ]);
  });
});

describe('what Fargate does not support', () => {
  test.each([
    [definition({ ipcMode: 'host' }), 'ipcMode', 'Fargate compatible task definitions do not support ipcMode'],
    [
      definition({ placementConstraints: [{ type: 'memberOf' }] }),
      'placementConstraints',
      'Fargate compatible task definitions do not support constraints',
    ],
    [
      definition({ inferenceAccelerators: [{ deviceName: 'a', deviceType: 'b' }] }),
      'inferenceAccelerators',
      "Unsupported field 'inferenceAccelerators'",
    ],
    [withContainer({ links: ['db'] }), at('links'), 'Links are not supported when networkMode=awsvpc'],
    [
      withContainer({ hostname: 'h' }),
      at('hostname'),
      'hostname is not supported on container when networkMode=awsvpc.',
    ],
    [
      withContainer({ privileged: true }),
      at('privileged'),
      'Fargate requires that the ‘privileged’ setting be ‘false’ at the container level.',
    ],
    [
      withContainer({ disableNetworking: true }),
      at('disableNetworking'),
      'Disable Networking is not supported on container when networkMode=awsvpc',
    ],
    [
      withContainer({ dnsServers: ['10.0.0.2'] }),
      at('dnsServers'),
      'DNS servers are not supported on container when networkMode=awsvpc',
    ],
    [withContainer({ dnsSearchDomains: ['x'] }), at('dnsSearchDomains'), undefined],
    [
      withContainer({ extraHosts: [{ hostname: 'a', ipAddress: 'b' }] }),
      at('extraHosts'),
      'Extra hosts are not supported on container when networkMode=awsvpc.',
    ],
    [
      withContainer({ dockerSecurityOptions: ['x'] }),
      at('dockerSecurityOptions'),
      'Fargate compatible task definitions do not support dockerSecurityOptions',
    ],
    [
      withContainer({ resourceRequirements: [{ type: 'GPU', value: '1' }] }),
      at('resourceRequirements'),
      'Tasks using the Fargate launch type do not support GPU resource requirements',
    ],
    [
      withContainer({ linuxParameters: { devices: [{ hostPath: '/dev/x' }] } }),
      at('linuxParameters.devices'),
      'Fargate compatible task definitions do not support devices',
    ],
    [
      withContainer({ linuxParameters: { sharedMemorySize: 64 } }),
      at('linuxParameters.sharedMemorySize'),
      'Fargate compatible task definitions do not support sharedMemorySize',
    ],
    [
      withContainer({ linuxParameters: { maxSwap: 0 } }),
      at('linuxParameters.maxSwap'),
      'Fargate compatible task definitions do not support maxSwap',
    ],
    [withContainer({ linuxParameters: { swappiness: 60 } }), at('linuxParameters.swappiness'), undefined],
    [
      definition({ volumes: [{ name: 'v', host: { sourcePath: '/srv' } }] }),
      'volumes[0].host.sourcePath',
      'Fargate compatible task definitions do not support sourcePath',
    ],
    [
      definition({ volumes: [{ name: 'v', dockerVolumeConfiguration: { driver: 'local' } }] }),
      'volumes[0].dockerVolumeConfiguration',
      'Fargate compatible task definitions do not support dockerVolumeConfiguration',
    ],
    [
      definition({ volumes: [{ name: 'v', fsxWindowsFileServerVolumeConfiguration: { fileSystemId: 'fs-1' } }] }),
      'volumes[0].fsxWindowsFileServerVolumeConfiguration',
      undefined,
    ],
  ])('case %#', (wrong, path, aws) => {
    const [found, ...others] = diagnostics(wrong);
    expect([found?.code, found?.source?.file.path, found?.aws]).toEqual(['fargate/unsupported', path, aws]);
    expect(others).toEqual([]);
  });

  test('what only Linux containers have', () => {
    const windows = {
      cpu: '1024',
      memory: '2048',
      runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
      volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-0123456789abcdef0' } }],
    };
    const container = {
      user: 'root',
      readonlyRootFilesystem: true,
      ulimits: [{ name: 'core', softLimit: 0, hardLimit: 0 }],
    };
    expect(findings({ ...withContainer(container), ...windows })).toEqual([
      `fargate/linux-only at ${at('user')}`,
      `fargate/linux-only at ${at('readonlyRootFilesystem')}`,
      `fargate/linux-only at ${at('ulimits')}`,
      'fargate/linux-only at volumes[0].efsVolumeConfiguration',
    ]);
    expect(findings(definition({ ...windows, volumes: [] }))).toEqual([]);
  });
});

describe('what is of a wrong type or unknown', () => {
  test.each([
    [definition({ cpu: 256 }), 'cpu', 'cpu is 256, and ECS takes a string there.'],
    [
      definition({ containerDefinitions: {} }),
      'containerDefinitions',
      'containerDefinitions is an object, and ECS takes an array there.',
    ],
    [
      withContainer({ cpu: '256' }),
      at('cpu'),
      'cpu of container web is the string "256", and ECS takes a whole number there.',
    ],
    [
      withContainer({ memory: 12.5 }),
      at('memory'),
      'memory of container web is 12.5, and ECS takes a whole number there.',
    ],
    [
      withContainer({ essential: 'true' }),
      at('essential'),
      'essential of container web is the string "true", and ECS takes true or false there.',
    ],
    [
      withContainer({ command: 'ls' }),
      at('command'),
      'command of container web is the string "ls", and ECS takes an array there.',
    ],
    [
      withContainer({ command: ['ls', 1] }),
      at('command[1]'),
      'command[1] of container web is 1, and ECS takes a string there.',
    ],
    [
      withContainer({ command: [null] }),
      at('command[0]'),
      'command[0] of container web is null, and ECS takes a string there.',
    ],
    [
      withContainer({ environment: { A: 'b' } }),
      at('environment'),
      'environment of container web is an object, and ECS takes an array there.',
    ],
    [
      withContainer({ dockerLabels: { a: 1 } }),
      at('dockerLabels.a'),
      'dockerLabels.a of container web is 1, and ECS takes a string there.',
    ],
  ])('types, case %#', (wrong, path, message) => {
    const [found, ...others] = diagnostics(wrong);
    expect([found?.code, found?.source?.file.path, found?.message]).toEqual(['fargate/type', path, message]);
    expect(others).toEqual([]);
  });

  test.each([[null], [[]], ['text'], [1], [undefined]])('no definition at all: %j', (value) => {
    expect(findings(value)).toContain('fargate/type at ');
  });

  test.each([
    [definition({ Family: 'x' }), 'Family', 'Did you mean family?'],
    [withContainer({ healthcheck: {} }), at('healthcheck'), 'Did you mean healthCheck?'],
    [
      withContainer({ portMappings: [{ containerport: 80, containerPortRange: '80-81' }] }),
      at('portMappings[0].containerport'),
      'Did you mean containerPort?',
    ],
    [withContainer({ depends_on: [] }), at('depends_on'), 'Did you mean dependsOn?'],
    [withContainer({ somethingElse: 1 }), at('somethingElse'), 'Remove it.'],
    [definition({ volumes: [{ name: 'v', toString: 1 }] }), 'volumes[0].toString', 'Remove it.'],
  ])('unknown members, case %#', (wrong, path, help) => {
    const [found, ...others] = diagnostics(wrong);
    expect([found?.code, found?.source?.file.path, found?.help]).toEqual(['fargate/unknown-member', path, help]);
    expect(others).toEqual([]);
  });

  test('a member that is spelt otherwise is not missing as well', () => {
    const { family, ...rest } = definition();
    expect(findings({ ...rest, Family: family })).toEqual(['fargate/unknown-member at Family']);
    const { requiresCompatibilities: RequiresCompatibilities, ...others } = definition();
    expect(findings({ ...others, RequiresCompatibilities })).toEqual([
      'fargate/unknown-member at RequiresCompatibilities',
    ]);
    expect(findings(withContainer({ secrets: [{ Name: 'A', valueFrom: 'a' }] }))).toEqual([
      `fargate/unknown-member at ${at('secrets[0].Name')}`,
      `fargate/execution-role at ${at('secrets')}`,
    ]);
  });

  test('what DescribeTaskDefinition returns is told once, for information', () => {
    const [found, ...others] = diagnostics(definition({ revision: 3, status: 'ACTIVE', registeredAt: 1.5 }));
    expect([found?.code, found?.severity]).toEqual(['fargate/response-members', 'info']);
    expect(found?.message).toContain('revision, status, registeredAt');
    expect(others).toEqual([]);
  });

  test('what is missing comes with an example, and what is empty is called so', () => {
    const [missing] = diagnostics(definition({ cpu: undefined }));
    expect([missing?.message, missing?.help]).toEqual([
      'cpu is missing, and ECS asks for it.',
      `Add it, for example "cpu": "256". AWS answers: "Fargate requires that 'cpu' be defined at the task level."`,
    ]);
    const [empty] = diagnostics(withContainer({ healthCheck: { command: [] } }));
    expect(empty?.message).toBe('healthCheck.command of container web is empty, and ECS asks for it.');
  });

  test.each([
    [definition({ cpu: 256 }), 'Write "256".'],
    [withContainer({ memory: '512' }), 'Write 512, without quotes.'],
    [withContainer({ essential: 'false' }), 'Write false, without quotes.'],
    [withContainer({ memory: '512m' }), 'Write a whole number.'],
    [withContainer({ command: 'ls' }), 'Write an array.'],
  ])('say how it is written, case %#', (wrong, help) => {
    expect(diagnostics(wrong)[0]?.help).toBe(help);
  });
});
