import { diagnostic } from '../diagnostics/diagnostic.ts';
import { dockerHub, officialImage } from '../fargate/images.ts';
import { cpuInWords, parseTaskMemory } from '../fargate/sizes.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, itemsOf, stringOf } from '../source/node.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { imageOf, imagePlace } from './image.ts';
import { healthPrograms, holdsProgram, isDatabase, leastMemory } from './known-images.ts';

/** What works on a developer's machine, and then stops the first deployment or surprises after it. */
export function firstDeployment(context: TaskContext, count: number): void {
  anonymousPulls(context);
  buildPlatform(context);
  for (const container of context.containers) {
    healthProgram(container, context);
    startPeriod(container, context);
    databaseCopies(container, context, count);
    memoryToStart(container, context);
    siteAddress(container, context);
    unpublishedPorts(container, context);
    debuggerPorts(container, context);
  }
}

/** Docker Hub limits the pulls of those who do not log in, by their address, which many tasks share. */
function anonymousPulls({ containers, report }: TaskContext): void {
  const pulls = containers.flatMap((container) => {
    const image = imageOf(container);
    if (image?.registry !== dockerHub || container.fields.get('repositoryCredentials') !== undefined) return [];
    return [{ image, name: container.fields.get('image') ?? '', source: imagePlace(container) }];
  });
  const [first, ...others] = pulls.filter(({ name }, index) => index === pulls.findIndex((one) => one.name === name));
  if (first === undefined) return;
  const copies = [first, ...others].flatMap(({ image, name }) => {
    const official = officialImage(image);
    return official === undefined
      ? []
      : [`public.ecr.aws/docker/library/${official}${name.slice(name.search(/[:@]|$/))}`];
  });
  const related = others.map(({ name, source }) => ({ message: name, source }));
  report(diagnostic('transform/anonymous-pull', { count: 1 + others.length, copies }, first.source, related));
}

/** An image is built for the machine that builds it, unless the file says for which. */
function buildPlatform({ containers, task, options, report }: TaskContext): void {
  if (options.build) return;
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = task.get('runtimePlatform') ?? {};
  if (operatingSystemFamily !== 'LINUX') return;
  const builds = containers.filter(({ service }) => {
    const build = child(service.node, 'build');
    const platforms = itemsOf(child(build, 'platforms'));
    return build !== undefined && child(service.node, 'platform') === undefined && platforms.length === 0;
  });
  const [first, ...others] = builds.map((container) => ({
    message: `service "${container.service.name}"`,
    source: container.service.node.entries.get('build')?.key ?? container.service.key,
  }));
  if (first === undefined) return;
  const platform = cpuArchitecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64';
  const words = { services: builds.map(({ service }) => service.name), platform };
  report(diagnostic('transform/build-platform', words, first.source, others));
}

/** A health check runs in the container, with what the image holds. */
function healthProgram(container: ContainerContext, { report }: TaskContext): void {
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
function startPeriod({ name, service, fields }: ContainerContext, { containers, task, report }: TaskContext): void {
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

/** Each task has containers of its own, databases included. */
function databaseCopies(container: ContainerContext, context: TaskContext, count: number): void {
  const image = imageOf(container);
  if (count < 2 || image === undefined || !isDatabase(image)) return;
  context.report(
    diagnostic('transform/database-copies', { service: container.service.name, count }, imagePlace(container)),
  );
}

/** A container has what its own limit leaves it, else at most what the task has; a developer's machine has plenty. */
function memoryToStart(container: ContainerContext, { task, report }: TaskContext): void {
  const { service, fields } = container;
  const image = imageOf(container);
  const least = image && leastMemory(image);
  const memory = fields.get('memory') ?? parseTaskMemory(task.get('memory') ?? '');
  if (least === undefined || memory === undefined || memory >= least) return;
  report(diagnostic('transform/memory-to-start', { service: service.name, least, memory }, imagePlace(container)));
}

/** WordPress writes down the address at which it was installed; that of a task changes with each task. */
function siteAddress(container: ContainerContext, { params, report }: TaskContext): void {
  const image = imageOf(container);
  if (image === undefined || officialImage(image) !== 'wordpress') return;
  const isFixed = (container.fields.get('environment') ?? []).some(({ name, value }) =>
    /\bWP_(?:HOME|SITEURL)\b/.test(`${name} ${value}`),
  );
  const isBalanced =
    itemsOf(paramsAt(params, 'run_params', 'load_balancers')).length > 0 ||
    paramsAt(params, 'run_params', 'application_load_balancer') !== undefined;
  if (isFixed || isBalanced) return;
  report(diagnostic('transform/site-address', { service: container.service.name }, imagePlace(container)));
}

/** On the network of a Docker host every port of a container is reachable, and its file needs to name none. */
function unpublishedPorts({ service }: ContainerContext, { report }: TaskContext): void {
  const mode = child(service.node, 'network_mode');
  if (stringOf(mode) !== 'host' || itemsOf(child(service.node, 'ports')).length > 0) return;
  report(diagnostic('transform/nothing-published', { service: service.name }, mode?.source));
}

/** The ports of debuggers that no program uses for anything else: the inspector of Node.js (its `--inspect` option). */
const debuggers: Readonly<Record<number, string>> = { 9229: 'Node.js', 9230: 'Node.js' };

/** A debugger lets whoever reaches it run what they like; on a laptop that is its owner alone. */
function debuggerPorts({ name }: ContainerContext, { published, report }: TaskContext): void {
  for (const { containerName, containerPort, source } of published) {
    const program = debuggers[containerPort];
    if (containerName !== name || program === undefined) continue;
    report(diagnostic('transform/debugger-published', { service: name, port: containerPort, program }, source));
  }
}
