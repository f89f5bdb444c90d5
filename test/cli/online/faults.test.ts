import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { down, logs, plan, ps, up } from '../../../src/cli/online.ts';
import type { ClientConfiguration, Connection } from '../../../src/deployer/aws/connection.ts';
import { observe, openAccount } from '../../../src/deployer.ts';
import { type Fault, type FaultKind, type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, Terminal } from './project.ts';

/** The endpoints that will be silent, and how soon that is noticed there in place of half a minute, in milliseconds. */
const silent = new Set<string | undefined>();
const patience = 3_000;

vi.mock('../../../src/deployer/aws/connection.ts', async (load) => {
  const connections = await load<typeof import('../../../src/deployer/aws/connection.ts')>();
  return {
    ...connections,
    clientConfiguration(connection: Connection): ClientConfiguration {
      const configuration = connections.clientConfiguration(connection);
      if (!silent.has(connection.endpoint)) return configuration;
      return { ...configuration, requestHandler: { ...configuration.requestHandler, requestTimeout: patience } };
    },
  };
});

// The tests are many times as long beside other work.
vi.setConfig({ testTimeout: 180_000 });

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  // The SDK waits for a random part of a growing time before it tries again.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Time passes so much faster for the tasks and for those who wait for them. */
const speed = 20_000;

/** How long each wait may last: a fast clock makes little of the default. */
const timeout = 1e9;

const changed = (): Task => {
  const task = shop();
  const containerDefinitions = task.definition.containerDefinitions.map((one) => ({ ...one, image: `${one.image}-2` }));
  return shop({ definition: { ...task.definition, containerDefinitions } });
};

type Command = (terminal: Terminal) => Promise<number>;

const upShop: Command = (terminal) => up(terminal.context(shop()), { timeout });

/** The commands, and what was done before them. */
const commands: Readonly<Record<string, { readonly before?: Command; readonly run: Command }>> = {
  up: { run: upShop },
  'up of a changed image': { before: upShop, run: (terminal) => up(terminal.context(changed()), { timeout }) },
  plan: { before: upShop, run: (terminal) => plan(terminal.context(changed()), {}) },
  ps: { before: upShop, run: (terminal) => ps(terminal.context(shop()), { all: true }) },
  logs: { before: upShop, run: (terminal) => logs(terminal.context(shop()), {}) },
  down: { before: upShop, run: (terminal) => down(terminal.context(shop()), { timeout }) },
};

/** An account in which a command is about to run. */
class Scene {
  readonly simulator: Simulator;
  readonly terminal: Terminal;
  readonly #faults: Fault[];

  private constructor(simulator: Simulator, faults: Fault[]) {
    this.simulator = simulator;
    this.#faults = faults;
    this.terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: speed });
  }

  static async set(before: Command | undefined): Promise<Scene> {
    const faults: Fault[] = [];
    const scene = new Scene(await startSimulator({ speed, faults }), faults);
    if (before !== undefined) expect(await before(scene.terminal)).toBe(0);
    return scene;
  }

  /** Runs a command while the next calls of an operation suffer. */
  async suffer(run: Command, fault: Fault): Promise<number> {
    const nth = 1 + this.simulator.calls.filter(({ operation }) => operation === fault.operation).length;
    this.#faults.push({ ...fault, nth });
    if (fault.kind === 'hang') silent.add(this.simulator.endpoint);
    const code = await run(this.terminal);
    this.#faults.length = 0;
    return code;
  }

  /** What there is: the images that tasks run, those of the newest revision, and tasks that are nobody's. */
  async state(): Promise<unknown> {
    const account = openAccount({ region: 'us-east-1', endpoint: this.simulator.endpoint });
    const { tasks, revisions, foreign } = await observe(account, {
      cluster: 'default',
      family: 'shop',
      project: 'shop',
    });
    account.close();
    const images = (arn?: string) =>
      revisions.find((one) => one.arn === arn)?.definition.containerDefinitions.map(({ image }) => image);
    return { running: tasks.map(({ revisionArn }) => images(revisionArn)), latest: images(revisions[0]?.arn), foreign };
  }

  async close(): Promise<void> {
    this.terminal.close();
    await this.simulator.close();
  }
}

/** The operations that a command calls, and what there is after it, undisturbed. */
async function undisturbed({ before, run }: (typeof commands)[string]) {
  const scene = await Scene.set(before);
  const earlier = scene.simulator.calls.length;
  expect(await run(scene.terminal)).toBe(0);
  const operations = new Set(scene.simulator.calls.slice(earlier).map(({ operation }) => operation));
  const end = await scene.state();
  await scene.close();
  return { operations: [...operations], end };
}

/** Runs a command once for each of its calls and kind of fault; whatever comes of it, in the end all is as it should be. */
async function disturb(
  command: (typeof commands)[string],
  times: { readonly [K in FaultKind]?: number },
  check: (code: number, terminal: Terminal) => void,
): Promise<void> {
  const { operations, end } = await undisturbed(command);
  const suffer = async (fault: Fault): Promise<void> => {
    const scene = await Scene.set(command.before);
    try {
      const code = await scene.suffer(command.run, fault);
      check(code, scene.terminal);
      if (code !== 0) expect(await command.run(scene.terminal), 'run again').toBe(0);
      expect(await scene.state()).toEqual(end);
    } catch (error) {
      (error as Error).message =
        `${fault.kind} at ${fault.operation}: ${(error as Error).message}\n${scene.terminal.error}`;
      throw error;
    } finally {
      await scene.close();
    }
  };
  const { hang = 0, ...others } = times;
  await Promise.all([
    // Silence takes long and no work: all of it at once.
    ...operations.map((operation) => suffer({ operation, kind: 'hang', times: hang })),
    ...Object.entries(others).map(async ([kind, howOften]) => {
      for (const operation of operations) await suffer({ operation, kind: kind as FaultKind, times: howOften });
    }),
  ]);
}

/** How many calls suffer of each fault that passes: the SDK's own repetition outlasts one. */
const passing = { throttle: 1, 'server-error': 1, reset: 1, 'lost-answer': 1, hang: 1 };

/** Of each that lasts. The SDK gives up after three; the wait for a task looks several times more. */
const lasting = {
  throttle: 40,
  'server-error': 40,
  reset: 40,
  'lost-answer': 40,
  hang: 3,
  'access-denied': 1,
  expired: 1,
};

describe.concurrent.each(Object.entries(commands))('%s', (_, command) => {
  test('a fault that passes at once is not noticed', () => disturb(command, passing, (code) => expect(code).toBe(0)));

  test('a fault that lasts is one sentence and exit code 3, and run again all is well', () =>
    disturb(command, lasting, (code, terminal) => {
      if (code !== 0) isRefused(code, terminal);
    }));
});

function isRefused(code: number, { out, error }: Terminal): void {
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(error.match(/^error: [A-Z].* \[aws\/refused\]$/gm)).toHaveLength(1);
  expect(error).not.toMatch(/\n {4}at |\[object|undefined|JSON at|Error:|@smithy/);
}
