import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Compiled, compile } from '../../src/compile.ts';
import type { Code } from '../../src/diagnostics/diagnostic.ts';
import { nodeHost } from '../../src/node.ts';
import { differencesFrom } from './meaning.ts';

/**
 * The inputs of ecs-cli's own tests with what it registered for them, which stand beside the repository where they
 * are. What each teaches is a case of fixtures/ecs-cli as well, so that a clone without them is protected.
 */
const root = fileURLToPath(new URL('../../../shared/conformance/ecs-cli/', import.meta.url));

/** Why our definition is another than ecs-cli's, and the finding that says so to the user, if it needs saying. */
interface Reason {
  readonly why: string;
  readonly finding?: Code;
}

const reasons = {
  network: { why: 'a Fargate task has no other network mode' },
  size: { why: 'Fargate wants a size, and the file gives none', finding: 'transform/size-assumed' },
  role: { why: 'Fargate writes logs with an execution role', finding: 'transform/execution-role-assumed' },
  logs: { why: 'the output of a container without a log driver is lost', finding: 'transform/logs-generated' },
  memory: { why: 'what is assumed is counted, not made a limit', finding: 'transform/memory-assumed' },
  interval: { why: 'ECS takes 300 seconds at most', finding: 'transform/health-adjusted' },
  reservation: { why: 'a reservation is no limit' },
} as const satisfies Record<string, Reason>;

type Differences = Readonly<Record<string, readonly [ours: unknown, reason: Reason]>>;

/** Nothing but containers: networks, sizes and roles are filled in. */
const filled = (memory: number): Differences => ({
  networkMode: ['awsvpc', reasons.network],
  cpu: [256, reasons.size],
  memory: [memory, reasons.size],
  executionRoleArn: ['ecsTaskExecutionRole', reasons.role],
});

const assumed = (...services: readonly string[]): Differences =>
  Object.fromEntries(services.map((service) => [`containers.${service}.memory`, [undefined, reasons.memory]]));

const logged = (project: string, ...services: readonly string[]): Differences =>
  Object.fromEntries(
    services.flatMap((service) =>
      Object.entries({
        logDriver: 'awslogs',
        'options.awslogs-group': `/ecs/${project}`,
        'options.awslogs-region': 'us-east-1',
        'options.awslogs-stream-prefix': service,
      }).map(([member, value]) => [`containers.${service}.logConfiguration.${member}`, [value, reasons.logs]]),
    ),
  );

/** The cases that become a definition, and what is in it otherwise than ecs-cli registered. */
const converted: Readonly<Record<string, Differences>> = {
  'packt-ch07': {},
  'readme-l1066': logged('readme-l1066', 'web'),
  'readme-l424': logged('readme-l424', 'web'),
  'test-convert-to-task-definition-with-ecsparams-compose-memory-less-than-memory-res-1': filled(1024),
  'test-convert-to-task-definition-with-ecsparams-essential-explicitly-marked-1': {
    ...filled(1024),
    ...assumed('mysql', 'wordpress'),
  },
  'test-convert-to-task-definition-with-ecsparams-health-check-1': {
    ...filled(512),
    ...assumed('web'),
    'containers.web.healthCheck.interval': [300, reasons.interval],
  },
  'test-convert-to-task-definition-with-ecsparams-health-check-override-compose-1': {
    ...filled(512),
    ...assumed('web'),
    'containers.web.healthCheck.interval': [300, reasons.interval],
  },
  'test-convert-to-task-definition-with-ecsparams-logging-secret-options-1': { ...filled(512), ...assumed('web') },
  'test-convert-to-task-definition-with-ecsparams-mem-limit-only-provided-1': filled(512),
  'test-convert-to-task-definition-with-ecsparams-secrets-1': { ...filled(512), ...assumed('web') },
  'test-parse-compose-v2-1': logged('test-parse-compose-v2-1', 'mysql', 'wordpress'),
  'test-parse-compose-v2-with-task-definition-placement-constraint-1': logged(
    'test-parse-compose-v2-with-task-definition-placement-constraint-1',
    'mysql',
  ),
  'test-parse-v1-v2-memory-validation-1': {
    ...logged('test-parse-v1-v2-memory-validation-1', 'web'),
    'containers.web.memory': [undefined, reasons.reservation],
  },
  'test-parse-v3-health-check-disabled-1': logged('test-parse-v3-health-check-disabled-1', 'wordpress'),
  'test-parse-v3-with-key-only-env-vars-1': logged('test-parse-v3-with-key-only-env-vars-1', 'web'),
  'test-parse-v3-with-multiple-files-1': logged('test-parse-v3-with-multiple-files-1', 'mysql', 'wordpress'),
  'test-read-ecsparams-with-fargate-run-params-1': {},
  'test-read-ecsparams-with-health-check-1': {
    ...filled(2048),
    ...assumed('elasticsearch', 'logstash', 'mysql', 'wordpress'),
    'containers.logstash.healthCheck.interval': [300, reasons.interval],
  },
  'test-read-ecsparams-with-run-params-1': {
    ...assumed('web'),
    cpu: [256, reasons.size],
    memory: [512, reasons.size],
    executionRoleArn: ['ecsTaskExecutionRole', reasons.role],
  },
};

/** The cases that are refused: the findings, each with the reason. */
const refused: Readonly<Record<string, Partial<Record<Code, string>>>> = {
  'create-ec2-tutorial-compose-file-1': { 'fargate/memory-sum': 'two containers of 500 MiB in a task of 512' },
  'readme-l688': { 'fargate/no-essential': 'the only container is not essential; ecs-cli refused it too' },
  'readme-l714': { 'params/refused': 'task placement is for EC2' },
  'test-convert-to-task-definition-with-ecsparams-1': { 'params/network-mode': 'host mode is for EC2' },
  'test-convert-to-task-definition-with-ecsparams-all-containers-marked-not-essential-1': {
    'fargate/no-essential': 'ecs-cli refused it too',
  },
  'test-convert-to-task-definition-with-ecsparams-all-fields-1': {
    'fargate/no-essential': 'ecs-cli refused it too',
    'fargate/pattern': 'the ARN of the credentials has neither region nor account',
    'fargate/task-size': '256 CPU units do not go with 5 GB',
  },
  'test-convert-to-task-definition-with-ecsparams-and-task-role-arn-flag-1': {
    'params/network-mode': 'host mode is for EC2',
  },
  'test-convert-to-task-definition-with-ecsparams-container-resources-present-1': {
    'transform/memory-too-small': '5 MiB are less than Docker gives a container',
  },
  'test-convert-to-task-definition-with-ecsparams-essential-blank-for-all-services-1': {
    'params/network-mode': 'host mode is for EC2',
  },
  'test-convert-to-task-definition-with-ecsparams-essential-blank-for-one-service-1': {
    'params/network-mode': 'host mode is for EC2',
  },
  'test-convert-to-task-definition-with-ecsparams-essential-one-container-1': {
    'fargate/no-essential': 'ecs-cli refused it too',
  },
  'test-convert-to-task-definition-with-ecsparams-mem-res-greater-than-mem-limit-1': {
    'fargate/memory-reservation': 'ecs-cli refused it too',
  },
  'test-convert-to-task-definition-with-ecsparams-with-task-size-1': { 'params/invalid-value': 'ECS has no MB' },
  'test-convert-to-task-definition-with-ecsregistry-creds-override-ecsparams-values-2': {
    'params/network-mode': 'host mode is for EC2',
    'fargate/pattern': 'the ARN of the credentials has neither region nor account',
  },
  'test-convert-to-task-definition-with-efsvolume-1': { 'params/invalid-value': 'fs-1234 is no id of a file system' },
  'test-convert-to-task-definition-with-efsvolume-no-id-1': { 'params/missing-key': 'ecs-cli refused it too' },
  'test-parse-compose-v2-with-task-definition-placement-constraint-2': {
    'params/refused': 'placement constraints are for EC2',
  },
  'test-parse-compose-v2-with-volume-configs-1': {
    'compose/volume-syntax': 'a volume ":/tmp/cache" has an empty source, and Docker Compose refuses it',
  },
  'test-parse-ecsparams-with-fargate-params-1': { 'fargate/task-size': 'Fargate has neither 200 units nor 1000 MiB' },
  'test-parse-v3-error-with-external-volume-1': { 'compose/schema-type': 'ecs-cli refused it too' },
  'test-parse-v3-with-default-dot-env-file-1': { 'compose/interpolation-syntax': 'ecs-cli refused it too' },
  'test-parse-v3-with-env-from-shell-1': { 'compose/no-image': 'the variable of the image is not set' },
  'test-parse-v3-with-one-file-1': {
    'transform/key-refused': 'privileged containers and devices are for EC2',
    'transform/extra-host': 'a task has no extra hosts',
    'transform/capability': 'Fargate adds SYS_PTRACE only',
  },
  'test-read-ecsparams-with-docker-volumes-1': { 'params/refused': 'Docker volumes are for EC2' },
  'test-read-ecsparams-with-service-discovery-all-fields-1': {
    'params/excluded': 'ecs-cli refused it only where service discovery was switched on',
  },
  'test-read-ecsparams-with-services-1': { 'params/invalid-value': 'ECS has no condition STARTED' },
  'test-read-ecsparams-with-task-placement-1': { 'params/refused': 'placement is for EC2' },
};

describe.skipIf(!existsSync(root))('the inputs of the tests of ecs-cli', () => {
  it('are all known', () => {
    expect(Object.keys({ ...converted, ...refused }).sort()).toEqual(readdirSync(root).sort());
  });

  it.each(Object.entries(converted))('%s means the same, but for what is listed', (name, differences) => {
    const { task, diagnostics } = compiled(name);
    const registered = JSON.parse(readFileSync(join(root, name, 'registered.json'), 'utf8'));
    const found = task === undefined ? [] : differencesFrom(registered, task.definition);
    expect(Object.fromEntries(found.map(([path, , ours]) => [path, ours]))).toEqual(
      Object.fromEntries(Object.entries(differences).map(([path, [ours]]) => [path, ours])),
    );
    const codes = diagnostics.map(({ code }) => code);
    for (const [, { finding }] of Object.values(differences))
      if (finding !== undefined) expect(codes).toContain(finding);
    expect(task).toBeDefined();
  });

  it.each(Object.entries(refused))('%s is refused at its line', (name, findings) => {
    const errors = compiled(name).diagnostics.filter(({ severity }) => severity === 'error');
    expect([...new Set(errors.map(({ code }) => code))].sort()).toEqual(Object.keys(findings).sort());
    expect(errors.filter(({ source }) => source === undefined)).toEqual([]);
  });
});

function compiled(name: string): Compiled {
  const directory = join(root, name);
  const host = { ...nodeHost(), cwd: directory, environment: {} };
  return compile(host, { files: [join(directory, 'docker-compose.yml')], region: 'us-east-1' });
}
