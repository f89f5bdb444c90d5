import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { folder } from '../folder.ts';
import { bareEnvironment, type Ended, launcher } from './cli.ts';

/** A `compose2fargate simulator` that runs, until the test is over at the latest. */
export interface Served {
  readonly endpoint: string;
  /** The variables that it says an AWS client needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Presses Ctrl-C, and gives what the command ended with. */
  interrupt(): Promise<Ended>;
}

/** Starts the command with more arguments and waits until it has printed its endpoint. */
export async function served(...args: readonly string[]): Promise<Served> {
  const command = execa(process.execPath, [launcher, 'simulator', '--json', ...args], {
    cwd: folder(),
    reject: false,
    extendEnv: false,
    env: { ...bareEnvironment },
    stripFinalNewline: false,
  });
  onTestFinished(async () => {
    command.kill('SIGINT');
    await command;
  });
  const lines = createInterface({ input: command.stdout })[Symbol.asyncIterator]();
  const { value } = await lines.next();
  const { endpoint, environment } = JSON.parse(value ?? '');
  return {
    endpoint,
    environment,
    async interrupt() {
      command.kill('SIGINT');
      const { exitCode, stdout, stderr } = await command;
      return { code: exitCode, out: stdout, error: stderr };
    },
  };
}
