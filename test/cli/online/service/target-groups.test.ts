import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceUp } from '../../../../src/cli/online.ts';
import type { ApplicationLoadBalancer, ServiceSettings } from '../../../../src/transformer/service-settings.ts';
import { shop, Terminal } from '../project.ts';

const arn = (name: string) =>
  `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`;
const targetGroups = [{ targetGroupArn: arn('shop'), containerName: 'web', containerPort: 80 }];

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

test('a service is made behind a target group, with time for its tasks to start, and stays so', async () => {
  expect(await serviceUp(terminal.context(shop()), { targetGroups })).toBe(0);
  expect(terminal.error).toContain('Create the service shop of 1 task behind the target group shop (web:80)');
  expect(await serviceUp(terminal.context(shop()), { targetGroups, dryRun: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
});

test('the option takes the place of the files; without either the service is taken out', async () => {
  const loadBalancers = [{ targetGroupArn: arn('files'), containerName: 'web', containerPort: 80 }];
  await serviceUp(terminal.context(shop({ run: { service: { loadBalancers } } })), {});
  expect(terminal.error).toContain('behind the target group files (web:80)');
  expect(await serviceUp(terminal.context(shop({ run: { service: { loadBalancers } } })), { targetGroups })).toBe(0);
  expect(terminal.error).toMatch(/Update the service shop: loadBalancers .*files.* → .*shop/);
  expect(await serviceUp(terminal.context(shop()), { dryRun: true })).toBe(0);
  expect(terminal.out).toContain('healthCheckGracePeriodSeconds 60 → 0, loadBalancers ');
});

test('a port or a container that is not there is refused before anything is done', async () => {
  const wrong = (change: object) => [{ ...targetGroups[0], ...change }] as typeof targetGroups;
  expect(await serviceUp(terminal.context(shop()), { targetGroups: wrong({ containerPort: 8080 }) })).toBe(1);
  expect(terminal.error).toContain('port 8080 of "web", which does not publish that port. [params/load-balancer-port]');
  expect(await serviceUp(terminal.context(shop()), { targetGroups: wrong({ containerName: 'wed' }) })).toBe(1);
  expect(terminal.error).toContain('Did you mean "web"?');
});

test('a target group of another region is refused before anything is done', async () => {
  expect(await serviceUp({ ...terminal.context(shop()), region: 'eu-west-1' }, { targetGroups })).toBe(1);
  expect(terminal.error).toBe(`\
error: This target group is in us-east-1, and the service is deployed to eu-west-1, where it cannot be used. [params/other-region]
  help: Name a target group in eu-west-1, or deploy to us-east-1: --region us-east-1

1 error
`);
});

test('six target groups are refused before anything is done', async () => {
  const named = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...(targetGroups[0] as object), targetGroupArn: arn(`n${index}`) }));
  const up = (count: number, service: ServiceSettings) =>
    serviceUp(terminal.context(shop({ run: { service } })), { targetGroups: named(count) as typeof targetGroups });
  expect(await up(6, {})).toBe(1);
  expect(terminal.error).toContain('A service takes 5 target groups, and 6 are named. [params/target-groups]');
  expect(await up(5, { applicationLoadBalancer: {} as ApplicationLoadBalancer })).toBe(1);
  expect(terminal.error).toContain('and 5 are named beside the one of application_load_balancer.');
  expect(await up(5, {})).toBe(0);
});
