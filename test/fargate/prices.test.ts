import { expect, test } from 'vitest';
import { storagePerHour } from '../../src/fargate/prices.ts';

test('storagePerHour counts what a task has beyond 20 GiB, and is silent about what is not known', () => {
  expect(storagePerHour(20, 'us-east-1')).toBe(0);
  expect(storagePerHour(200, 'us-east-1')).toBeCloseTo(180 * 0.000111, 10);
  expect(storagePerHour(200, 'eu-west-1')).toBeUndefined();
  expect(storagePerHour(20, 'eu-west-1')).toBe(0);
});
