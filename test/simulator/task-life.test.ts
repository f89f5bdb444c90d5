import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import { ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, describe as group, it } from 'vitest';
import { explainStopReason } from '../../src/fargate/stop-reasons.ts';
import { BEGINNING, describe, prepareShop, refusal, runShop, SHOP, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount();
});
afterEach(() => account.close());

/** The task's status and those of its containers, as `RUNNING db=RUNNING/HEALTHY …`. */
async function look(task: string, seconds = 0): Promise<string> {
  account.pass(seconds);
  const { lastStatus, containers = [] } = await describe(account, task);
  return [lastStatus, ...containers.map((c) => `${c.name}=${c.lastStatus}/${c.healthStatus}`)].join(' ');
}

group('a task that runs', () => {
  it('goes through its states as time goes, in the order of dependsOn', async () => {
    await prepareShop(account);
    const task = await runShop(account);
    expect(task).toMatch(/^arn:aws:ecs:us-east-1:123456789012:task\/default\/[0-9a-f]{32}$/);
    expect(await look(task)).toBe('PROVISIONING db=PENDING/UNKNOWN web=PENDING/UNKNOWN');
    expect(await look(task, 2)).toBe('PENDING db=PENDING/UNKNOWN web=PENDING/UNKNOWN');
    expect(await look(task, 2)).toBe('PENDING db=RUNNING/UNKNOWN web=PENDING/UNKNOWN');
    expect(await look(task, 1.2)).toBe('PENDING db=RUNNING/HEALTHY web=PENDING/UNKNOWN');
    expect(await look(task, 2)).toBe('RUNNING db=RUNNING/HEALTHY web=RUNNING/UNKNOWN');
    const described = await describe(account, task);
    expect(described).toMatchObject({ healthStatus: 'HEALTHY', desiredStatus: 'RUNNING', cpu: '512', memory: '1024' });
    expect(described.createdAt?.getTime()).toBe(BEGINNING);
    expect(described.startedAt?.getTime()).toBe(BEGINNING + 5500);
  });

  it('stops step by step when it is told to', async () => {
    await prepareShop(account);
    const task = await runShop(account);
    account.pass(10);
    await account.ecs.send(new StopTaskCommand({ task, reason: 'no longer needed' }));
    expect(await look(task)).toMatch(/^DEACTIVATING db=RUNNING/);
    expect(await look(task, 0.3)).toMatch(/^STOPPING/);
    expect(await look(task, 0.6)).toMatch(/^DEPROVISIONING db=STOPPED/);
    expect(await look(task, 1)).toMatch(/^STOPPED/);
    const stopped = await describe(account, task);
    expect(stopped).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'no longer needed' });
    expect(stopped.containers?.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    account.pass(1);
    await account.ecs.send(new StopTaskCommand({ task, reason: 'again' }));
    expect(await describe(account, task)).toMatchObject({ stoppedReason: 'no longer needed' });
  });

  it('is divided by the speed', async () => {
    await account.close();
    account = await testAccount({ speed: 10 });
    await prepareShop(account);
    expect(await look(await runShop(account), 0.6)).toMatch(/^RUNNING/);
  });

  it('has a public address once it runs, and none without assignPublicIp', async () => {
    await prepareShop(account);
    const tasks = [await runShop(account), await runShop(account)];
    const hidden = await runShop(account, {
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0abc'], assignPublicIp: 'DISABLED' } },
    });
    const publicAddress = async (task: string): Promise<string | undefined> => {
      const details = (await describe(account, task)).attachments?.[0]?.details;
      const id = details?.find(({ name }) => name === 'networkInterfaceId')?.value as string;
      const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] });
      return (await account.ec2.send(command)).NetworkInterfaces?.[0]?.Association?.PublicIp;
    };
    account.pass(2);
    expect(await publicAddress(tasks[0] as string)).toBeUndefined();
    account.pass(8);
    const addresses = [await publicAddress(tasks[0] as string), await publicAddress(tasks[1] as string)];
    expect(addresses).toEqual([
      expect.stringMatching(/^203\.0\.113\.\d+$/),
      expect.stringMatching(/^203\.0\.113\.\d+$/),
    ]);
    expect(new Set(addresses).size).toBe(2);
    expect(await publicAddress(hidden)).toBeUndefined();
  });

  it('is forgotten an hour after it stopped', async () => {
    await prepareShop(account);
    const task = await runShop(account);
    await account.ecs.send(new StopTaskCommand({ task }));
    account.pass(30);
    const stopped = new ListTasksCommand({ desiredStatus: 'STOPPED' });
    expect((await account.ecs.send(stopped)).taskArns).toEqual([task]);
    expect((await account.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([]);
    account.pass(3600);
    expect((await account.ecs.send(stopped)).taskArns).toEqual([]);
    expect(await describe(account, task)).toBeUndefined();
    expect(await refusal(account.ecs.send(new StopTaskCommand({ task })))).toMatchObject({
      name: 'InvalidParameterException',
      message: 'The referenced task was not found.',
    });
  });
});

group('a task with overrides', () => {
  const overrides = {
    cpu: '1 vCPU',
    memory: '2048',
    containerOverrides: [{ name: 'web', command: ['wp', 'cron', 'run'], memory: 256 }],
  };

  it('shows the size and the command that it has instead', async () => {
    await prepareShop(account);
    const described = await describe(account, await runShop(account, { overrides }));
    expect(described).toMatchObject({ cpu: '1024', memory: '2048' });
    expect(described.overrides?.containerOverrides).toMatchObject([
      { name: 'db' },
      { name: 'web', command: ['wp', 'cron', 'run'] },
    ]);
    expect(described.containers?.map(({ memory }) => memory)).toEqual([undefined, '256']);
  });

  it('is done with the command soon, and well', async () => {
    await prepareShop(account);
    const task = await runShop(account, { overrides });
    expect(await look(task, 7)).toMatch(/^RUNNING/);
    account.pass(10);
    const done = await describe(account, task);
    expect(done).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' });
    expect(done.containers?.[1]).toMatchObject({ name: 'web', exitCode: 0 });
  });

  it('ends with the command as x-simulate says', async () => {
    await account.close();
    account = await testAccount({ behaviours: { web: { exit: { code: 4, after: 20_000 } } } });
    await prepareShop(account);
    const task = await runShop(account, { overrides });
    expect(await look(task, 20)).toMatch(/^RUNNING/);
    account.pass(10);
    expect((await describe(account, task)).containers?.[1]?.exitCode).toBe(4);
  });
});

group('a task that fails', () => {
  async function failing(behaviours: object, changes: object = {}): Promise<string> {
    await account.close();
    account = await testAccount({ behaviours: behaviours as never });
    await prepareShop(account, changes);
    return runShop(account);
  }

  it('stops when an image cannot be pulled', async () => {
    const task = await failing({ web: { pull: 'denied' } });
    account.pass(10);
    const stopped = await describe(account, task);
    const reason =
      'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ' +
      'docker.io/library/wordpress:latest: pull access denied, repository does not exist or may require authorization';
    expect(stopped).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' });
    expect(stopped.stoppedReason).toContain(reason);
    expect(stopped.startedAt).toBeUndefined();
    expect(stopped.containers?.map((c) => [c.name, c.lastStatus, c.exitCode, c.reason?.slice(0, 24)])).toEqual([
      ['db', 'STOPPED', undefined, undefined],
      ['web', 'STOPPED', undefined, 'CannotPullContainerError'],
    ]);
  });

  it.each([
    ['denied', /The registry refused the pull/],
    ['not-found', /its tag or its digest is not in the registry/],
    ['rate-limited', /too many anonymous pulls/],
  ])('says that a pull was %s in words that the deployer understands', async (pull, cause) => {
    const task = await failing({ web: { pull } });
    account.pass(10);
    const { stoppedReason = '' } = await describe(account, task);
    expect(explainStopReason(stoppedReason)?.cause).toMatch(cause);
  });

  it('stops when an essential container ends', async () => {
    const task = await failing({ web: { exit: { code: 3, after: 5000 } } });
    expect(await look(task, 8)).toMatch(/^RUNNING/);
    account.pass(10);
    const stopped = await describe(account, task);
    expect(stopped).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
    expect(stopped.containers?.map(({ exitCode }) => exitCode)).toEqual([0, 3]);
  });

  it('goes on when a container ends that is not essential', async () => {
    const [db, web] = SHOP.containerDefinitions ?? [];
    const changes = { containerDefinitions: [db, { ...web, essential: false }] };
    const task = await failing({ web: { exit: { code: 3, after: 0 } } }, changes);
    expect(await look(task, 20)).toBe('RUNNING db=RUNNING/HEALTHY web=STOPPED/UNKNOWN');
  });

  it('goes on when ECS restarts the container that ends', async () => {
    const [db, web] = SHOP.containerDefinitions ?? [];
    const policy = { restartPolicy: { enabled: true, restartAttemptPeriod: 60, ignoredExitCodes: [0] } };
    const changes = { containerDefinitions: [db, { ...web, ...policy }] };
    const lasting = await failing({ web: { exit: { code: 1, after: 60_000 } } }, changes);
    expect(await look(lasting, 200)).toMatch(/^RUNNING/);
    const short = await failing({ web: { exit: { code: 1, after: 59_000 } } }, changes);
    expect(await look(short, 200)).toMatch(/^STOPPED/);
    const ignored = await failing({ web: { exit: { code: 0, after: 60_000 } } }, changes);
    expect(await look(ignored, 200)).toMatch(/^STOPPED/);
  });

  it('says that a container used too much memory', async () => {
    const task = await failing({ db: { memory: 'exceeded' } });
    account.pass(20);
    expect((await describe(account, task)).containers?.[0]).toMatchObject({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    });
  });

  it('waits for ever for a dependency that is unhealthy', async () => {
    const task = await failing({ db: { health: 'unhealthy' } });
    expect(await look(task, 600)).toBe('PENDING db=RUNNING/UNHEALTHY web=PENDING/UNKNOWN');
  });

  it('does not start what waits for the success of a container that failed', async () => {
    const [db, web] = SHOP.containerDefinitions ?? [];
    const changes = {
      containerDefinitions: [
        { ...db, essential: false },
        { ...web, dependsOn: [{ containerName: 'db', condition: 'SUCCESS' }] },
      ],
    };
    const task = await failing({ db: { exit: { code: 1, after: 500 } } }, changes);
    account.pass(20);
    expect(await describe(account, task)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'Task failed to start',
    });
  });

  it('stops when its log group is not there', async () => {
    const { logConfiguration, ...web } = SHOP.containerDefinitions?.[1] ?? {};
    const options = { ...logConfiguration?.options, 'awslogs-group': '/ecs/nowhere' };
    const logging = (more: object) => ({
      containerDefinitions: [
        { ...web, dependsOn: [], logConfiguration: { logDriver: 'awslogs', options: { ...options, ...more } } },
      ],
    });
    const task = await failing({}, logging({}));
    account.pass(10);
    const { stopCode, stoppedReason } = await describe(account, task);
    expect(stopCode).toBe('TaskFailedToStart');
    expect(stoppedReason).toMatch(
      /^ResourceInitializationError: failed to validate logger args: .*The specified log group does not exist/,
    );
    const made = await failing({}, logging({ 'awslogs-create-group': 'true' }));
    expect(await look(made, 10)).toMatch(/^RUNNING/);
  });
});
