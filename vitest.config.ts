import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A machine that does much else beside is several times slower.
    testTimeout: 60_000,
    // Much of the time is spent waiting for spawned commands.
    maxWorkers: 3,
  },
});
