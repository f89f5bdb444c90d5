import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { type Result, run } from '../run.ts';

/** Runs `iam` with these words on a project of these files, in Ireland unless it is told otherwise. */
async function iam(files: { readonly compose: string; readonly params?: string }, words: string): Promise<Result> {
  const params = files.params === undefined ? {} : { 'ecs-params.yml': files.params };
  const cwd = folder({ 'compose.yaml': files.compose, ...params });
  return run(['iam', ...words.split(' ')], { cwd, env: { AWS_REGION: 'eu-west-1' } });
}

/** The resources of each statement, by its Sid. */
function resources({ out }: Pick<Result, 'out'>): Readonly<Record<string, unknown>> {
  const { Statement }: { Statement: { Sid: string; Resource: readonly string[] }[] } = JSON.parse(out);
  return Object.fromEntries(Statement.map(({ Sid, Resource }) => [Sid, Resource]));
}

const inAccount = '--account 123456789012';

describe('iam execution', () => {
  test('pulls from the ECR repositories of the images alone, in the account and region that each names', async () => {
    const compose = `
name: shop
services:
  web: {image: "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/team/web:1@sha256:${'a'.repeat(64)}"}
  worker: {image: "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/team/web:2"}
  job: {image: 444455556666.dkr-ecr.eu-west-1.on.aws/job}
  cache: {image: public.ecr.aws/docker/library/redis:7}
  proxy: {image: nginx}
`;
    expect(resources(await iam({ compose }, `execution ${inAccount}`))).toEqual({
      LogInToEcr: ['*'],
      PullImages: [
        'arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/team/web',
        'arn:aws:ecr:eu-west-1:444455556666:repository/job',
      ],
      WriteLogs: ['arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/shop:*'],
    });
  });

  test('writes to the groups that the files name, and makes those that a container is to make', async () => {
    const compose = `
name: shop
services:
  web:
    image: nginx
    logging:
      driver: awslogs
      options:
        awslogs-group: web
        awslogs-region: eu-north-1
        awslogs-stream-prefix: web
        awslogs-create-group: "true"
  worker:
    image: nginx
    logging:
      driver: awslogs
      options: {awslogs-group: worker, awslogs-region: eu-west-1, awslogs-stream-prefix: worker}
`;
    expect(resources(await iam({ compose }, `execution ${inAccount}`))).toEqual({
      CreateLogGroups: ['arn:aws:logs:eu-north-1:123456789012:log-group:web:*'],
      WriteLogs: [
        'arn:aws:logs:eu-north-1:123456789012:log-group:web:*',
        'arn:aws:logs:eu-west-1:123456789012:log-group:worker:*',
      ],
    });
  });

  test('reads secrets, parameters, registry credentials and environment files by their ARNs', async () => {
    const compose = `
name: shop
services:
  web: {image: registry.example.com/web, logging: {driver: splunk, options: {splunk-url: https://s}}}
`;
    const params = `
version: 1
task_definition:
  services:
    web:
      repository_credentials: {credentials_parameter: registry}
      logging: {secret_options: [{name: splunk-token, value_from: /shop/splunk}]}
      environment_files: [{type: s3, value: "arn:aws:s3:::settings/shop/web.env"}]
      secrets:
        - {name: A, value_from: "arn:aws:secretsmanager:eu-west-1:999900001111:secret:shop/db-AbCdEf:password::"}
        - {name: B, value_from: "arn:aws:secretsmanager:eu-west-1:999900001111:secret:shop/db-AbCdEf:user::"}
        - {name: C, value_from: "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/key"}
        - {name: D, value_from: key}
        - {name: E, value_from: /aws/reference/secretsmanager/shared}
`;
    const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(resources(await iam({ compose, params }, `execution ${inAccount} --kms-key ${key}`))).toEqual({
      ReadParameters: [
        'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/key',
        'arn:aws:ssm:eu-west-1:123456789012:parameter/key',
        'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/splunk',
      ],
      ReadSecrets: [
        'arn:aws:secretsmanager:eu-west-1:999900001111:secret:shop/db-AbCdEf',
        'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared-??????',
        'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-??????',
      ],
      DecryptSecrets: [key],
      ReadEnvironmentFiles: ['arn:aws:s3:::settings/shop/web.env'],
      FindEnvironmentFiles: ['arn:aws:s3:::settings'],
    });
  });

  test('whoever writes secrets with a key of their own may use it, by the stores alone', async () => {
    const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const compose = 'services: {web: {image: nginx}}';
    for (const command of ['secrets push', 'registry-creds up']) {
      const { out } = await iam({ compose }, `deployer ${command} -p shop ${inAccount} --kms-key ${key}`);
      const own = JSON.parse(out).Statement.filter(({ Sid }: { Sid: string }) => Sid === 'EncryptSecrets');
      expect(own).toEqual([
        {
          Sid: 'EncryptSecrets',
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
          Resource: [key],
          Condition: { StringLike: { 'kms:ViaService': ['secretsmanager.*.amazonaws.com*', 'ssm.*.amazonaws.com*'] } },
        },
      ]);
      expect((await iam({ compose }, `deployer ${command} -p shop ${inAccount}`)).out).not.toContain('kms:');
    }
  });

  test('the account is that of the role, else a word that stderr asks to replace', async () => {
    const compose = 'services: {web: {image: nginx}}';
    const unknown = await iam({ compose }, 'execution -p shop');
    expect(unknown.out).toContain('"arn:aws:logs:eu-west-1:ACCOUNT_ID:log-group:/ecs/shop:*"');
    expect(unknown.error).toBe('Write your own in place of ACCOUNT_ID, or name it with --account.\n');
    expect((await iam({ compose }, 'execution -p shop -q')).error).toBe('');
    const params = 'version: 1\ntask_definition: {task_execution_role: "arn:aws:iam::123456789012:role/own"}';
    const known = await iam({ compose, params }, 'execution -p shop');
    expect(known).toMatchObject({ error: '', out: expect.stringContaining(':123456789012:') });
  });

  test('--trust lets the tasks of this account in this region assume the role, and nobody else', async () => {
    const { out } = await iam({ compose: 'services: {web: {image: nginx}}' }, `execution --trust ${inAccount}`);
    expect(JSON.parse(out).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: ['sts:AssumeRole'],
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:eu-west-1:123456789012:*' },
        },
      },
    ]);
  });

  test.each([
    ['--account 12', '"12" is no AWS account. Write its 12 digits.'],
    ['--kms-key alias/own', '"alias/own" is no ARN of a KMS key.'],
  ])('%s is wrong usage', async (words, said) => {
    const { code, out, error } = await iam({ compose: 'services: {web: {image: nginx}}' }, `execution ${words}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(said);
  });

  test('a project with errors has no policy', async () => {
    const { code, out } = await iam({ compose: 'services: {web: {build: .}}' }, 'execution');
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });
});

describe('iam task', () => {
  const compose = `
name: shop
services:
  web:
    image: nginx
    volumes: ["data:/data", "site:/site:ro"]
    x-aws-policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
    x-aws-role: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: "*"}]}
  worker:
    image: nginx
    x-aws-role: {Statement: {Effect: Deny, Action: "s3:DeleteObject", Resource: "*"}}
volumes: {data: {}, site: {}}
`;
  const params = `
version: 1
task_definition:
  task_role_arn: shopTask
  efs_volumes:
    - {name: data, filesystem_id: fs-1234abcd, iam: ENABLED}
    - {name: site, filesystem_id: fs-1234abcd, access_point: fsap-1234abcd, iam: ENABLED}
run_params: {enable_execute_command: true}
`;

  test('opens sessions for "exec", mounts what IAM guards, and has the statements of the files', async () => {
    const { out, error } = await iam({ compose, params }, `task ${inAccount}`);
    const { Statement } = JSON.parse(out);
    const fileSystem = 'arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-1234abcd';
    expect(Statement).toEqual([
      expect.objectContaining({ Sid: 'OpenSessions', Resource: ['*'] }),
      {
        Sid: 'MountVolume1',
        Effect: 'Allow',
        Action: [
          'elasticfilesystem:ClientMount',
          'elasticfilesystem:ClientWrite',
          'elasticfilesystem:ClientRootAccess',
        ],
        Resource: [fileSystem],
      },
      {
        Sid: 'MountVolume2',
        Effect: 'Allow',
        Action: ['elasticfilesystem:ClientMount'],
        Resource: [fileSystem],
        Condition: {
          StringEquals: {
            'elasticfilesystem:AccessPointArn':
              'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1234abcd',
          },
        },
      },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
      { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
    ]);
    expect(error).toBe(
      'Attach to the role too, as x-aws-policies says: arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\n',
    );
  });

  test('of a project that needs none it is empty, which is said', async () => {
    const { code, out, error } = await iam({ compose: 'services: {web: {image: nginx}}' }, 'task');
    expect({ code, policy: JSON.parse(out) }).toEqual({ code: 0, policy: { Version: '2012-10-17', Statement: [] } });
    expect(error).toContain('The files ask for nothing that needs a task role.');
  });
});

describe('iam deployer', () => {
  const compose = 'name: shop\nservices: {web: {image: nginx, ports: ["80:80"]}}';

  test('is narrowed down to the project, its cluster and its roles', async () => {
    const { out } = await iam({ compose }, `deployer up ${inAccount} --cluster production`);
    const statements: { Sid: string }[] = JSON.parse(out).Statement;
    const bySid = Object.fromEntries(statements.map((statement) => [statement.Sid, statement]));
    expect(bySid).not.toHaveProperty('CreateCluster');
    expect(bySid).toMatchObject({
      RunTasks: {
        Resource: ['arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:*'],
        Condition: { ArnEquals: { 'ecs:cluster': 'arn:aws:ecs:eu-west-1:123456789012:cluster/production' } },
      },
      UseTasks: { Resource: ['arn:aws:ecs:eu-west-1:123456789012:task/production/*'] },
      PassTaskRoles: {
        Resource: ['arn:aws:iam::123456789012:role/ecsTaskExecutionRole'],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
      FindSubnets: { Action: ['ec2:DescribeSubnets'] },
      CreateSecurityGroup: {
        Resource: ['arn:aws:ec2:eu-west-1:123456789012:security-group/*'],
        Condition: { StringEquals: { 'aws:RequestTag/compose2fargate:project': 'shop' } },
      },
      TagSecurityGroup: { Condition: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } } },
      OpenPorts: {
        Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
        Condition: { StringEquals: { 'aws:ResourceTag/compose2fargate:project': 'shop' } },
      },
    });
  });

  test('--create-roles adds the right to make the execution role, and to pass it', async () => {
    expect((await iam({ compose }, `deployer ${inAccount}`)).out).not.toMatch(/iam:CreateRole|DescribeClusters/);
    const made = 'arn:aws:iam::123456789012:role/shop-execution-eu-west-1';
    const task = 'arn:aws:iam::123456789012:role/shop-task-eu-west-1';
    const usual = 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole';
    expect(resources(await iam({ compose }, `deployer ${inAccount} --create-roles`))).toMatchObject({
      PassTaskRoles: [usual, made],
      MakeRoles: [made, task],
      FindRoles: [usual, made, task],
    });
  });

  test('--create-roles lets it attach the policies that the files name, and no others', async () => {
    const policies = `{image: nginx, x-aws-policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]}`;
    const files = { compose: `name: shop\nservices: {web: ${policies}}` };
    const { out } = await iam(files, `deployer up ${inAccount} --create-roles`);
    const statements: { Sid: string }[] = JSON.parse(out).Statement;
    expect(statements.find(({ Sid }) => Sid === 'AttachPolicies')).toMatchObject({
      Resource: ['arn:aws:iam::123456789012:role/shop-task-eu-west-1'],
      Condition: { ArnEquals: { 'iam:PolicyARN': ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
    });
    expect(resources({ out })['PassTaskRoles']).toContain('arn:aws:iam::123456789012:role/shop-task-eu-west-1');
  });

  test('asks nothing of EC2 where the files name the network and publish nothing', async () => {
    const network = '{subnets: [subnet-1], assign_public_ip: ENABLED}';
    const params = `version: 1\nrun_params: {network_configuration: {awsvpc_configuration: ${network}}}`;
    const { out } = await iam({ compose: 'services: {web: {image: nginx}}', params }, 'deployer -p shop');
    expect(out).not.toContain('ec2:');
  });

  test('lets the role of EBS volumes be passed to ECS itself', async () => {
    const volumes = 'name: shop\nservices: {web: {image: nginx, volumes: ["data:/data"]}}\nvolumes: {data: {}}';
    const params = `
version: 1
task_definition: {volumes: [{name: data, configured_at_launch: true}]}
run_params:
  volume_configurations:
    - name: data
      managed_ebs_volume: {role_arn: "arn:aws:iam::123456789012:role/ecsInfrastructureRole", size_in_gib: 10}
`;
    const { out } = await iam({ compose: volumes, params }, `deployer up ${inAccount}`);
    expect(out).toContain('"arn:aws:iam::123456789012:role/ecsInfrastructureRole"');
    expect(out).toContain('"iam:PassedToService": "ecs.amazonaws.com"');
  });

  test('lets images be pushed to the repositories of the project, where it builds any', async () => {
    const built = 'name: shop\nservices: {web: {build: .}, db: {image: "mysql:8"}}';
    const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/web';
    expect(resources(await iam({ compose: built }, `deployer up ${inAccount}`))).toMatchObject({
      LogInToEcr: ['*'],
      UseRepositories: [repository],
    });
    expect(resources(await iam({ compose: built }, `deployer push ${inAccount}`))).toEqual({
      LogInToEcr: ['*'],
      UseRepositories: [repository],
    });
    expect((await iam({ compose }, `deployer ${inAccount}`)).out).not.toContain('ecr:');
  });

  test('the stack of a cluster is changed through CloudFormation alone, and no other stack', async () => {
    const { out } = await iam({ compose }, `deployer cluster up ${inAccount} --cluster production`);
    const statements: { Sid: string; Condition?: object }[] = JSON.parse(out).Statement;
    const stack = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/compose2fargate-production/*';
    const through = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } };
    expect(Object.fromEntries(statements.map((statement) => [statement.Sid, statement]))).toMatchObject({
      ChangeClusterStack: { Resource: [stack] },
      MakeNetwork: { Action: expect.arrayContaining(['ec2:CreateVpc', 'ec2:CreateNatGateway']), Condition: through },
      MakeCluster: { Resource: ['arn:aws:ecs:eu-west-1:123456789012:cluster/production'], Condition: through },
      MakeClusterRole: {
        Resource: ['arn:aws:iam::123456789012:role/compose2fargate-production-*'],
        Condition: through,
      },
    });
    expect((await iam({ compose }, `deployer ${inAccount}`)).out).not.toContain('ec2:CreateVpc');
  });

  test('keeps the secrets of the project, and the role of its registries', async () => {
    expect(resources(await iam({ compose }, `deployer secrets push ${inAccount}`))).toEqual({
      KeepSecrets: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/*'],
      KeepParameters: ['arn:aws:ssm:eu-west-1:123456789012:parameter/shop/*'],
    });
    const role = 'arn:aws:iam::123456789012:role/registries';
    expect(resources(await iam({ compose }, `deployer registry-creds up ${inAccount} --role-name registries`))).toEqual(
      {
        KeepSecrets: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/*'],
        FindKeysOfSecrets: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/*'],
        MakeRoles: [role],
        AttachExecutionPolicy: [role],
        FindRoles: [role],
        FindAccount: ['arn:aws:ecs:eu-west-1:123456789012:cluster/default'],
      },
    );
  });

  test('commands of two words are told apart from others', async () => {
    const { out } = await iam({ compose }, `deployer service rm ps ${inAccount}`);
    expect(out).toContain('ecs:DeleteService');
    expect(out).not.toContain('ecs:StopTask');
  });

  test.each([
    ['cluster upp', '"cluster upp" is no command that calls AWS. Did you mean "cluster up"?'],
    ['service rn', '"service rn" is no command that calls AWS. Did you mean "service rm"?'],
    ['convert', '"convert" is no command that calls AWS. Those that call it are up, plan, ps,'],
  ])('%s is no command to have a policy for', async (words, said) => {
    const { code, out, error } = await iam({ compose }, `deployer ${words}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(said);
  });
});
