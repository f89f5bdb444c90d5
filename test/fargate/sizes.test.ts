import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pricePerHour } from '../../src/fargate/prices.ts';
import {
  cpuFor,
  isTaskSize,
  memoryFor,
  parseTaskCpu,
  parseTaskMemory,
  smallestTaskSize,
  type TaskSize,
  taskSizes,
  taskSizesNear,
} from '../../src/fargate/sizes.ts';

describe('taskSizes', () => {
  test('are 77 for Linux, and for Windows those of 1, 2 and 4 vCPU', () => {
    expect(taskSizes()).toHaveLength(77);
    expect(taskSizes('WINDOWS')).toHaveLength(43);
    expect([...new Set(taskSizes('WINDOWS').map(({ cpu }) => cpu))]).toEqual([1024, 2048, 4096]);
  });

  test.each([
    [256, 3, 512, 2048],
    [512, 4, 1024, 4096],
    [1024, 7, 2048, 8192],
    [2048, 13, 4096, 16384],
    [4096, 23, 8192, 30720],
    [8192, 12, 16384, 61440],
    [16384, 12, 32768, 122880],
    [32768, 3, 61440, 249856],
  ])('of %i CPU units are %i, from %i to %i MiB', (cpu, count, least, most) => {
    const values = memoryFor(cpu);
    expect([values.length, values[0], values.at(-1)]).toEqual([count, least, most]);
  });

  test('are ordered by CPU, then by memory, without repetition', () => {
    const ordered = taskSizes().toSorted((one, other) => one.cpu - other.cpu || one.memory - other.memory);
    expect(taskSizes()).toEqual(ordered);
    expect(new Set(taskSizes().map(({ cpu, memory }) => `${cpu}/${memory}`)).size).toBe(77);
  });

  test('of a memory and of nothing', () => {
    expect(cpuFor(2048)).toEqual([256, 512, 1024]);
    expect(memoryFor(300)).toEqual([]);
    expect(isTaskSize({ cpu: 256, memory: 3072 })).toBe(false);
    expect(isTaskSize({ cpu: 256, memory: 512 }, 'WINDOWS')).toBe(false);
  });
});

describe('smallestTaskSize', () => {
  const price = (size: TaskSize) => pricePerHour(size, 'us-east-1') as number;
  const halves = { cpu: fc.option(fc.constantFrom(256, 1024, 32768, 300), { nil: undefined }) };

  test('is the cheapest size that holds the need', () => {
    fc.assert(
      fc.property(
        fc.record({ cpu: fc.integer({ min: 0, max: 40_000 }), memory: fc.integer({ min: 0, max: 260_000 }) }),
        fc.record({ ...halves, memory: fc.option(fc.constantFrom(512, 2048, 61440, 700), { nil: undefined }) }),
        fc.constantFrom('LINUX' as const, 'WINDOWS' as const),
        (need, given, os) => {
          const fitting = taskSizes(os).filter(
            ({ cpu, memory }) =>
              cpu >= need.cpu &&
              memory >= need.memory &&
              (given.cpu === undefined || given.cpu === cpu) &&
              (given.memory === undefined || given.memory === memory),
          );
          const found = smallestTaskSize(need, given, os);
          if (found === undefined) {
            expect(fitting).toEqual([]);
          } else {
            expect(fitting).toContainEqual(found);
            expect(price(found)).toBe(Math.min(...fitting.map(price)));
          }
        },
      ),
    );
  });

  test.each([
    [{ cpu: 0, memory: 0 }, {}, { cpu: 256, memory: 512 }],
    [{ cpu: 256, memory: 2048 }, {}, { cpu: 256, memory: 2048 }],
    [{ cpu: 256, memory: 2049 }, {}, { cpu: 512, memory: 3072 }],
    [{ cpu: 257, memory: 0 }, {}, { cpu: 512, memory: 1024 }],
    [{ cpu: 0, memory: 0 }, { memory: 8192 }, { cpu: 1024, memory: 8192 }],
    [{ cpu: 0, memory: 0 }, { cpu: 1024 }, { cpu: 1024, memory: 2048 }],
    [{ cpu: 0, memory: 0 }, { cpu: 300 }, undefined],
    [{ cpu: 512, memory: 0 }, { cpu: 256 }, undefined],
    [{ cpu: 0, memory: 249_857 }, {}, undefined],
  ])('of %o with %o is %o', (need, given, size) => {
    expect(smallestTaskSize(need, given)).toEqual(size);
  });
});

test.each([
  ['256', 256],
  ['1 vCPU', 1024],
  ['1vcpu', 1024],
  ['.5 vcpu', 512],
  ['0.25 VCPU', 256],
  ['0.5', undefined],
  ['1 cpu', undefined],
  ['', undefined],
  ['-1', undefined],
  ['1e3', undefined],
])('parseTaskCpu(%j) is %s', (text, units) => {
  expect(parseTaskCpu(text)).toBe(units);
});

test.each([
  ['512', 512],
  ['1GB', 1024],
  ['0.5GB', 512],
  ['.5 gb', 512],
  ['30 GB', 30720],
  ['512MB', undefined],
  ['1 GiB', undefined],
  ['GB', undefined],
])('parseTaskMemory(%j) is %s', (text, mebibytes) => {
  expect(parseTaskMemory(text)).toBe(mebibytes);
});

test.each([
  [{ cpu: 256, memory: 700 }, '256 CPU units (0.25 vCPU) go with 512, 1024 or 2048 MiB'],
  [
    { cpu: 256, memory: 4096 },
    '256 CPU units (0.25 vCPU) go with 512, 1024 or 2048 MiB; 4096 MiB goes with 512, 1024 or 2048 CPU units',
  ],
  [
    { cpu: 300, memory: 100 },
    '256 CPU units (0.25 vCPU) go with 512, 1024 or 2048 MiB; 512 CPU units (0.5 vCPU) go with 1024, 2048, 3072 or 4096 MiB',
  ],
  [{ cpu: 1024, memory: 1 }, '1024 CPU units (1 vCPU) go with 2048 to 8192 MiB in steps of 1024'],
  [{ cpu: 99_999, memory: 1 }, '32768 CPU units (32 vCPU) go with 61440, 122880 or 249856 MiB'],
])('taskSizesNear(%o)', (size, words) => {
  expect(taskSizesNear(size)).toBe(words);
});

test('pricePerHour multiplies vCPU and GB, and is silent about what is not known', () => {
  expect(pricePerHour({ cpu: 512, memory: 1024 }, 'us-east-1')).toBeCloseTo(0.5 * 0.04048 + 0.004445, 10);
  expect(pricePerHour({ cpu: 512, memory: 1024 }, 'us-east-1', 'ARM64')).toBeCloseTo(0.5 * 0.03238 + 0.00356, 10);
  expect(pricePerHour({ cpu: 512, memory: 1024 }, 'eu-west-1', 'ARM64')).toBeUndefined();
  expect(pricePerHour({ cpu: 512, memory: 1024 }, 'constructor')).toBeUndefined();
});
