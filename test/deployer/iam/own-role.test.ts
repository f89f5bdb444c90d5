import { expect, test } from 'vitest';
import { executionRoleName, taskRoleName } from '../../../src/deployer/iam/own-role.ts';

test('is that of the family and the region', () => {
  expect(executionRoleName('shop', 'eu-west-1')).toBe('shop-execution-eu-west-1');
  expect(taskRoleName('shop', 'eu-west-1')).toBe('shop-task-eu-west-1');
});

test.each([executionRoleName, taskRoleName])('of a long family: IAM takes it, and no other family has it', (nameOf) => {
  const preview = 'shop-of-the-company-preview-of-the-pull-request-number';
  const names = [`${preview}-101`, `${preview}-102`].map((family) => nameOf(family, 'ap-southeast-1'));
  for (const name of names) {
    expect(name).toMatch(/^shop-of-the-company-\S+-ap-southeast-1$/);
    expect(name.length).toBeLessThanOrEqual(64);
  }
  expect(names[0]).not.toBe(names[1]);
});
