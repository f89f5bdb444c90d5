import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    // Much of the time is spent waiting for spawned commands.
    maxWorkers: 3,
  },
});
