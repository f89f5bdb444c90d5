import { expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import { sourceText } from '../../src/source/source.ts';
import { sourceOf, type Task } from '../../src/transformer/task.ts';
import { memoryHost } from '../parser/compose/project-in-memory.ts';

const compose = 'services: {web: {image: nginx, deploy: {replicas: 3}}}';

function taskOf(params: string): Task {
  const { task } = compile(memoryHost({ 'compose.yaml': compose, 'ecs-params.yml': params }), { region: 'us-east-1' });
  return task as Task;
}

it('are as the ECS API spells them, each with its place', () => {
  const { run, origins } = taskOf(`
run_params:
  network_configuration:
    awsvpc_configuration: {subnets: [subnet-1], assign_public_ip: ENABLED}
  platform_version: 1.4.0
  capacity_providers: [{capacity_provider: FARGATE_SPOT, weight: 1}]
  enable_ecs_managed_tags: true
  load_balancers:
    - target_group_arn: arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/0123456789abcdef
      container_name: web
      container_port: 80
`);
  expect(run).toEqual({
    count: 3,
    network: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' },
    launch: {
      platformVersion: '1.4.0',
      capacityProviders: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
      enableECSManagedTags: true,
    },
    service: {
      loadBalancers: [
        {
          targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/0123456789abcdef',
          containerName: 'web',
          containerPort: 80,
        },
      ],
    },
  });
  const textAt = (path: string) => {
    const source = sourceOf(origins, path);
    return source && sourceText(source);
  };
  expect(textAt('run.count')).toBe('3');
  expect(textAt('run.network.subnets')).toBe('[subnet-1]');
  expect(textAt('run.launch.platformVersion')).toBe('1.4.0');
  expect(textAt('run.service.loadBalancers')).toContain('container_port: 80');
});

it('count as many tasks as ecs-params wants, whatever Compose says', () => {
  const { run, origins } = taskOf('run_params: {desired_count: 2}');
  expect(run).toEqual({ count: 2, network: {} });
  expect(sourceText(sourceOf(origins, 'run.count') as never)).toBe('2');
});

it('are nothing where ecs-params says nothing', () => {
  expect(taskOf('run_params: {network_configuration: {awsvpc_configuration: {subnets: []}}, tags: []}').run).toEqual({
    count: 3,
    network: {},
  });
});
