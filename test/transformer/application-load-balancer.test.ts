import { expect, it, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { sourceText } from '../../src/source/source.ts';
import type { ServiceSettings } from '../../src/transformer/service-settings.ts';
import { sourceOf, type Task } from '../../src/transformer/task.ts';
import { memoryHost } from '../parser/compose/project-in-memory.ts';

function taskOf(params: string, service = ''): Task {
  const compose = `services: {web.front: {image: nginx, ports: ["8080:80"]${service}}, db: {image: mysql}}`;
  const { task } = compile(memoryHost({ 'compose.yaml': compose, 'ecs-params.yml': params }), { region: 'us-east-1' });
  return task as Task;
}

function balancerOf(params: string, service?: string): ServiceSettings['applicationLoadBalancer'] {
  return taskOf(`run_params: {application_load_balancer: ${params}}`, service).run.service?.applicationLoadBalancer;
}

const check = {
  path: '/',
  matcher: '200-399',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
};

it('an empty map sends requests to the only published port, and has its place', () => {
  const { run, origins } = taskOf('run_params:\n  application_load_balancer: {}\n');
  expect(run.service?.applicationLoadBalancer).toEqual({
    containerName: 'web-front',
    containerPort: 80,
    healthCheck: check,
    scheme: 'internet-facing',
    source: ['0.0.0.0/0'],
  });
  expect(sourceText(sourceOf(origins, 'run.service.applicationLoadBalancer') as never)).toBe('{}');
});

it('takes what is said', () => {
  const arn = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
  const params = `{container_name: web.front, container_port: 80, certificate_arn: "${arn}", scheme: internal,
    subnets: [subnet-1, subnet-2], source: [10.0.0.0/8], health_check: {path: /up, matcher: 200, healthy_threshold: 2}}`;
  expect(balancerOf(params)).toEqual({
    containerName: 'web-front',
    containerPort: 80,
    certificateArn: arn,
    healthCheck: { ...check, path: '/up', matcher: '200', healthyThreshold: 2 },
    subnets: ['subnet-1', 'subnet-2'],
    scheme: 'internal',
    source: ['10.0.0.0/8'],
  });
});

test.each([
  ['[CMD, curl, -f, http://localhost/health]', { path: '/health' }],
  ['curl -sf "http://127.0.0.1:80/a?b=c" || exit 1', { path: '/a?b=c' }],
  ['wget -q -O- localhost && echo good', {}],
  ['curl -f http://localhost:9000/other', {}],
  ['curl -f https://localhost/', {}],
  ['nc -z localhost 80', {}],
])('the check of the container %s', (command, said) => {
  const service = `, healthcheck: {test: ${command.startsWith('[') ? command : JSON.stringify(command)}}`;
  expect(balancerOf('{}', service)?.healthCheck).toEqual({ ...check, ...said });
});

test.each([
  ['interval: 10s, timeout: 3s, retries: 4', '{}', { intervalSeconds: 10, timeoutSeconds: 3, unhealthyThreshold: 4 }],
  ['interval: 5s, retries: 1', '{}', { intervalSeconds: 5, timeoutSeconds: 4 }],
  ['interval: 5s', '{timeout_seconds: 10}', { intervalSeconds: 11, timeoutSeconds: 10 }],
  ['interval: 20s, timeout: 30s', '{path: /up}', { path: '/up', intervalSeconds: 20, timeoutSeconds: 19 }],
])('times of the container (%s) and of ecs-params (%s)', (times, params, said) => {
  const service = `, healthcheck: {test: curl localhost, ${times}}`;
  expect(balancerOf(`{health_check: ${params}}`, service)?.healthCheck).toEqual({ ...check, ...said });
});
