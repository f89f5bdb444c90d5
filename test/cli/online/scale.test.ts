import { CreateServiceCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { down, ps, scale, serviceStop, serviceUp, stop, up } from '../../../src/cli/online.ts';
import { startSimulator } from '../../../src/simulator.ts';
import { shop, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

async function running(): Promise<readonly { readonly task: string; readonly revision: string }[]> {
  await ps(terminal.context(shop(), { json: true }), {});
  return JSON.parse(terminal.out).containers.filter(({ container }: { container: string }) => container === 'web');
}

function changed() {
  const [db, web] = shop().definition.containerDefinitions;
  return shop({ definition: { containerDefinitions: [{ ...db, image: 'mysql:9' }, web] as never } });
}

test('brings the number of tasks to N and leaves those that fit alone', async () => {
  await up(terminal.context(shop()), {});
  const [first] = await running();
  expect(await scale(terminal.context(shop()), { count: 3 })).toBe(0);
  expect(terminal.error).toContain('Run 2 tasks of shop: ');
  expect(await running()).toHaveLength(3);
  expect(await scale(terminal.context(shop()), { count: 3 })).toBe(0);
  expect(terminal.error).toContain('3 tasks of shop run already.');
  expect(await scale(terminal.context(shop()), { count: 1 })).toBe(0);
  expect((await running()).map(({ task }) => task)).toEqual([first?.task]);
});

test('runs the revision that runs, whatever the files say by now', async () => {
  await up(terminal.context(shop()), {});
  expect(await scale(terminal.context(changed()), { count: 2 })).toBe(0);
  expect(terminal.error).not.toContain('Register');
  expect((await running()).map(({ revision }) => revision)).toEqual(['shop:1', 'shop:1']);
});

test('to 0 and back', async () => {
  await up(terminal.context(shop()), {});
  expect(await scale(terminal.context(shop()), { count: 0 })).toBe(0);
  expect(await running()).toEqual([]);
  expect(await scale(terminal.context(shop()), { count: 0 })).toBe(0);
  expect(terminal.error).toContain('No task of shop runs');
  expect(await scale(terminal.context(shop(), { json: true }), { count: 2 })).toBe(0);
  expect(JSON.parse(terminal.out)).toMatchObject({
    outcome: 'ready',
    revision: 'shop:1',
    tasks: [{ lastStatus: 'RUNNING' }, {}],
  });
  expect(await running()).toHaveLength(2);
});

test('of what was never run there is nothing to scale', async () => {
  expect(await scale(terminal.context(shop(), { cluster: 'prod' }), { count: 2 })).toBe(3);
  expect(terminal.error).toContain('The cluster prod does not exist');
  await up(terminal.context(shop()), {});
  const other = { ...shop(), definition: { ...shop().definition, family: 'other' } };
  expect(await scale(terminal.context(other), { count: 2 })).toBe(3);
  expect(terminal.error).toMatch(/Nothing was ever run of other.*\n.*compose2fargate up --count N/);
});

test('stop stops the tasks, and lists nothing to remove', async () => {
  await up(terminal.context(shop()), { count: 2 });
  expect(await stop(terminal.context(shop()), {})).toBe(0);
  expect(await running()).toEqual([]);
  await up(terminal.context(shop()), {});
  expect(await stop(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).not.toContain('What stays');
});

test('a service without tasks decides too how many there are', async () => {
  await serviceUp(terminal.context(shop()), {});
  await serviceStop(terminal.context(shop()), {});
  expect(await scale(terminal.context(shop()), { count: 2 })).toBe(3);
  expect(terminal.error).toMatch(/belong to the service shop.*\n.*compose2fargate service scale N/);
  expect(await running()).toEqual([]);
});

test('tasks of a service are left to it', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'x');
  const simulator = await startSimulator({ speed: 50 });
  const remote = new Terminal({ endpointUrl: simulator.endpoint });
  const ecs = new ECSClient({ endpoint: simulator.endpoint, region: 'us-east-1' });
  await up(remote.context(shop()), {});
  await ecs.send(
    new CreateServiceCommand({
      serviceName: 'shop',
      taskDefinition: 'shop:1',
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      propagateTags: 'TASK_DEFINITION',
    }),
  );
  expect(await scale(remote.context(shop()), { count: 2 })).toBe(3);
  expect(remote.error).toMatch(/belong to the service shop.*\n.*compose2fargate service scale N/);
  const ofService = new ListTasksCommand({ serviceName: 'shop' });
  await vi.waitFor(async () => expect((await ecs.send(ofService)).taskArns).toHaveLength(1));
  expect(await down(remote.context(shop()), {})).toBe(0);
  expect(remote.error).toMatch(/warning: The tasks of the service shop are left alone/);
  expect(simulator.calls.filter(({ operation }) => operation === 'StopTask')).toHaveLength(1);
  ecs.destroy();
  remote.close();
  await simulator.close();
  vi.unstubAllEnvs();
});

test('tasks that are started carry the tags of --tags', async () => {
  const simulator = await startSimulator({ speed: 50 });
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'x');
  const remote = new Terminal({ endpointUrl: simulator.endpoint });
  const tags = [{ key: 'team', value: 'web' }];
  await up(remote.context(shop()), {});
  expect(await scale(remote.context(shop()), { count: 2, tags })).toBe(0);
  const started = simulator.calls.filter(({ operation }) => operation === 'RunTask').map(({ input }) => input);
  expect(started).toEqual([
    expect.objectContaining({ tags: expect.not.arrayContaining(tags) }),
    expect.objectContaining({ tags: expect.arrayContaining(tags) }),
  ]);
  vi.unstubAllEnvs();
  remote.close();
  await simulator.close();
});
