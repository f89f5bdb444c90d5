import { join } from 'node:path';
import { execa } from 'execa';
import { expect, inject } from 'vitest';

/** The stock AWS CLI, led to an account by variables. */
export interface Aws {
  /** Gives what it prints, which is JSON; fails where it does. */
  // biome-ignore lint/suspicious/noExplicitAny: the test names the members that it wants
  aws(...args: readonly string[]): Promise<any>;
  /** For what is to fail: gives what it says. */
  refusal(...args: readonly string[]): Promise<string>;
}

export function awsCli(environment: Readonly<Record<string, string>>): Aws {
  const run = (args: readonly string[]) =>
    execa(join(inject('judges') as string, 'aws'), ['--output', 'json', ...args], {
      reject: false,
      extendEnv: false,
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1', ...environment },
    });
  return {
    async aws(...args) {
      const { stdout, stderr, exitCode } = await run(args);
      expect({ exitCode, stderr }, args.join(' ')).toEqual({ exitCode: 0, stderr: '' });
      return stdout === '' ? undefined : JSON.parse(stdout);
    },
    async refusal(...args) {
      const { stderr, exitCode } = await run(args);
      expect(exitCode, args.join(' ')).not.toBe(0);
      return stderr;
    },
  };
}
