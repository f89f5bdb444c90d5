import { chmodSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';
import type { Account } from '../../src/simulator/account.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator.ts';
import { folder } from '../folder.ts';
import { accountIn, contentsOf, difference } from './account-contents.ts';
import { bareEnvironment, cliWith, type Ended } from './cli.ts';

/** Who reads a chapter: somebody with a project, in an account where nobody has done anything. */
export class Reader {
  readonly #simulator: Simulator;
  readonly #stateFile: string;
  readonly #directory: string;
  readonly #programs: string = folder();
  readonly #before: ReturnType<typeof contentsOf>;
  /** All that the commands so far have told. */
  #told = '';

  private constructor(simulator: Simulator, stateFile: string, files: Readonly<Record<string, string>>) {
    this.#simulator = simulator;
    this.#stateFile = stateFile;
    this.#directory = folder(files);
    this.#before = contentsOf(this.account);
  }

  static async with(files: Readonly<Record<string, string>>, options: SimulatorOptions = {}): Promise<Reader> {
    const stateFile = join(folder(), 'account.jsonl');
    const simulator = await startSimulator({ ...options, stateFile, speed: 100 });
    onTestFinished(() => simulator.close());
    return new Reader(simulator, stateFile, files);
  }

  /** The account as it is now. */
  get account(): Account {
    return accountIn(this.#stateFile);
  }

  /** What leads a client of the SDK to the account. */
  get client(): {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  } {
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    return { endpoint: this.#simulator.endpoint, region: 'us-east-1', credentials };
  }

  /** Puts a file into the project. */
  write(name: string, content: string): void {
    writeFileSync(join(this.#directory, name), content);
  }

  /** Puts a program on the PATH. */
  install(name: string, program: string): void {
    const path = join(this.#programs, name);
    writeFileSync(path, program);
    chmodSync(path, 0o755);
  }

  /** Types a command, which has to go well, in quick time. */
  async types(line: string): Promise<Ended> {
    const environment = {
      PATH: `${this.#programs}:${bareEnvironment['PATH']}`,
      AWS_ENDPOINT_URL: this.#simulator.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    };
    const ended = await cliWith(environment, this.#directory, ...line.split(' '), '--simulate-speed', '100');
    expect(ended, ended.error).toMatchObject({ code: 0 });
    this.#told += ended.error;
    return ended;
  }

  /** Sends a request through the simulator: its status and what answers, or where it got lost. */
  asks(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = request(this.#simulator.endpoint, { path: url }, async (response) => {
        resolve(`${response.statusCode} ${(await text(response)).trim()}`);
      });
      asked.once('error', reject);
      asked.end();
    });
  }

  /** What the account holds that it did not hold at first. */
  left(): readonly string[] {
    return difference(this.#before, contentsOf(this.account));
  }

  /** What the commands have said that stays. */
  listed(): readonly string[] {
    return listedIn(this.#told);
  }
}

/** The commands by which an output says that something stays, and what their argument is to the account. */
const removals: readonly (readonly [command: RegExp, resource: string])[] = [
  [/aws ecs deregister-task-definition .*--task-definition (\S+)/g, 'task-definition/'],
  [/aws ecs delete-cluster .*--cluster (\S+)/g, 'cluster/'],
  [/aws logs delete-log-group .*--log-group-name (\S+)/g, 'log-group:'],
  [/aws ecr delete-repository .*--repository-name (\S+)/g, 'repository/'],
];

/** What an output lists of what stays. */
function listedIn(output: string): readonly string[] {
  const found = removals.flatMap(([command, resource]) =>
    [...output.matchAll(command)].map(([, name]) => `${resource}${name}`),
  );
  return [...new Set(found)].toSorted();
}
