import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, inject, onTestFinished } from 'vitest';
import type { Ended } from '../end-to-end/cli.ts';

/** The stock AWS CLI, led to an account by variables. */
export interface Aws {
  /** Gives what it prints, which is JSON; fails where it does. */
  // biome-ignore lint/suspicious/noExplicitAny: the test names the members that it wants
  aws(...args: readonly string[]): Promise<any>;
  /** For what is to fail: gives what it says. */
  refusal(...args: readonly string[]): Promise<string>;
}

const script = fileURLToPath(new URL('aws.py', import.meta.url));

/** Starts the AWS CLI, until the test is over. Calls are made one after the other. */
export function awsCli(environment: Readonly<Record<string, string>>): Aws {
  const python = execa(join(inject('judges') as string, 'python'), [script], {
    reject: false,
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', AWS_MAX_ATTEMPTS: '1', ...environment },
    stderr: 'inherit',
  });
  onTestFinished(async () => {
    python.kill();
    await python;
  });
  const ends = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const run = async (args: readonly string[]): Promise<Ended> => {
    python.stdin.write(`${JSON.stringify(['--output', 'json', ...args])}\n`);
    const { value } = await ends.next();
    return JSON.parse(value ?? '{"error": "The AWS CLI has ended."}');
  };
  return {
    async aws(...args) {
      const { out, error, code } = await run(args);
      expect({ code, error }, args.join(' ')).toEqual({ code: 0, error: '' });
      return out === '' ? undefined : JSON.parse(out);
    },
    async refusal(...args) {
      const { error, code } = await run(args);
      expect(code, args.join(' ')).not.toBe(0);
      return error;
    },
  };
}
