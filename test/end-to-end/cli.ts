import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { folder } from '../folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The launcher that users start. */
export const launcher: string = join(root, 'bin/compose2fargate.js');

/** The folder of an example. */
export function example(name: string): string {
  return join(root, 'fixtures/examples', name);
}

/** Nothing of this machine's AWS settings. */
export const bareEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
};

export interface Ended {
  readonly code: number | undefined;
  readonly out: string;
  readonly error: string;
}

/** Runs the built program in a folder, with nothing of this machine's AWS settings. */
export function cli(cwd: string, ...args: readonly string[]): Promise<Ended> {
  return cliWith({}, cwd, ...args);
}

/** As `cli`, with these variables in its environment. */
export async function cliWith(
  environment: Readonly<Record<string, string>>,
  cwd: string,
  ...args: readonly string[]
): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [launcher, ...args], {
    cwd,
    reject: false,
    extendEnv: false,
    env: { ...bareEnvironment, ...environment },
    stripFinalNewline: false,
  });
  return { code: exitCode, out: stdout, error: stderr };
}

/** The options for a simulated account of the test's own, in quick time. */
export function simulated(): readonly string[] {
  return ['--simulate-state', join(folder(), 'account.jsonl'), '--simulate-speed', '100'];
}
