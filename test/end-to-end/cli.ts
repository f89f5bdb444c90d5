import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The launcher that users start. */
export const launcher: string = join(root, 'bin/compose2fargate.js');

/** The folder of an example. */
export function example(name: string): string {
  return join(root, 'fixtures/examples', name);
}

/** An empty folder with some files, gone when the test is. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'compose2fargate-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
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

/** Runs the built program in a folder. */
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
