import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  down,
  exec,
  logs,
  plan,
  ps,
  run,
  scale,
  serviceRemove,
  serviceScale,
  serviceStop,
  serviceUp,
  stop,
  up,
} from '../../../src/cli/online.ts';
import type { ClientConfiguration, Connection } from '../../../src/deployer/aws/connection.ts';
import { courseOf } from '../../../src/simulator/course.ts';
import { statusAt } from '../../../src/simulator/task.ts';
import { type Fault, type FaultKind, type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { accountIn } from '../../end-to-end/account-contents.ts';
import { shop, Terminal } from './project.ts';

/** The endpoints that will be silent, and how soon that is noticed there in place of half a minute, in milliseconds. */
const silent = new Set<string | undefined>();
const patience = 3_000;

// Files share a process: one before this may have loaded the module that is replaced here.
vi.hoisted(() => vi.resetModules());
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

/** What this file's tests write. */
const directory = mkdtempSync(join(tmpdir(), 'faults-'));

// The tests are many times as long beside other work.
vi.setConfig({ testTimeout: 180_000 });

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  // What exec hands the terminal over to.
  writeFileSync(join(directory, 'session-manager-plugin'), '', { mode: 0o755 });
  vi.stubEnv('PATH', `${directory}${delimiter}${process.env['PATH']}`);
  // The SDK waits for a random part of a growing time before it tries again.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Time passes so much faster for the tasks and for those who wait for them. */
const speed = 20_000;

/** How long each wait may last: in so fast a clock, longer than a busy machine takes. */
const timeout = 1e12;

const changed = (): Task => {
  const task = shop();
  const containerDefinitions = task.definition.containerDefinitions.map((one) => ({ ...one, image: `${one.image}-2` }));
  return shop({ definition: { ...task.definition, containerDefinitions } });
};

type Command = (terminal: Terminal) => Promise<number>;

const upShop: Command = (terminal) => up(terminal.context(shop()), { timeout });
const upService: Command = (terminal) => serviceUp(terminal.context(shop()), { timeout });

/** The shop in whose containers commands may be run. */
const open = () => shop({ definition: { taskRoleArn: 'arn:aws:iam::123456789012:role/shop' } });
const upOpen: Command = (terminal) => up(terminal.context(open()), { timeout, enableExecuteCommand: true });

const execute: Command = (terminal) => {
  const context = terminal.context(open());
  const handOver = async () => 0;
  return exec({ ...context, io: { ...context.io, handOver: handOver as never } }, { service: 'web', command: ['sh'] });
};

interface Tested {
  /** What was done before. */
  readonly before?: Command;
  readonly run: Command;
  /** The exit code for a call that was refused; 3 unless it is said. */
  readonly refused?: number;
}

const commands: Readonly<Record<string, Tested>> = {
  up: { run: upShop },
  'up of a changed image': { before: upShop, run: (terminal) => up(terminal.context(changed()), { timeout }) },
  plan: { before: upShop, run: (terminal) => plan(terminal.context(changed()), {}) },
  ps: { before: upShop, run: (terminal) => ps(terminal.context(shop()), { all: true }) },
  logs: { before: upShop, run: (terminal) => logs(terminal.context(shop()), {}) },
  run: {
    before: upShop,
    run: (terminal) => run(terminal.context(shop()), { service: 'web', command: ['migrate'] }),
    refused: 125,
  },
  exec: { before: upOpen, run: execute },
  scale: { before: upShop, run: (terminal) => scale(terminal.context(shop()), { count: 3, timeout }) },
  stop: { before: upShop, run: (terminal) => stop(terminal.context(shop()), { timeout }) },
  down: { before: upShop, run: (terminal) => down(terminal.context(shop()), { timeout }) },
  'service up': { run: upService },
  'service up of a changed image': {
    before: upService,
    run: (terminal) => serviceUp(terminal.context(changed()), { timeout }),
  },
  'service scale': {
    before: upService,
    run: (terminal) => serviceScale(terminal.context(shop()), { count: 2, timeout }),
  },
  'service stop': { before: upService, run: (terminal) => serviceStop(terminal.context(shop()), { timeout }) },
  'service rm': { before: upService, run: (terminal) => serviceRemove(terminal.context(shop()), { timeout }) },
};

/** An account in which a command is about to run. */
class Scene {
  readonly simulator: Simulator;
  readonly terminal: Terminal;
  readonly #faults: Fault[];
  readonly #stateFile: string;

  private constructor(simulator: Simulator, faults: Fault[], stateFile: string) {
    this.simulator = simulator;
    this.#faults = faults;
    this.#stateFile = stateFile;
    this.terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: speed });
  }

  /** An account in which something was done before: once, for all that begin so. */
  static async set(before: Command | undefined): Promise<Scene> {
    const stateFile = join(directory, `${Scene.#count++}.jsonl`);
    if (before !== undefined) copyFileSync(await Scene.#done(before), stateFile);
    const faults: Fault[] = [];
    return new Scene(await startSimulator({ speed, faults, stateFile }), faults, stateFile);
  }

  static #count = 0;
  static readonly #accounts = new Map<Command, Promise<string>>();

  /** The file of an account in which a command has run. */
  static #done(command: Command): Promise<string> {
    const known = Scene.#accounts.get(command);
    if (known !== undefined) return known;
    const stateFile = join(directory, `${Scene.#count++}.jsonl`);
    const done = (async () => {
      const scene = new Scene(await startSimulator({ speed, stateFile }), [], stateFile);
      expect(await command(scene.terminal)).toBe(0);
      await scene.close();
      return stateFile;
    })();
    Scene.#accounts.set(command, done);
    return done;
  }

  /** Runs a command while the next calls of an operation suffer. */
  async suffer(command: Command, fault: Fault): Promise<number> {
    const nth = 1 + this.simulator.calls.filter(({ operation }) => operation === fault.operation).length;
    this.#faults.push({ ...fault, nth });
    if (fault.kind === 'hang') silent.add(this.simulator.endpoint);
    const code = await command(this.terminal);
    this.#faults.length = 0;
    return code;
  }

  /** What there is: the images that tasks run, those of a service and of the newest revision, and the service. */
  state(): unknown {
    const now = Date.now();
    const { tasks, families, services } = accountIn(this.#stateFile);
    const running = [...tasks.values()].filter((task) => statusAt(courseOf(task), now) === 'RUNNING');
    const [service] = services.values();
    return {
      running: running.filter(({ serviceArn }) => serviceArn === undefined).map(({ definition }) => images(definition)),
      ofService: running
        .filter(({ serviceArn }) => serviceArn !== undefined)
        .map(({ definition }) => images(definition)),
      latest: [...families.values()].map((revisions) => revisions.at(-1)).map(images),
      service: service && {
        status: service.status,
        images: images(service.definition),
        desiredCount: service.settings.desiredCount,
      },
    };
  }

  async close(): Promise<void> {
    this.terminal.close();
    await this.simulator.close();
  }
}

function images(
  definition: Pick<Task['definition'], 'containerDefinitions'> | undefined,
): readonly string[] | undefined {
  return definition?.containerDefinitions.map(({ image }) => image);
}

/** The operations that a command calls, and what there is after it, undisturbed. */
async function undisturbed({ before, run: command }: Tested) {
  const scene = await Scene.set(before);
  const earlier = scene.simulator.calls.length;
  expect(await command(scene.terminal)).toBe(0);
  const operations = new Set(scene.simulator.calls.slice(earlier).map(({ operation }) => operation));
  const end = scene.state();
  await scene.close();
  return { operations: [...operations], end };
}

/** Runs a command once for each of its calls and kind of fault; whatever comes of it, in the end all is as it should be. */
async function disturb(
  command: Tested,
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
      expect(scene.state()).toEqual(end);
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
      if (code !== 0) isRefused(code, terminal, command);
    }));
});

function isRefused(code: number, { out, error }: Terminal, { refused = 3 }: Tested): void {
  expect(code).toBe(refused);
  // What a container writes is printed as it comes.
  if (refused === 3) expect(out).toBe('');
  expect(error.match(/^error: [A-Z].* \[aws\/refused\]$/gm)).toHaveLength(1);
  expect(error).not.toMatch(/\n {4}at |\[object|undefined|JSON at|Error:|@smithy/);
}
