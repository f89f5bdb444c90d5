import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { cliWith, type Ended } from '../end-to-end/cli.ts';
import { digest, recordingDocker } from '../end-to-end/recording-docker.ts';
import { folder } from '../folder.ts';
import { type Aws, awsCli } from './aws-cli.ts';
import { motoAccount } from './moto-server.ts';

type Environment = Readonly<Record<string, string>>;

const accountId = '123456789012';
const ours = { Key: 'compose2fargate:project', Value: 'shop' };

/** Moto needs memory, and a security group, to run it. */
const compose = (...ports: readonly string[]) => `
name: shop
services:
  web:
    image: nginx
    mem_reservation: 64m
    ports: ${JSON.stringify(ports)}
`;

/** What stands around a task or a service: made by the built program in moto, and looked at by the stock AWS CLI. */
describe.skipIf(inject('judges') === undefined)('against moto, around a service', () => {
  const account = motoAccount();

  test('a security group of the project: made, opened, closed and deleted; a route decides on public addresses', async () => {
    const { run, write, aws } = user('eu-west-1');
    const group = async () => {
      const filter = ['--filters', 'Name=group-name,Values=compose2fargate-shop'];
      return (await aws('ec2', 'describe-security-groups', ...filter)).SecurityGroups[0];
    };
    const rule = (port: number, source: string) =>
      expect.objectContaining({
        FromPort: port,
        ToPort: port,
        IpRanges: [expect.objectContaining({ CidrIp: source })],
      });
    const awsvpc = async () =>
      (await aws('ecs', 'describe-services', '--services', 'shop')).services[0].networkConfiguration
        .awsvpcConfiguration;

    write({ 'compose.yaml': compose('80:80', '3306:3306') });
    const unrouted = await run('service', 'up');
    expect(unrouted.code).toBe(0);
    expect(unrouted.error).toContain('no route leads from there to the Internet');
    const { GroupId, IpPermissions, Tags } = await group();
    expect({ IpPermissions, Tags }).toEqual({ IpPermissions: [rule(80, '0.0.0.0/0')], Tags: [ours] });
    expect(await awsvpc()).toMatchObject({ securityGroups: [GroupId], assignPublicIp: 'DISABLED' });

    write({
      'compose.yaml': compose('443:443', '3306:3306'),
      'ecs-params.yml': `
run_params:
  network_configuration:
    awsvpc_configuration:
      ingress: [{port: 3306, source: 203.0.113.0/24}]
`,
    });
    expect((await run('service', 'up')).code).toBe(0);
    expect((await group()).IpPermissions.toSorted(byPort)).toEqual([
      rule(443, '0.0.0.0/0'),
      rule(3306, '203.0.113.0/24'),
    ]);

    expect((await run('service', 'rm')).code).toBe(0);
    expect(await group()).toBeUndefined();

    await connect(aws);
    const routed = await run('service', 'up');
    expect(routed.error).not.toContain('no route');
    expect(await awsvpc()).toMatchObject({ assignPublicIp: 'ENABLED' });
  });

  test('a group of that name which somebody else made is not touched', async () => {
    const { run, write, aws } = user('ca-central-1');
    write({ 'compose.yaml': compose('80:80') });
    const { GroupId } = await aws(
      ...['ec2', 'create-security-group', '--group-name', 'compose2fargate-shop', '--description', 'of another'],
    );
    const { code, error } = await run('service', 'up');
    expect(code).toBe(3);
    expect(error).toContain(GroupId);
    const { SecurityGroups } = await aws('ec2', 'describe-security-groups', '--group-ids', GroupId);
    expect(SecurityGroups).toMatchObject([{ IpPermissions: [] }]);
  });

  test('cluster up has CloudFormation make network, role and cluster, and a service runs there', async () => {
    const { run, write, aws } = user('eu-west-2');
    write({ 'compose.yaml': compose('80:80') });
    const cluster = (...words: readonly string[]) => run('cluster', ...words, '--cluster', 'prod', '--timeout', '20s');
    const dry = await cluster('up', '--dry-run');
    expect(dry).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Create the VPC\.\n(?:.*\n){12}.*log group\.\n$/),
    });
    expect((await aws('cloudformation', 'describe-stacks')).Stacks).toEqual([]);

    // No event of moto's carries the token of its operation, so that the end of one is not seen.
    expect((await cluster('up')).code).toBe(4);
    const [stack] = (await aws('cloudformation', 'describe-stacks')).Stacks;
    expect(stack).toMatchObject({
      StackName: 'compose2fargate-prod',
      StackStatus: 'CREATE_COMPLETE',
      Tags: [{ Key: 'compose2fargate:cluster', Value: 'prod' }],
    });
    expect(await cluster('up')).toMatchObject({ code: 0, error: expect.stringContaining('Nothing to do') });

    // Moto works out the outputs of a stack when it is made or updated without a change set.
    const tags = ['--tags', 'Key=compose2fargate:cluster,Value=prod'];
    await aws('cloudformation', 'update-stack', '--stack-name', stack.StackName, '--use-previous-template', ...tags);
    const { outputs } = JSON.parse((await cluster('up', '--json')).out);
    const { Vpc, Subnets, SecurityGroups, ExecutionRole, LogGroup } = outputs;
    expect((await aws('ec2', 'describe-subnets', '--filters', `Name=vpc-id,Values=${Vpc}`)).Subnets).toMatchObject([
      { SubnetId: Subnets.split(',')[0], CidrBlock: '10.0.0.0/20', MapPublicIpOnLaunch: true },
      { SubnetId: Subnets.split(',')[1], CidrBlock: '10.0.16.0/20', MapPublicIpOnLaunch: true },
    ]);

    expect((await run('service', 'up', '--cluster', 'prod')).code).toBe(0);
    const [service] = (await aws('ecs', 'describe-services', '--cluster', 'prod', '--services', 'shop')).services;
    expect(service.networkConfiguration.awsvpcConfiguration).toEqual({
      subnets: Subnets.split(','),
      securityGroups: [SecurityGroups],
      assignPublicIp: 'ENABLED',
    });
    const { taskDefinition } = await aws('ecs', 'describe-task-definition', '--task-definition', 'shop');
    expect(taskDefinition).toMatchObject({
      executionRoleArn: ExecutionRole,
      containerDefinitions: [{ logConfiguration: { options: { 'awslogs-group': LogGroup } } }],
    });

    const refused = await cluster('down', '--yes');
    expect(refused).toMatchObject({ code: 3, error: expect.stringContaining('shop') });
    expect((await run('service', 'rm', '--cluster', 'prod')).code).toBe(0);
  });

  test('cluster down deletes the stack with its role and log group, and what others made stays', async () => {
    // Without a network: moto would delete a VPC before what is in it.
    const { run, aws } = user('eu-south-1');
    const cluster = (...words: readonly string[]) => run('cluster', ...words, '--cluster', 'small', '--timeout', '20s');
    await aws('logs', 'create-log-group', '--log-group-name', '/ecs/other');
    const { roles, groups } = await left(aws);
    await cluster('up', '--empty');
    expect((await left(aws)).roles).toContainEqual(expect.stringMatching(/^compose2fargate-small-ExecutionRole-/));
    expect((await left(aws)).groups).toContainEqual('/ecs/cluster/small');
    await cluster('down', '--yes');
    expect(await left(aws)).toEqual({ roles, groups });
    expect((await aws('cloudformation', 'describe-stacks')).Stacks).toEqual([]);
  });

  test('secrets push creates, changes and leaves alone; a role made for the task may read them, and goes with it', async () => {
    const { run, write, aws } = user('eu-central-1');
    write({ 'compose.yaml': compose('80:80'), one: 'TOKEN=a "b"\nKEY=k\n', two: 'TOKEN=c\nKEY=k\n' });
    const inManager = await run('secrets', 'push', 'TOKEN', '--from', 'one');
    const inStore = await run('secrets', 'push', 'KEY', '--from', 'one', '--store', 'ssm');
    expect([inManager.code, inStore.code]).toEqual([0, 0]);
    const secret = await aws('secretsmanager', 'get-secret-value', '--secret-id', 'shop/TOKEN');
    expect(secret.SecretString).toBe('a "b"');
    expect((await aws('secretsmanager', 'describe-secret', '--secret-id', 'shop/TOKEN')).Tags).toEqual([ours]);
    const parameter = async () =>
      (await aws('ssm', 'get-parameter', '--with-decryption', '--name', '/shop/KEY')).Parameter;
    expect(await parameter()).toMatchObject({ Type: 'SecureString', Value: 'k', Version: 1 });

    expect((await run('secrets', 'push', 'TOKEN', '--from', 'two')).error).toContain('another value');
    const changed = await aws('secretsmanager', 'get-secret-value', '--secret-id', 'shop/TOKEN');
    expect(changed).toMatchObject({ ARN: secret.ARN, SecretString: 'c' });
    expect((await run('secrets', 'push', 'KEY', '--from', 'two', '--store', 'ssm')).error).toContain(
      'as the files say',
    );
    expect((await parameter()).Version).toBe(1);

    write({ 'ecs-params.yml': inManager.out });
    expect((await run('up', '--create-roles', '--wait-for', 'running')).code).toBe(0);
    const role = ['--role-name', 'shop-execution-eu-central-1'];
    const allowed = async () => {
      const { PolicyDocument } = await aws('iam', 'get-role-policy', ...role, '--policy-name', 'compose2fargate');
      return PolicyDocument.Statement.flatMap(({ Resource }: { Resource: string | string[] }) => Resource);
    };
    expect((await aws('iam', 'get-role', ...role)).Role.Tags).toEqual([ours]);
    expect(await allowed()).toContain(secret.ARN);

    write({ 'ecs-params.yml': inStore.out });
    expect((await run('up', '--create-roles', '--wait-for', 'running')).code).toBe(0);
    expect(await allowed()).toContain((await parameter()).ARN);
    expect(await allowed()).not.toContain(secret.ARN);
    expect((await run('down')).code).toBe(0);
    expect((await left(aws)).roles).not.toContain('shop-execution-eu-central-1');
  });

  test('registry-creds up makes a secret of a login, by which the next revision pulls', async () => {
    const { run, write, aws } = user('eu-central-2');
    const file = (password: string) => `
version: 1
registry_credentials:
  ghcr.io/acme: {username: me, password: ${password}, container_names: [web]}
`;
    write({ 'compose.yaml': compose('80:80'), 'creds.yml': file('first') });
    expect((await run('registry-creds', 'up', 'creds.yml')).code).toBe(0);
    const secret = () => aws('secretsmanager', 'get-secret-value', '--secret-id', 'shop/registry/ghcr.io/acme');
    expect((await secret()).SecretString).toBe('{"username":"me","password":"first"}');
    expect((await run('registry-creds', 'up', 'creds.yml')).error).toContain('Everything is as the files say');

    write({ 'creds.yml': file('second') });
    await run('registry-creds', 'up', 'creds.yml', '--update-existing-secrets');
    const { ARN, SecretString } = await secret();
    expect(SecretString).toBe('{"username":"me","password":"second"}');
    expect((await run('up', '--wait-for', 'running')).code).toBe(0);
    const { taskDefinition } = await aws('ecs', 'describe-task-definition', '--task-definition', 'shop');
    expect(taskDefinition.containerDefinitions[0].repositoryCredentials).toEqual({ credentialsParameter: ARN });
  });

  test('push makes a repository, and images lists what is in it', async () => {
    const { run, runWith, write, aws } = user('eu-west-3');
    const registry = `${accountId}.dkr.ecr.eu-west-3.amazonaws.com`;
    const docker = recordingDocker(registry);
    write({ 'compose.yaml': 'name: shop\nservices:\n  web: {build: .}\n' });
    const pushed = await runWith(docker.environment, 'push');
    expect(pushed).toMatchObject({ code: 0, out: `${registry}/shop/web@${digest('a')}\n` });
    expect(docker.calls().find(({ words }) => words[0] === 'login')).toEqual({
      words: ['login', '--username', 'AWS', '--password-stdin', registry],
      stdin: `${accountId}-auth-token`,
    });
    const repository = ['--repository-name', 'shop/web'];
    const { lifecyclePolicyText } = await aws('ecr', 'get-lifecycle-policy', ...repository);
    expect(JSON.parse(lifecyclePolicyText).rules).toMatchObject([{ selection: { countNumber: 100 } }]);
    const [{ repositoryArn }] = (await aws('ecr', 'describe-repositories')).repositories;
    expect((await aws('ecr', 'list-tags-for-resource', '--resource-arn', repositoryArn)).tags).toEqual([ours]);
    expect((await runWith(docker.environment, 'push')).error).not.toContain('Create');

    const type = 'application/vnd.oci.image';
    const manifest = {
      schemaVersion: 2,
      mediaType: `${type}.manifest.v1+json`,
      config: { mediaType: `${type}.config.v1+json`, digest: digest('b'), size: 24 },
      layers: [{ mediaType: `${type}.layer.v1.tar`, digest: digest('c'), size: 1000 }],
    };
    const image = ['--image-tag', 'v1', '--image-manifest', JSON.stringify(manifest)];
    const { imageId } = (await aws('ecr', 'put-image', ...repository, ...image)).image;
    const listed = JSON.parse((await run('images', '--json')).out).images;
    expect(listed).toMatchObject([
      { container: 'web', repository: 'shop/web', tags: ['v1'], digest: imageId.imageDigest },
    ]);
  });

  test('a service behind a target group is scaled and named, and loses both with their lines and with itself', async () => {
    const { run, write, aws } = user('ap-southeast-2');
    const { arn, vpc, label } = await targetGroup(aws);
    // Moto counts one running task of every service, whatever it wants.
    const surrounded = `
run_params:
  load_balancers: [{target_group_arn: "${arn}", container_name: web, container_port: 80}]
  auto_scaling:
    min_capacity: 1
    max_capacity: 4
    target_tracking:
      - {predefined_metric_type: ECSServiceAverageCPUUtilization, target_value: 60, scale_in_cooldown: 300}
      - {predefined_metric_type: ALBRequestCountPerTarget, target_value: 500}
    scheduled_actions:
      - {scheduled_action_name: morning, schedule: cron(0 7 ? * MON-FRI *), timezone: Europe/Berlin, min_capacity: 3}
  service_discovery:
    private_dns_namespace: {name: shop.internal, vpc: ${vpc}}
    service_discovery_service: {name: web, dns_config: {type: A, ttl: 30}}
`;
    write({ 'compose.yaml': compose('80:80'), 'ecs-params.yml': surrounded });
    expect((await run('service', 'up')).code).toBe(0);

    const scaling = async () => {
      const ask = (what: string) => aws('application-autoscaling', what, '--service-namespace', 'ecs');
      const [{ ScalableTargets }, { ScalingPolicies }, { ScheduledActions }] = await Promise.all(
        ['describe-scalable-targets', 'describe-scaling-policies', 'describe-scheduled-actions'].map(ask),
      );
      return { targets: ScalableTargets, policies: ScalingPolicies, actions: ScheduledActions };
    };
    const named = async () => {
      const [{ Namespaces }, { Services }] = await Promise.all([
        aws('servicediscovery', 'list-namespaces'),
        aws('servicediscovery', 'list-services'),
      ]);
      return { namespaces: Namespaces, entries: Services };
    };
    const { namespaces, entries } = await named();
    expect(namespaces).toMatchObject([{ Name: 'shop.internal', Type: 'DNS_PRIVATE' }]);
    expect(entries).toMatchObject([{ Name: 'web', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 30 }] } }]);
    const tagsOf = async ({ Arn }: { readonly Arn: string }) =>
      (await aws('servicediscovery', 'list-tags-for-resource', '--resource-arn', Arn)).Tags;
    // Cloud Map does not tell the VPC of a namespace.
    expect(await tagsOf(namespaces[0])).toEqual([ours, { Key: 'compose2fargate:vpc', Value: vpc }]);
    expect(await tagsOf(entries[0])).toEqual([ours]);
    expect((await aws('ecs', 'describe-services', '--services', 'shop')).services).toMatchObject([
      {
        loadBalancers: [{ targetGroupArn: arn, containerName: 'web', containerPort: 80 }],
        serviceRegistries: [{ registryArn: entries[0].Arn }],
      },
    ]);
    const tracking = (metric: object) => ({ TargetTrackingScalingPolicyConfiguration: metric });
    expect(await scaling()).toMatchObject({
      targets: [{ ResourceId: 'service/default/shop', MinCapacity: 1, MaxCapacity: 4 }],
      policies: [
        tracking({ TargetValue: 60, ScaleInCooldown: 300 }),
        tracking({ TargetValue: 500, PredefinedMetricSpecification: { ResourceLabel: label } }),
      ],
      actions: [{ Timezone: 'Europe/Berlin', ScalableTargetAction: { MinCapacity: 3 } }],
    });

    write({ 'ecs-params.yml': 'run_params:\n  auto_scaling: {min_capacity: 1, max_capacity: 5}\n' });
    expect((await run('service', 'up')).code).toBe(0);
    expect(await scaling()).toMatchObject({ targets: [{ MaxCapacity: 5 }], policies: [], actions: [] });
    expect(await named()).toEqual({ namespaces: [], entries: [] });
    expect((await aws('ecs', 'describe-services', '--services', 'shop')).services).toMatchObject([
      { loadBalancers: [], serviceRegistries: [] },
    ]);

    expect((await run('service', 'rm')).code).toBe(0);
    expect((await scaling()).targets).toEqual([]);
    const { TargetGroups } = await aws('elbv2', 'describe-target-groups');
    expect(TargetGroups).toMatchObject([{ TargetGroupArn: arn }]);
  });

  test('a load balancer of the service: made with what belongs to it, changed, and removed', async () => {
    const { run, write, aws } = user('ap-south-1');
    await connect(aws);
    const params = (settings: string) => `run_params: {application_load_balancer: ${settings}}\n`;
    write({ 'compose.yaml': compose('80:80'), 'ecs-params.yml': params('{}') });
    const up = await run('service', 'up');
    expect(up, up.error).toMatchObject({ code: 0 });

    const name = 'compose2fargate-shop';
    const [balancer] = (await aws('elbv2', 'describe-load-balancers')).LoadBalancers;
    expect(balancer).toMatchObject({ LoadBalancerName: name, Scheme: 'internet-facing', Type: 'application' });
    expect(up.out).toBe(`http://${balancer.DNSName}\n`);
    const groupIds = ['--group-ids', ...balancer.SecurityGroups];
    const [ofBalancer] = (await aws('ec2', 'describe-security-groups', ...groupIds)).SecurityGroups;
    expect(ofBalancer).toMatchObject({ GroupName: `${name}/load-balancer`, Tags: [ours] });
    const [ofTasks] = (await aws('ec2', 'describe-security-groups', '--filters', `Name=group-name,Values=${name}`))
      .SecurityGroups;
    expect(ofTasks.IpPermissions).toMatchObject([
      { FromPort: 80, IpRanges: [], UserIdGroupPairs: [{ GroupId: ofBalancer.GroupId }] },
    ]);
    const [target] = (await aws('elbv2', 'describe-target-groups')).TargetGroups;
    expect(target).toMatchObject({ TargetGroupName: name, TargetType: 'ip', Port: 80, HealthCheckPath: '/' });
    const listen = async () =>
      (await aws('elbv2', 'describe-listeners', '--load-balancer-arn', balancer.LoadBalancerArn)).Listeners;
    const [listener] = await listen();
    expect(listener).toMatchObject({ Port: 80, DefaultActions: [{ TargetGroupArn: target.TargetGroupArn }] });
    const arns = [balancer.LoadBalancerArn, target.TargetGroupArn, listener.ListenerArn];
    const { TagDescriptions } = await aws('elbv2', 'describe-tags', '--resource-arns', ...arns);
    expect(TagDescriptions).toMatchObject([{ Tags: [ours] }, { Tags: [ours] }, { Tags: [ours] }]);
    expect((await aws('ecs', 'describe-services', '--services', 'shop')).services).toMatchObject([
      { loadBalancers: [{ targetGroupArn: target.TargetGroupArn, containerName: 'web', containerPort: 80 }] },
    ]);

    // Moto forgets other members of a service.
    expect((await run('service', 'up', '--dry-run')).out).not.toMatch(/load.?balancer|target group|security group/i);
    const domain = ['--domain-name', 'shop.example.com'];
    const { CertificateArn: certificate } = await aws('acm', 'request-certificate', ...domain);
    write({ 'ecs-params.yml': params(`{certificate_arn: "${certificate}", health_check: {path: /up}}`) });
    const secured = await run('service', 'up');
    expect(secured.out, secured.error).toBe(`https://${balancer.DNSName}\n`);
    expect((await listen()).toSorted(byListened)).toMatchObject([
      { Port: 80, DefaultActions: [{ Type: 'redirect' }] },
      { Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: certificate }] },
    ]);
    expect((await aws('elbv2', 'describe-target-groups')).TargetGroups).toMatchObject([{ HealthCheckPath: '/up' }]);

    const removed = await run('service', 'rm');
    expect(removed, removed.error).toMatchObject({ code: 0 });
    expect((await aws('elbv2', 'describe-load-balancers')).LoadBalancers).toEqual([]);
    expect((await aws('elbv2', 'describe-target-groups')).TargetGroups).toEqual([]);
    const named = ['--query', 'SecurityGroups[].GroupName'];
    expect(await aws('ec2', 'describe-security-groups', ...named)).toEqual(['default']);
  });

  /** A user with files in a folder, in a region where nobody has done anything before. */
  function user(region: string) {
    const environment = { ...account(), AWS_REGION: region, AWS_DEFAULT_REGION: region };
    const directory = folder();
    const runWith = (more: Environment, ...words: readonly string[]): Promise<Ended> =>
      cliWith({ ...environment, ...more }, directory, ...words, '--simulate-speed', '100');
    return {
      ...awsCli(environment),
      write(files: Readonly<Record<string, string>>): void {
        for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
      },
      /** Runs the command line in quick time. */
      run: (...words: readonly string[]) => runWith({}, ...words),
      /** The same with more variables. */
      runWith,
    };
  }
});

interface Permission {
  readonly FromPort: number;
}

function byPort(one: Permission, other: Permission): number {
  return one.FromPort - other.FromPort;
}

function byListened(one: { readonly Port: number }, other: { readonly Port: number }): number {
  return one.Port - other.Port;
}

/** Gives the default VPC what moto leaves out of it: the way to the Internet. */
async function connect(aws: Aws['aws']): Promise<void> {
  const main = ['--filters', 'Name=association.main,Values=true'];
  const [{ RouteTableId, VpcId }] = (await aws('ec2', 'describe-route-tables', ...main)).RouteTables;
  const { InternetGatewayId } = (await aws('ec2', 'create-internet-gateway')).InternetGateway;
  const gateway = InternetGatewayId as string;
  await aws('ec2', 'attach-internet-gateway', '--internet-gateway-id', gateway, '--vpc-id', VpcId);
  const route = ['--destination-cidr-block', '0.0.0.0/0', '--gateway-id', gateway];
  await aws('ec2', 'create-route', '--route-table-id', RouteTableId, ...route);
}

/** The names of the roles and log groups of the account. Roles belong to no region. */
async function left(
  aws: Aws['aws'],
): Promise<{ readonly roles: readonly string[]; readonly groups: readonly string[] }> {
  const [roles, groups] = await Promise.all([
    aws('iam', 'list-roles', '--query', 'Roles[].RoleName'),
    aws('logs', 'describe-log-groups', '--query', 'logGroups[].logGroupName'),
  ]);
  return { roles, groups };
}

/** A target group behind a load balancer; its label is what Application Auto Scaling knows both by. */
async function targetGroup(
  aws: Aws['aws'],
): Promise<{ readonly arn: string; readonly vpc: string; readonly label: string }> {
  const { Subnets } = await aws('ec2', 'describe-subnets');
  const [{ SubnetId: first, VpcId: vpc }, { SubnetId: second }] = Subnets;
  const kind = ['--protocol', 'HTTP', '--port', '80', '--target-type', 'ip', '--vpc-id', vpc];
  const { TargetGroups } = await aws('elbv2', 'create-target-group', '--name', 'web', ...kind);
  const arn: string = TargetGroups[0].TargetGroupArn;
  const { LoadBalancers } = await aws('elbv2', 'create-load-balancer', '--name', 'front', '--subnets', first, second);
  const balancer: string = LoadBalancers[0].LoadBalancerArn;
  const listener = ['--protocol', 'HTTP', '--port', '80', '--default-actions', `Type=forward,TargetGroupArn=${arn}`];
  await aws('elbv2', 'create-listener', '--load-balancer-arn', balancer, ...listener);
  const resource = (text: string) => text.slice(text.lastIndexOf(':') + 1);
  return { arn, vpc, label: `${resource(balancer).replace('loadbalancer/', '')}/${resource(arn)}` };
}
