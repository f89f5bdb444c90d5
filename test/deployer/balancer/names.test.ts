import { expect, test } from 'vitest';
import { balancerGroupName, balancerName } from '../../../src/deployer/balancer/names.ts';
import { ownGroupName } from '../../../src/deployer/ownership.ts';
import { normaliseName } from '../../../src/parser/compose/project-name.ts';

const owner = (project: string, family = project, cluster = 'default') => ({ project, family, cluster });

test('is that of the project, where it fits', () => {
  expect(balancerName(owner('hello-world'))).toBe('compose2fargate-hello-world');
  expect(balancerGroupName(owner('shop'))).toBe('compose2fargate-shop/load-balancer');
  expect(balancerName(owner('shop', 'shop', 'arn:aws:ecs:us-east-1:123456789012:cluster/default'))).toBe(
    'compose2fargate-shop',
  );
});

test.each([
  ['too long', owner('a-project-with-a-long-name'), owner('a-project-with-a-long-name-too')],
  ['characters that ELB does not take', owner('my_shop'), owner('my-shop')],
  ['a hyphen at its end', owner('shop-'), owner('shop')],
  ['another cluster', owner('shop', 'shop', 'blue'), owner('shop', 'shop', 'green')],
  ['another family', owner('shop', 'web'), owner('shop', 'api')],
])('%s: ELB takes it, and no other service has it', (_, one, other) => {
  for (const name of [balancerName(one), balancerName(other)]) {
    expect(name).toMatch(/^compose2fargate-[a-z0-9-]*[a-z0-9]$/);
    expect(name.length).toBeLessThanOrEqual(32);
  }
  expect(balancerName(one)).not.toBe(balancerName(other));
});

test('its security group has a name that the tasks of no project have for theirs', () => {
  const name = balancerGroupName(owner('shop'));
  expect(ownGroupName({ project: 'shop', cluster: 'load-balancer' })).not.toBe(name);
  const project = name.slice(ownGroupName({ project: '', cluster: 'default' }).length);
  expect(ownGroupName({ project, cluster: 'default' })).toBe(name);
  expect(normaliseName(project)).not.toBe(project);
  expect(name).toMatch(/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/);
});
