import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2';
import { DeleteServiceCommand as DeleteEcsServiceCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand,
  GetOperationCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createShop,
  describe as describeTask,
  prepareShop,
  runShop,
  type TestAccount,
  testAccount,
} from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount({ behaviours: { web: { exit: { code: 0, after: 60_000 } } } });
  // The database is done without: the task lives on when the web server has ended.
  const containerDefinitions = [
    { name: 'web', image: 'wordpress', essential: false, portMappings: [{ containerPort: 80 }] },
    { name: 'dns', image: 'dns', portMappings: [{ containerPort: 53, protocol: 'udp' as const }] },
  ];
  await prepareShop(account, { containerDefinitions });
});
afterEach(() => account.close());

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends a request through the simulator, as curl does with -x. */
function get(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(account.simulator.endpoint, { path: url }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    });
    asked.once('error', reject);
    asked.end();
  });
}

/** Runs a task in a network, until it runs. */
async function running(awsvpc: { readonly subnets?: string[]; readonly securityGroups?: string[] } = {}) {
  const arn = await runShop(account, {
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED', ...awsvpc },
    },
  });
  account.pass(5);
  return { id: arn.slice(arn.lastIndexOf('/') + 1), ...(await addressesOf(arn)) };
}

async function addressesOf(arn: string): Promise<{ readonly host: string; readonly privateHost: string }> {
  const task = await describeTask(account, arn);
  const detail = (name: string) => task.attachments?.[0]?.details?.find((one) => one.name === name)?.value as string;
  const { NetworkInterfaces } = await account.ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [detail('networkInterfaceId')] }),
  );
  return {
    host: NetworkInterfaces?.[0]?.Association?.PublicIp as string,
    privateHost: detail('privateIPv4Address'),
  };
}

/** Makes a group that admits a port from some peers. */
async function group(rules: readonly { readonly cidr?: string; readonly itself?: true; readonly port?: number }[]) {
  const { GroupId = '' } = await account.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'shop', Description: 'of the shop' }),
  );
  for (const { cidr, itself, port = 80 } of rules) {
    const peer = {
      ...(cidr === undefined ? {} : { IpRanges: [{ CidrIp: cidr }] }),
      ...(itself === undefined ? {} : { UserIdGroupPairs: [{ GroupId }] }),
    };
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer }];
    await account.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }
  return GroupId;
}

describe('a public address', () => {
  it('is answered by the container that maps the port', async () => {
    const { id, host } = await running();
    expect(await get(`http://${host}/shop?page=1`)).toEqual({
      status: 200,
      body: `web of the task ${id} would answer on 80/tcp; no container runs.\n`,
    });
  });

  it('is not, where no container maps the port, or for another protocol', async () => {
    const { id, host } = await running();
    for (const port of [8080, 53]) {
      const body = `No container of the task ${id} maps ${port}/tcp.\n`;
      expect(await get(`http://${host}:${port}/`)).toEqual({ status: 504, body });
    }
  });

  it('is not, when its container has ended', async () => {
    const { id, host } = await running();
    account.pass(60);
    const ended = `The container web of the task ${id} has stopped.\n`;
    expect(await get(`http://${host}/`)).toEqual({ status: 504, body: ended });
  });

  it('is not, when its task has stopped', async () => {
    const { host, id } = await running();
    await account.ecs.send(new StopTaskCommand({ task: id }));
    account.pass(60);
    expect(await get(`http://${host}/`)).toEqual({ status: 504, body: `The task ${id} is STOPPED.\n` });
  });

  it('is answered by its new task, when it is given out again', async () => {
    const given = new Map<string, string>();
    let { id, host } = await running();
    while (!given.has(host)) {
      given.set(host, id);
      await account.ecs.send(new StopTaskCommand({ task: id }));
      account.pass(5);
      ({ id, host } = await running());
    }
    expect(given.get(host)).not.toBe(id);
    expect(await get(`http://${host}/`)).toMatchObject({ status: 200, body: expect.stringContaining(id) });
  });

  it('is not, where nobody has it', async () => {
    const body = 'Nothing in the account has the address or name 203.0.113.99.\n';
    expect(await get('http://203.0.113.99/')).toEqual({ status: 504, body });
  });

  it.each([
    ['everybody', '0.0.0.0/0', 80, 200],
    ['a block that the visitor is in', '198.51.100.0/24', 80, 200],
    ['another block', '10.0.0.0/8', 80, 504],
    ['everybody, at another port', '0.0.0.0/0', 443, 504],
  ])('is answered as its security groups say: %s', async (_, cidr, port, status) => {
    const securityGroup = await group([{ cidr, port }]);
    const { host, id } = await running({ securityGroups: [securityGroup] });
    const answer = await get(`http://${host}/`);
    expect(answer.status).toBe(status);
    if (status === 504) {
      const body = `No security group of the task ${id} (${securityGroup}) admits 80/tcp from the Internet.\n`;
      expect(answer.body).toBe(body);
    }
  });

  it('leads nowhere in a subnet without an internet gateway', async () => {
    const { host } = await running({ subnets: ['subnet-private1'] });
    const body = 'The subnet subnet-private1 has no route to an internet gateway.\n';
    expect(await get(`http://${host}/`)).toEqual({ status: 504, body });
  });
});

describe('from within the VPC', () => {
  it('a private address is asked by a task in the same groups', async () => {
    const securityGroup = await group([{ itself: true }]);
    const { host, privateHost } = await running({ securityGroups: [securityGroup] });
    expect((await get(`http://${privateHost}/`)).status).toBe(200);
    expect((await get(`http://${host}/`)).status).toBe(504);
  });

  it('a name of Cloud Map leads to the tasks of its service', async () => {
    const configuration = { endpoint: account.simulator.endpoint, region: 'us-east-1' };
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    const discovery = new ServiceDiscoveryClient({ ...configuration, credentials });
    const { OperationId } = await discovery.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'Shop.internal', Vpc: 'vpc-1' }),
    );
    const { Operation } = await discovery.send(new GetOperationCommand({ OperationId }));
    const { Service } = await discovery.send(
      new CreateServiceCommand({
        Name: 'web',
        NamespaceId: Operation?.Targets?.NAMESPACE,
        DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
      }),
    );
    const registryArn = Service?.Arn as string;
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } };
    await createShop(account, { serviceRegistries: [{ registryArn }], networkConfiguration });
    const nobody = 'No task that runs is registered under web.shop.internal.\n';
    expect(await get('http://web.shop.internal/')).toEqual({ status: 504, body: nobody });
    account.pass(10);
    const answer = await get('http://WEB.shop.internal/');
    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^web of the task [0-9a-f]{32} /) });
    await account.ecs.send(new DeleteEcsServiceCommand({ service: 'shop', force: true }));
    account.pass(10);
    expect(await get('http://web.shop.internal/')).toEqual({ status: 504, body: nobody });
  });
});

describe('the name of a load balancer', () => {
  let elb: ElasticLoadBalancingV2Client;
  beforeEach(() => {
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    elb = new ElasticLoadBalancingV2Client({ endpoint: account.simulator.endpoint, region: 'us-east-1', credentials });
  });

  /** Makes a load balancer with a target group behind its port 80, and a redirect to it at 8080. */
  async function balanced(securityGroup: string): Promise<{ readonly name: string; readonly targets: string }> {
    const { Subnets = [] } = await account.ec2.send(new DescribeSubnetsCommand({}));
    const { LoadBalancers } = await elb.send(
      new CreateLoadBalancerCommand({
        Name: 'shop',
        Subnets: Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId),
        SecurityGroups: [securityGroup],
      }),
    );
    const group = { Protocol: 'HTTP', TargetType: 'ip', VpcId: Subnets[0]?.VpcId } as const;
    const { TargetGroups } = await elb.send(new CreateTargetGroupCommand({ Name: 'shop', Port: 80, ...group }));
    const { LoadBalancerArn, DNSName = '' } = LoadBalancers?.[0] ?? {};
    const { TargetGroupArn = '' } = TargetGroups?.[0] ?? {};
    const listener = { LoadBalancerArn, Protocol: 'HTTP' } as const;
    const forward = [{ Type: 'forward', TargetGroupArn }] as const;
    const redirect = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } as const;
    await elb.send(new CreateListenerCommand({ ...listener, Port: 80, DefaultActions: [...forward] }));
    const DefaultActions = [{ Type: 'redirect', RedirectConfig: redirect } as const];
    await elb.send(new CreateListenerCommand({ ...listener, Port: 8080, DefaultActions }));
    return { name: DNSName.toLowerCase(), targets: TargetGroupArn };
  }

  it('leads to a healthy target, which admits the load balancer', async () => {
    const door = await group([
      { cidr: '0.0.0.0/0' },
      { cidr: '0.0.0.0/0', port: 8080 },
      { cidr: '0.0.0.0/0', port: 81 },
    ]);
    const { name, targets } = await balanced(door);
    expect(await get(`http://${name}/`)).toEqual({ status: 504, body: 'The load balancer shop is provisioning.\n' });
    account.pass(20);
    expect(await get(`http://${name}/`)).toEqual({
      status: 503,
      body: 'No target of the load balancer shop is healthy.\n',
    });
    const loadBalancers = [{ targetGroupArn: targets, containerName: 'web', containerPort: 80 }];
    const awsvpcConfiguration = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };
    await createShop(account, { loadBalancers, networkConfiguration: { awsvpcConfiguration } });
    account.pass(20);
    expect(await get(`http://${name}/`)).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^web of the task/),
    });
    expect(await get(`http://${name}:8080/`)).toEqual({
      status: 301,
      body: 'The load balancer shop redirects to HTTPS, port 443.\n',
    });
    expect(await get(`http://${name}:81/`)).toMatchObject({
      status: 504,
      body: expect.stringContaining('does not listen'),
    });
    expect(await get(`http://${name}:443/`)).toEqual({
      status: 504,
      body: `No security group of the load balancer shop (${door}) admits 443/tcp from the Internet.\n`,
    });
  });
});

it('takes a URL of its own for a call, since a client may send the whole of it', async () => {
  const { endpoint } = account.simulator;
  expect(await get(`${endpoint}/`)).toMatchObject({ status: 400, body: expect.stringContaining('does not model GET') });
});
