import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They have a configuration of their own, since they need Python.
    exclude: [...configDefaults.exclude, 'test/outside/**'],
    // A machine that does much else beside is several times slower.
    testTimeout: 60_000,
    // Files that run one after the other in a process load the compiler and the SDK once; each puts back what it changes.
    isolate: false,
    // Much of the time is spent waiting for spawned commands.
    maxWorkers: 3,
  },
});
