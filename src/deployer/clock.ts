import { setTimeout as sleep } from 'node:timers/promises';

/** The time as the deployer sees it; tests and the simulator let it run faster. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Returns after so many milliseconds, or as soon as the signal is aborted; it never throws. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's own clock, `speed` times as fast from now on. */
export function systemClock(speed = 1): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    async sleep(milliseconds, signal) {
      await sleep(milliseconds / speed, undefined, { signal }).catch(() => undefined);
    },
  };
}
