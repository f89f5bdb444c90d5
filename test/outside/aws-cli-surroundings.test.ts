import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test, vi } from 'vitest';
import { cliWith } from '../end-to-end/cli.ts';
import { served } from '../end-to-end/served.ts';
import { folder } from '../folder.ts';
import { awsCli } from './aws-cli.ts';

const accountId = '123456789012';

const trust = document({ Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' });

/** The stock AWS CLI against `compose2fargate simulator`: what stands around tasks, by the members it reads. */
describe.skipIf(inject('judges') === undefined)('the AWS CLI, around a service', () => {
  test('makes, opens and deletes a security group, but none that a task is in', async () => {
    const { aws, up, refused } = await start();
    const create = ['ec2', 'create-security-group', '--group-name', 'web', '--description', 'a & <b>'];
    const tags = ['--tag-specifications', 'ResourceType=security-group,Tags=[{Key=team,Value=a}]'];
    const { GroupId } = await aws(...create, ...tags);
    await refused('InvalidGroup.Duplicate', 'CreateSecurityGroup', ...create);
    const group = ['--group-id', GroupId];
    const peers = `IpRanges=[{CidrIp=10.1.2.3/8,Description=all}],Ipv6Ranges=[{CidrIpv6=::/0}],UserIdGroupPairs=[{GroupId=${GroupId}}]`;
    const permission = ['--ip-permissions', `IpProtocol=tcp,FromPort=80,ToPort=80,${peers}`];
    const authorize = ['ec2', 'authorize-security-group-ingress', ...group, ...permission];
    await aws(...authorize);
    await refused('InvalidPermission.Duplicate', 'AuthorizeSecurityGroupIngress', ...authorize);
    const { SecurityGroups } = await aws('ec2', 'describe-security-groups', '--group-names', 'web');
    expect(SecurityGroups).toMatchObject([
      {
        GroupId,
        Description: 'a & <b>',
        Tags: [{ Key: 'team', Value: 'a' }],
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 80,
            IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'all' }],
            Ipv6Ranges: [{ CidrIpv6: '::/0' }],
            UserIdGroupPairs: [{ GroupId, UserId: accountId }],
            PrefixListIds: [],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
    await aws('ec2', 'revoke-security-group-ingress', ...group, ...permission);
    const closed = await aws('ec2', 'describe-security-groups', '--group-ids', GroupId);
    expect(closed.SecurityGroups).toMatchObject([{ IpPermissions: [] }]);
    await aws('ec2', 'delete-security-group', ...group);
    await refused('InvalidGroup.NotFound', 'DeleteSecurityGroup', 'ec2', 'delete-security-group', ...group);

    await up('up');
    const own = ['--filters', 'Name=tag:compose2fargate:project,Values=shop'];
    const [{ GroupId: used }] = (await aws('ec2', 'describe-security-groups', ...own)).SecurityGroups;
    await refused('DependencyViolation', 'DeleteSecurityGroup', 'ec2', 'delete-security-group', '--group-id', used);
    const main = await aws('ec2', 'describe-route-tables', '--filters', 'Name=association.main,Values=true');
    expect(main.RouteTables[0].Routes).toContainEqual({
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: expect.stringMatching(/^igw-/),
      State: 'active',
    });
  });

  test('makes a role with a policy, and deletes it when the policy is gone', async () => {
    const { aws, refused } = await start();
    const role = ['--role-name', 'execution'];
    const create = ['iam', 'create-role', ...role, '--assume-role-policy-document'];
    const { Role } = await aws(...create, trust, '--description', 'a "b" é', '--tags', 'Key=team,Value=');
    expect(Role).toMatchObject({ Arn: `arn:aws:iam::${accountId}:role/execution`, Tags: [{ Key: 'team', Value: '' }] });
    await aws('iam', 'wait', 'role-exists', ...role);
    expect((await aws('iam', 'get-role', ...role)).Role).toMatchObject({
      Description: 'a "b" é',
      AssumeRolePolicyDocument: JSON.parse(trust),
    });
    await refused('EntityAlreadyExists', 'CreateRole', ...create, trust);
    await refused(
      'MalformedPolicyDocument',
      'CreateRole',
      'iam',
      'create-role',
      '--role-name',
      'r',
      ...create.slice(4),
      '{',
    );

    const policy = [...role, '--policy-name', 'logs'];
    const allow = document({ Action: 'logs:*', Resource: '*' });
    await aws('iam', 'put-role-policy', ...policy, '--policy-document', allow);
    expect(await aws('iam', 'get-role-policy', ...policy)).toMatchObject({ PolicyDocument: JSON.parse(allow) });
    expect(await aws('iam', 'list-role-policies', ...role)).toMatchObject({ PolicyNames: ['logs'] });
    await refused('DeleteConflict', 'DeleteRole', 'iam', 'delete-role', ...role);
    await aws('iam', 'delete-role-policy', ...policy);
    await aws('iam', 'delete-role', ...role);
    await refused('NoSuchEntity', 'GetRole', 'iam', 'get-role', ...role);
  });

  test('makes a repository, puts an image into it, and deletes it only when told to with its images', async () => {
    const { aws, refused } = await start();
    const name = ['--repository-name', 'shop/web'];
    const { repository } = await aws('ecr', 'create-repository', ...name, '--tags', 'Key=team,Value=a');
    expect(repository.repositoryUri).toBe(`${accountId}.dkr.ecr.us-east-1.amazonaws.com/shop/web`);
    await refused('RepositoryAlreadyExistsException', 'CreateRepository', 'ecr', 'create-repository', ...name);
    const tags = await aws('ecr', 'list-tags-for-resource', '--resource-arn', repository.repositoryArn);
    expect(tags).toEqual({ tags: [{ Key: 'team', Value: 'a' }] });

    await refused('LifecyclePolicyNotFoundException', 'GetLifecyclePolicy', 'ecr', 'get-lifecycle-policy', ...name);
    const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 };
    const policy = JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] });
    await aws('ecr', 'put-lifecycle-policy', ...name, '--lifecycle-policy-text', policy);
    expect((await aws('ecr', 'get-lifecycle-policy', ...name)).lifecyclePolicyText).toBe(policy);

    const put = ['ecr', 'put-image', ...name, '--image-tag', 'v1', '--image-manifest', '{"schemaVersion": 2}'];
    const { imageDigest } = (await aws(...put)).image.imageId;
    await refused('ImageAlreadyExistsException', 'PutImage', ...put);
    expect((await aws('ecr', 'describe-images', ...name)).imageDetails).toMatchObject([
      { imageDigest, imageTags: ['v1'], imagePushedAt: expect.any(Number) },
    ]);
    const { images, failures } = await aws(
      'ecr',
      'batch-get-image',
      ...name,
      '--image-ids',
      'imageTag=v1',
      'imageTag=v2',
    );
    expect(images).toMatchObject([{ imageManifest: '{"schemaVersion": 2}' }]);
    expect(failures).toMatchObject([{ failureCode: 'ImageNotFound' }]);
    await refused('RepositoryNotEmptyException', 'DeleteRepository', 'ecr', 'delete-repository', ...name);
    await aws('ecr', 'delete-repository', ...name, '--force');
    expect((await aws('ecr', 'describe-repositories')).repositories).toEqual([]);
  });

  test('keeps secrets, parameters and log groups', async () => {
    const { aws, refused } = await start();
    const secret = ['--secret-id', 'shop/TOKEN'];
    const create = ['secretsmanager', 'create-secret', '--name', 'shop/TOKEN', '--secret-string'];
    const { ARN } = await aws(...create, 'a "b"\né', '--tags', 'Key=team,Value=a');
    expect(await aws('secretsmanager', 'get-secret-value', ...secret)).toMatchObject({ ARN, SecretString: 'a "b"\né' });
    await refused('ResourceExistsException', 'CreateSecret', ...create, 'c');
    const { VersionId } = await aws('secretsmanager', 'put-secret-value', ...secret, '--secret-string', 'c');
    const described = await aws('secretsmanager', 'describe-secret', '--secret-id', ARN);
    expect(described.VersionIdsToStages[VersionId]).toEqual(['AWSCURRENT']);
    expect(described.Tags).toEqual([{ Key: 'team', Value: 'a' }]);
    await aws('secretsmanager', 'delete-secret', ...secret, '--force-delete-without-recovery');
    await refused('ResourceNotFoundException', 'GetSecretValue', 'secretsmanager', 'get-secret-value', ...secret);

    const parameter = ['--name', '/shop/KEY'];
    const put = ['ssm', 'put-parameter', ...parameter, '--type', 'SecureString', '--value'];
    expect(await aws(...put, 'one')).toMatchObject({ Version: 1 });
    await refused('ParameterAlreadyExists', 'PutParameter', ...put, 'two');
    expect(await aws(...put, 'two', '--overwrite')).toMatchObject({ Version: 2 });
    const names = ['--names', '/shop/KEY', '/shop/NONE'];
    expect(await aws('ssm', 'get-parameters', '--with-decryption', ...names)).toMatchObject({
      Parameters: [{ Value: 'two', ARN: `arn:aws:ssm:us-east-1:${accountId}:parameter/shop/KEY` }],
      InvalidParameters: ['/shop/NONE'],
    });
    await aws('ssm', 'delete-parameter', ...parameter);
    await refused('ParameterNotFound', 'DeleteParameter', 'ssm', 'delete-parameter', ...parameter);

    const group = ['--log-group-name', '/ecs/shop'];
    await aws('logs', 'create-log-group', ...group, '--tags', 'team=a');
    await refused('ResourceAlreadyExistsException', 'CreateLogGroup', 'logs', 'create-log-group', ...group);
    await aws('logs', 'put-retention-policy', ...group, '--retention-in-days', '7');
    const [{ retentionInDays, logGroupArn }] = (await aws('logs', 'describe-log-groups')).logGroups;
    expect(retentionInDays).toBe(7);
    expect(await aws('logs', 'list-tags-for-resource', '--resource-arn', logGroupArn)).toEqual({ tags: { team: 'a' } });
    await aws('logs', 'delete-log-group', ...group);
    await refused('ResourceNotFoundException', 'DeleteLogGroup', 'logs', 'delete-log-group', ...group);
  });

  test('has a stack made by a change set, waits for it, and deletes it', async () => {
    const { aws, refusal, refused, directory } = await start();
    const Resources = {
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'prod' } },
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: JSON.parse(trust) } },
    };
    const Outputs = { Arn: { Description: 'of <the> role', Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } };
    writeFileSync(join(directory, 'template.json'), JSON.stringify({ Resources, Outputs }));
    const set = ['--stack-name', 'prod', '--change-set-name', 'first'];
    const template = ['--template-body', `file://${directory}/template.json`];
    const create = ['cloudformation', 'create-change-set', ...set, ...template];
    const make = [...create, '--change-set-type', 'CREATE'];
    await refused('ValidationError', 'CreateChangeSet', ...create, '--capabilities', 'CAPABILITY_IAM');
    await refused('InsufficientCapabilitiesException', 'CreateChangeSet', ...make);
    await aws(...make, '--capabilities', 'CAPABILITY_IAM', '--tags', 'Key=team,Value=a');
    await aws('cloudformation', 'wait', 'change-set-create-complete', ...set);
    expect(await aws('cloudformation', 'describe-change-set', ...set)).toMatchObject({
      ExecutionStatus: 'AVAILABLE',
      Changes: [
        { ResourceChange: { Action: 'Add', LogicalResourceId: 'Cluster' } },
        { ResourceChange: { Action: 'Add', ResourceType: 'AWS::IAM::Role' } },
      ],
    });
    await aws('cloudformation', 'execute-change-set', ...set, '--client-request-token', 'token');
    const stack = ['--stack-name', 'prod'];
    await aws('cloudformation', 'wait', 'stack-create-complete', ...stack);
    const [{ StackId, Outputs: outputs, Tags }] = (await aws('cloudformation', 'describe-stacks', ...stack)).Stacks;
    expect({ outputs, Tags }).toEqual({
      outputs: [
        { OutputKey: 'Arn', OutputValue: expect.stringMatching(/role\/prod-Role-/), Description: 'of <the> role' },
      ],
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    const { StackEvents } = await aws('cloudformation', 'describe-stack-events', ...stack);
    expect(StackEvents[0]).toMatchObject({ ResourceStatus: 'CREATE_COMPLETE', ClientRequestToken: 'token' });
    expect((await aws('ecs', 'describe-clusters', '--clusters', 'prod')).clusters).toMatchObject([
      { status: 'ACTIVE' },
    ]);

    await aws(...create, '--capabilities', 'CAPABILITY_IAM', '--tags', 'Key=team,Value=a');
    const unchanged = await refusal('cloudformation', 'wait', 'change-set-create-complete', ...set);
    expect(unchanged).toContain('we matched expected path: "FAILED"');
    await aws('cloudformation', 'delete-stack', ...stack);
    await aws('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', StackId);
    await refused('ValidationError', 'DescribeStacks', 'cloudformation', 'describe-stacks', ...stack);
  });

  test('scales a service behind a target group, and takes back what scales it', async () => {
    const { aws, up, refused, directory } = await start();
    const arn = `arn:aws:elasticloadbalancing:us-east-1:${accountId}:targetgroup/web/0123456789abcdef`;
    const scaling = (what: string, ...words: string[]) => [
      ...['application-autoscaling', what, '--service-namespace', 'ecs', '--resource-id', 'service/default/shop'],
      ...['--scalable-dimension', 'ecs:service:DesiredCount', ...words],
    ];
    const register = scaling('register-scalable-target', '--min-capacity', '2', '--max-capacity', '3');
    await refused('ValidationException', 'RegisterScalableTarget', ...register);
    const params = `run_params: {load_balancers: [{target_group_arn: "${arn}", container_name: web, container_port: 80}]}\n`;
    writeFileSync(join(directory, 'ecs-params.yml'), params);
    await up('service', 'up');
    expect((await aws('elbv2', 'describe-target-groups', '--target-group-arns', arn)).TargetGroups).toMatchObject([
      { TargetType: 'ip', LoadBalancerArns: [expect.stringContaining(':loadbalancer/app/')] },
    ]);
    const elsewhere = ['elbv2', 'describe-target-groups', '--target-group-arns', arn.replace('us-east-1', 'us-east-2')];
    await refused('TargetGroupNotFound', 'DescribeTargetGroups', ...elsewhere);

    await aws(...register);
    const PredefinedMetricSpecification = { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' };
    const tracking = JSON.stringify({ TargetValue: 60.5, PredefinedMetricSpecification });
    const configured = ['--target-tracking-scaling-policy-configuration', tracking];
    const policy = ['--policy-name', 'cpu'];
    await aws(...scaling('put-scaling-policy', ...policy, '--policy-type', 'TargetTrackingScaling', ...configured));
    const action = ['--schedule', 'cron(0 7 * * ? *)', '--scalable-target-action', 'MinCapacity=3'];
    await aws(...scaling('put-scheduled-action', '--scheduled-action-name', 'morning', ...action));
    const describe = (what: string) => aws('application-autoscaling', what, '--service-namespace', 'ecs');
    expect((await describe('describe-scalable-targets')).ScalableTargets).toMatchObject([{ MinCapacity: 2 }]);
    expect((await describe('describe-scaling-policies')).ScalingPolicies).toMatchObject([
      { PolicyName: 'cpu', TargetTrackingScalingPolicyConfiguration: { TargetValue: 60.5 } },
    ]);
    expect((await describe('describe-scheduled-actions')).ScheduledActions).toMatchObject([
      { ScheduledActionName: 'morning', ScalableTargetAction: { MinCapacity: 3 } },
    ]);
    await aws('ecs', 'wait', 'services-stable', '--services', 'shop');
    expect((await aws('ecs', 'describe-services', '--services', 'shop')).services).toMatchObject([{ runningCount: 2 }]);
    await aws(...scaling('delete-scaling-policy', ...policy));
    await refused('ObjectNotFoundException', 'DeleteScalingPolicy', ...scaling('delete-scaling-policy', ...policy));
    await aws(...scaling('deregister-scalable-target'));
    await refused('ObjectNotFoundException', 'DeregisterScalableTarget', ...scaling('deregister-scalable-target'));
  });

  test('makes a load balancer with a listener and a target group, and deletes what is in use last', async () => {
    const { aws, refused } = await start();
    const { Subnets } = await aws('ec2', 'describe-subnets');
    const [{ SubnetId: first, VpcId }, { SubnetId: second }] = Subnets;
    const balancer = ['elbv2', 'create-load-balancer', '--name', 'front', '--subnets'];
    await refused('ValidationError', 'CreateLoadBalancer', ...balancer, first);
    const made = await aws(...balancer, first, second, '--tags', 'Key=team,Value=a');
    const [{ LoadBalancerArn, DNSName }] = made.LoadBalancers;
    expect(DNSName).toMatch(/^front-\d+\.us-east-1\.elb\.amazonaws\.com$/);
    const check = ['--health-check-path', '/up', '--matcher', 'HttpCode=200-299'];
    const kind = ['--protocol', 'HTTP', '--port', '80', '--target-type', 'ip', '--vpc-id', VpcId];
    const [{ TargetGroupArn }] = (await aws('elbv2', 'create-target-group', '--name', 'web', ...kind, ...check))
      .TargetGroups;
    const [group, front] = [
      ['--target-group-arn', TargetGroupArn],
      ['--load-balancer-arn', LoadBalancerArn],
    ] as const;
    const listen = ['elbv2', 'create-listener', ...front, '--protocol', 'HTTP', '--port', '80', '--default-actions'];
    await aws(...listen, `Type=forward,TargetGroupArn=${TargetGroupArn}`);
    const redirect = 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}';
    await refused('DuplicateListener', 'CreateListener', ...listen, redirect);

    await aws('elbv2', 'wait', 'load-balancer-available', '--names', 'front');
    expect((await aws('elbv2', 'describe-load-balancers')).LoadBalancers).toMatchObject([
      { LoadBalancerName: 'front', VpcId, State: { Code: 'active' } },
    ]);
    expect((await aws('elbv2', 'describe-target-groups', '--names', 'web')).TargetGroups).toMatchObject([
      { HealthCheckPath: '/up', Matcher: { HttpCode: '200-299' }, LoadBalancerArns: [LoadBalancerArn] },
    ]);
    expect((await aws('elbv2', 'describe-listeners', ...front)).Listeners).toMatchObject([
      { Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn }] },
    ]);
    const { TagDescriptions } = await aws('elbv2', 'describe-tags', '--resource-arns', LoadBalancerArn);
    expect(TagDescriptions).toMatchObject([{ Tags: [{ Key: 'team', Value: 'a' }] }]);
    expect((await aws('elbv2', 'describe-target-health', ...group)).TargetHealthDescriptions).toEqual([]);

    await refused('ResourceInUse', 'DeleteTargetGroup', 'elbv2', 'delete-target-group', ...group);
    await aws('elbv2', 'delete-load-balancer', ...front);
    await aws('elbv2', 'delete-target-group', ...group);
    await refused(
      'LoadBalancerNotFound',
      'DescribeLoadBalancers',
      'elbv2',
      'describe-load-balancers',
      '--names',
      'front',
    );
  });

  test('makes a namespace with a service in it, and deletes it when the service is gone', async () => {
    const { aws, refused } = await start();
    const [{ VpcId }] = (await aws('ec2', 'describe-vpcs')).Vpcs;
    const create = ['servicediscovery', 'create-private-dns-namespace', '--name', 'shop.internal', '--vpc', VpcId];
    const { OperationId } = await aws(...create);
    const namespaceId = await vi.waitFor(async () => {
      const { Operation } = await aws('servicediscovery', 'get-operation', '--operation-id', OperationId);
      expect(Operation.Status).toBe('SUCCESS');
      return Operation.Targets.NAMESPACE;
    }, 10_000);
    await refused('NamespaceAlreadyExists', 'CreatePrivateDnsNamespace', ...create);
    const filter = ['--filters', 'Name=NAME,Values=shop.internal'];
    const { Namespaces } = await aws('servicediscovery', 'list-namespaces', ...filter);
    expect(Namespaces).toMatchObject([{ Id: namespaceId, Type: 'DNS_PRIVATE' }]);

    const records = ['--dns-config', 'DnsRecords=[{Type=A,TTL=60}]', '--tags', 'Key=team,Value=a'];
    const service = ['servicediscovery', 'create-service', '--name', 'web', '--namespace-id', namespaceId, ...records];
    const { Id, Arn } = (await aws(...service)).Service;
    await refused('ServiceAlreadyExists', 'CreateService', ...service);
    await aws(
      'servicediscovery',
      'update-service',
      '--id',
      Id,
      '--service',
      'DnsConfig={DnsRecords=[{Type=A,TTL=30}]}',
    );
    expect((await aws('servicediscovery', 'list-services')).Services).toMatchObject([
      { Id, Name: 'web', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 30 }] } },
    ]);
    const tags = await aws('servicediscovery', 'list-tags-for-resource', '--resource-arn', Arn);
    expect(tags).toEqual({ Tags: [{ Key: 'team', Value: 'a' }] });
    const remove = ['servicediscovery', 'delete-namespace', '--id', namespaceId];
    await refused('ResourceInUse', 'DeleteNamespace', ...remove);
    await aws('servicediscovery', 'delete-service', '--id', Id);
    await refused('ServiceNotFound', 'GetService', 'servicediscovery', 'get-service', '--id', Id);
    await aws(...remove);
    expect((await aws('servicediscovery', 'list-namespaces')).Namespaces).toEqual([]);
  });
});

/** A simulator in quick time, the AWS CLI for it, and a project that may run there. */
async function start() {
  const directory = folder({ 'compose.yaml': 'name: shop\nservices: {web: {image: nginx, ports: ["80:80"]}}\n' });
  const { environment } = await served('--simulate-speed', '100');
  const { aws, refusal } = awsCli(environment);
  return {
    directory,
    aws,
    refusal,
    /** Runs the AWS CLI, which is to print that an operation was refused, and with which code. */
    async refused(code: string, operation: string, ...args: readonly string[]): Promise<void> {
      expect(await refusal(...args)).toContain(`(${code}) when calling the ${operation} operation`);
    },
    async up(...words: readonly string[]): Promise<void> {
      const { code, error } = await cliWith(environment, directory, ...words, '--simulate-speed', '100');
      expect({ code }, error).toEqual({ code: 0 });
    },
  };
}

/** A policy of one statement, which allows. */
function document(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}
