import type { Account } from '../../src/deployer/account.ts';
import { openAccount } from '../../src/deployer/aws/account.ts';
import type { Clock } from '../../src/deployer/clock.ts';
import { type Simulator, startSimulator } from '../../src/simulator.ts';

/** The real SDK on a simulated account whose time passes only while somebody sleeps. */
export interface TestAccount {
  readonly account: Account;
  readonly simulator: Simulator;
  readonly clock: Clock;
  close(): Promise<void>;
}

export async function testAccount(): Promise<TestAccount> {
  let now = Date.parse('2026-11-21T10:00:00Z');
  const simulator = await startSimulator({ clock: () => now, speed: 20 });
  const account = openAccount({
    region: 'us-east-1',
    endpoint: simulator.endpoint,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  return {
    account,
    simulator,
    clock: {
      now: () => now,
      async sleep(milliseconds) {
        now += milliseconds;
      },
    },
    async close() {
      account.close();
      await simulator.close();
    },
  };
}

/** Stands for the end of the process. */
export class Killed extends Error {}

/** The methods of an account that load a client, and call nothing. */
const loading: readonly (string | symbol)[] = ['network', 'balancing'];

/** An account whose user is killed just before or just after call number `nth`, from 0; `count` tells the calls. */
export function killedAt(
  account: Account,
  nth: number,
  when: 'before' | 'after',
): { account: Account; count(): number } {
  let calls = 0;
  const watched = <T extends object>(methods: T): T =>
    new Proxy(methods, {
      get(target, name) {
        // What is awaited is asked for it.
        if (name === 'then') return undefined;
        const method = target[name as keyof T] as (...parameters: unknown[]) => Promise<unknown>;
        if (loading.includes(name)) return async () => watched((await method.call(target)) as object);
        return async (...parameters: unknown[]) => {
          const call = calls++;
          if (call >= nth && when === 'before') throw new Killed();
          const answer = await method.apply(target, parameters);
          if (call >= nth) throw new Killed();
          return answer;
        };
      },
    });
  return { account: watched(account), count: () => calls };
}

/** Runs what is killed at call number `nth`, and then again undisturbed; false where it makes fewer calls. */
export async function runKilled(
  account: Account,
  nth: number,
  when: 'before' | 'after',
  run: (account: Account) => Promise<void>,
): Promise<boolean> {
  try {
    await run(killedAt(account, nth, when).account);
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  await run(account);
  return true;
}
