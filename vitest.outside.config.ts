import { defineConfig } from 'vitest/config';

/** `npm run test:moto`: what others have written judges ours: moto our deployer, the AWS CLI our simulator. */
export default defineConfig({
  test: {
    include: ['test/outside/**/*.test.ts'],
    globalSetup: ['test/outside/python.ts'],
    testTimeout: 120_000,
    // Much of the time is spent waiting for Python.
    maxWorkers: 3,
    hookTimeout: 60_000,
  },
});
