import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { cpuInWords } from '../../fargate/sizes.ts';
import { child } from '../../source/node.ts';
import type { ContainerContext, TaskContext } from '../context.ts';
import { imageOf } from '../image.ts';
import { healthPrograms, holdsProgram } from '../known-images.ts';

/** A health check runs in the container, with what the image holds. */
export function healthProgram(container: ContainerContext, { report }: TaskContext): void {
  const check = container.fields.get('healthCheck');
  const image = imageOf(container);
  const words = (check?.command ?? []).join(' ').split(/[\s;&|()"'`]+/);
  const program = healthPrograms.find((one) => words.some((word) => word === one || word.endsWith(`/${one}`)));
  if (program === undefined || (image !== undefined && holdsProgram(image, program))) return;
  const { params, service } = container;
  const override = child(params, 'healthcheck');
  const test =
    child(override, 'command') ?? child(override, 'test') ?? child(child(service.node, 'healthcheck'), 'test');
  const source = test?.source ?? service.key;
  report(diagnostic('transform/health-program', { service: container.service.name, program }, source));
}

/** CPU units; a start takes its time on less. */
const halfVcpu = 512;

/** What ECS takes where a health check says nothing: seconds between checks, and failures in a row (HealthCheck). */
const healthDefaults = { interval: 30, retries: 3 };

/** A service that others wait for has no more time to start than its health check gives it. */
export function startPeriod(
  { name, service, fields }: ContainerContext,
  { containers, task, report }: TaskContext,
): void {
  const check = fields.get('healthCheck');
  const cpu = Number(task.get('cpu'));
  if (check === undefined || check.startPeriod !== undefined || !(cpu < halfVcpu)) return;
  const waiting = containers.find(({ fields }) =>
    fields.get('dependsOn')?.some(({ containerName, condition }) => containerName === name && condition === 'HEALTHY'),
  );
  if (waiting === undefined) return;
  const { interval = healthDefaults.interval, retries = healthDefaults.retries } = check;
  const words = {
    service: service.name,
    waiting: waiting.service.name,
    seconds: interval * retries,
    cpu: cpuInWords(cpu),
  };
  const condition = child(child(child(waiting.service.node, 'depends_on'), service.name), 'condition');
  const related =
    condition === undefined ? [] : [{ message: `service "${words.waiting}" waits`, source: condition.source }];
  report(
    diagnostic('transform/start-period', words, service.node.entries.get('healthcheck')?.key ?? service.key, related),
  );
}
