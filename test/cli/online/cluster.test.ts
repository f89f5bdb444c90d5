import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateClusterCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Result, run } from '../../run.ts';
import { RUN_SHOP, testAccount } from '../../simulator/account.ts';

let directory: string;
let stateFile: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cluster-'));
  stateFile = join(directory, 'account.jsonl');
  writeFileSync(
    join(directory, 'compose.yaml'),
    'name: shop\nservices: {web: {image: nginx, ports: ["80:80"], mem_limit: 256m}}\n',
  );
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs a command on the test's own simulated account, in quick time. */
function c2f(
  line: string,
  { speed = 400, ...more }: { readonly speed?: number; readonly ask?: (question: string) => Promise<string> } = {},
): Promise<Result> {
  const simulated = ['--simulate-state', stateFile, '--simulate-speed', `${speed}`];
  return run([...line.split(' '), ...simulated], { cwd: directory, ...more });
}

/** Another user of the same account. */
async function elsewhere(act: (account: Awaited<ReturnType<typeof testAccount>>) => Promise<unknown>): Promise<void> {
  const account = await testAccount({ stateFile, clock: Date.now });
  try {
    await act(account);
  } finally {
    await account.close();
  }
}

it('makes a cluster, runs a project in it that names no network, and removes both', async () => {
  const made = await c2f('cluster up --cluster prod --json');
  expect(made.code).toBe(0);
  const { outputs, status } = JSON.parse(made.out);
  expect(status).toBe('CREATE_COMPLETE');
  expect(Object.keys(outputs)).toEqual([
    'Vpc',
    'Subnets',
    'SecurityGroups',
    'AssignPublicIp',
    'ExecutionRole',
    'LogGroup',
  ]);

  const up = await c2f('up --cluster prod');
  expect(up.error).toContain(
    'What the files leave open comes from the stack compose2fargate-prod: subnets, security groups, execution role, log group.',
  );
  expect(up).toMatchObject({ code: 0, out: expect.stringMatching(/^http:\/\/203\.0\.113\.\d+\n$/) });
  expect((await c2f('plan --cluster prod')).out).toBe('Nothing to do: everything is as the files say.\n');
  expect((await c2f('logs --cluster prod')).out).toContain('web started');

  const refused = await c2f('cluster down --cluster prod --yes');
  expect(refused.code).toBe(3);
  expect(refused.error).toMatch(/error: The cluster prod is in use by the task \w+\. \[stack\/blocked\]/);
  expect((await c2f('down --cluster prod')).code).toBe(0);
  const down = await c2f('cluster down --cluster prod --yes');
  expect(down.code).toBe(0);
  expect(down.error).toContain('Delete the ECS cluster (prod).');
  expect(down.error).not.toContain('which was there before');
  expect((await c2f('cluster down --cluster prod')).error).toContain('nothing to do');
  expect((await c2f('up --cluster prod')).error).toContain('compose2fargate cluster up --cluster prod');
});

it('says beforehand what it would do, and leaves nothing behind', async () => {
  const dry = await c2f('cluster up --cluster prod --private --dry-run');
  expect(dry.code).toBe(0);
  expect(dry.out).toContain('Create the VPC.\n');
  expect(dry.out).toContain('Create the subnet PrivateSubnet2.\n');
  expect(dry.out).toContain('Create the NAT gateway, which costs about 0.05 USD an hour, used or not.\n');
  expect((await c2f('cluster down --cluster prod')).error).toContain('nothing to do');
});

it('is made right after a look at what would be done', async () => {
  expect((await c2f('cluster up --cluster prod --dry-run', { speed: 5 })).code).toBe(0);
  expect((await c2f('cluster up --cluster prod')).code).toBe(0);
});

it('does nothing the second time, and asks before it takes something away', async () => {
  await c2f('cluster up --cluster prod --private');
  const second = await c2f('cluster up --cluster prod --private');
  expect(second.error).toContain('Nothing to do: the cluster is as it should be.');

  const unasked = await c2f('cluster up --cluster prod');
  expect(unasked.code).toBe(2);
  expect(unasked.error).toMatch(
    /warning: This takes away what tasks may be using:.*\n {2}Delete the NAT gateway \(nat-/s,
  );
  const no = await c2f('cluster up --cluster prod', { ask: async () => 'n' });
  expect(no).toMatchObject({ code: 0, error: expect.stringContaining('Nothing was done.') });
  const yes = await c2f('cluster up --cluster prod', { ask: async () => 'y' });
  expect(yes.code).toBe(0);
  expect(yes.error).toContain('Delete the NAT gateway (nat-');
});

it('shows the reason of the resource that failed first, and can be run again', async () => {
  await elsewhere(({ logs }) => logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/cluster/prod' })));
  const failed = await c2f('cluster up --cluster prod');
  expect(failed.code).toBe(4);
  expect(failed.error).toContain('CloudFormation takes back what it has done, since the log group failed: ');
  expect(failed.error).toMatch(
    /error: The stack compose2fargate-prod ended as ROLLBACK_COMPLETE\. The log group failed: .*already exists/,
  );
  // The remains of the stack are no obstacle.
  expect((await c2f('cluster up --cluster prod')).code).toBe(4);
  expect((await c2f('cluster down --cluster prod --yes')).code).toBe(0);
});

it("removes services and tasks of projects when it is forced, and nobody else's", async () => {
  await c2f('cluster up --cluster prod');
  await c2f('up --cluster prod');
  await elsewhere(({ ecs }) => ecs.send(new RunTaskCommand({ ...RUN_SHOP, cluster: 'prod' })));
  const refused = await c2f('cluster down --cluster prod --force');
  expect(refused).toMatchObject({ code: 3, error: expect.stringContaining('did not start: the task ') });
});

it('deletes what runs there with --force', async () => {
  await c2f('cluster up --cluster prod');
  await c2f('up --cluster prod');
  const dry = await c2f('cluster down --cluster prod --force --dry-run');
  expect(dry.out).toMatch(/^Stop task \w+\.\n/);
  const gone = await c2f('cluster down --cluster prod --force');
  expect(gone).toMatchObject({ code: 0 });
  expect(gone.error).toMatch(/What shop had beside it .*\n {2}compose2fargate down --purge --cluster default\n/);
});

it('leaves a load balancer, which nobody would find again, to "service rm"', async () => {
  writeFileSync(
    join(directory, 'ecs-params.yml'),
    'version: 1\nrun_params: {application_load_balancer: {container_name: web, container_port: 80}}\n',
  );
  await c2f('cluster up --cluster prod');
  const up = await c2f('service up --cluster prod');
  expect(up.code, up.error).toBe(0);
  const refused = await c2f('cluster down --cluster prod --force');
  expect(refused).toMatchObject({ code: 3, error: expect.stringContaining('A load balancer was made for shop') });
  expect(refused.error).toContain('compose2fargate service rm --cluster prod');
  expect((await c2f('service rm --cluster prod')).code).toBe(0);
  expect((await c2f('cluster down --cluster prod --force')).code).toBe(0);
});

it('uses a VPC that is there, and leaves it', async () => {
  const up = await c2f(
    'cluster up --cluster prod --vpc vpc-0abc --subnets subnet-0a,subnet-0b --port 8080 --tags team=web',
  );
  expect(up.code).toBe(0);
  expect(up.out).toContain('Subnets         subnet-0a,subnet-0b\n');
  expect(up.error).not.toContain('Create the VPC');
  const down = await c2f('cluster down --cluster prod --yes');
  expect(down.error).toContain('and the VPC vpc-0abc with its subnets, which was there before.');
});

it.each([
  ['cluster up', 'Which cluster?'],
  ['cluster up --cluster default', '"default" is not for this command'],
  ['cluster up --cluster prod --vpc vpc-1', '--vpc and --subnets go together'],
  ['cluster up --cluster prod --vpc vpc-1 --subnets a,b --private', '--private is about a network that is made here'],
  ['cluster up --cluster prod --vpc-cidr 10.0.0.0/8', 'it may be a /16 to a /24'],
  ['cluster up --cluster prod --azs us-east-1a', 'are not two zones'],
  ['cluster up --cluster prod --azs us-east-1a,us-west-2b', 'The zone us-west-2b of --azs is not in us-east-1'],
  ['cluster up --cluster prod --port 0', 'is no port'],
])('refuses the usage "%s"', async (line, words) => {
  expect(await c2f(line)).toMatchObject({ code: 2, error: expect.stringContaining(words) });
});

it('touches no cluster that it did not make', async () => {
  await elsewhere(({ ecs }) => ecs.send(new CreateClusterCommand({ clusterName: 'mine' })));
  for (const line of ['cluster up --cluster mine', 'cluster down --cluster mine --force']) {
    expect(await c2f(line)).toMatchObject({ code: 3, error: expect.stringContaining('exists already') });
  }
});
