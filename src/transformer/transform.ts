import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { ContainerDefinition, TaskDefinition } from '../fargate/task-definition.ts';
import type { Host } from '../host.ts';
import { type Project, type Service, servicesOf } from '../parser/compose/project.ts';
import { isWritten } from '../parser/compose/project-name.ts';
import { type EcsParams, paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, entriesOf, numberOf, stringOf } from '../source/node.ts';
import { command } from './command.ts';
import type { ContainerConcern, ContainerContext, TaskContext, TransformOptions } from './context.ts';
import { dependsOn } from './depends-on.ts';
import { environment } from './environment.ts';
import { checkExtensions } from './extensions.ts';
import { extraHosts } from './extra-hosts.ts';
import { Fields } from './fields.ts';
import { fileHosts } from './file-hosts.ts';
import { firstDeployment } from './first-deployment.ts';
import { health } from './health.ts';
import { image } from './image.ts';
import { imageHosts } from './image-hosts.ts';
import { keyFindings, projectKeyFindings } from './key-findings.ts';
import { checkSystemControls, linux } from './linux.ts';
import { logs, regionUnknown, reportGeneratedLogs } from './logs.ts';
import { network } from './network.ts';
import { checkProcessNamespace } from './pid.ts';
import { plaintextSecrets } from './plaintext-secrets.ts';
import { platform } from './platform.ts';
import { checkSharedPorts } from './port-sharing.ts';
import { ports } from './ports.ts';
import { preStart } from './pre-start.ts';
import { process } from './process.ts';
import { resources } from './resources.ts';
import { restart } from './restart.ts';
import { runSettings } from './run-settings.ts';
import { secrets } from './secrets.ts';
import { size } from './size.ts';
import type { Origin, Task } from './task.ts';
import { checkEfsVolumes, volumes } from './volumes.ts';

/** AWS's usual name for the role that pulls images and writes logs. */
const usualExecutionRole = 'ecsTaskExecutionRole';

/** What sets the members of one container. A later one may read what an earlier one has set in its own container. */
const concerns: readonly ContainerConcern[] = [
  keyFindings,
  extraHosts,
  image,
  ports,
  command,
  environment,
  plaintextSecrets,
  secrets,
  health,
  resources,
  process,
  volumes,
  linux,
  logs,
];

/** The order of the members in the definition, which alone decides its bytes. */
const taskMembers: readonly (keyof TaskDefinition)[] = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'runtimePlatform',
  'ephemeralStorage',
  'pidMode',
  'containerDefinitions',
  'volumes',
];

const containerMembers: readonly (keyof ContainerDefinition)[] = [
  'name',
  'image',
  'repositoryCredentials',
  'essential',
  'restartPolicy',
  'entryPoint',
  'command',
  'workingDirectory',
  'user',
  'cpu',
  'memory',
  'memoryReservation',
  'portMappings',
  'environment',
  'secrets',
  'dependsOn',
  'healthCheck',
  'stopTimeout',
  'mountPoints',
  'volumesFrom',
  'interactive',
  'pseudoTerminal',
  'readonlyRootFilesystem',
  'linuxParameters',
  'ulimits',
  'systemControls',
  'dockerLabels',
  'logConfiguration',
  'firelensConfiguration',
];

/**
 * Makes a Fargate task of each group of services. Reports what becomes otherwise than the files say; a definition that
 * AWS would refuse is made all the same, for the checker to judge.
 */
export function transform(
  host: Host,
  project: Project,
  params: EcsParams | undefined,
  options: TransformOptions,
  report: Report,
): Task[] {
  const groups = groupServices(project);
  if (groups.length === 0) {
    report(diagnostic('transform/no-services', {}, child(project.root, 'services')?.source));
  }
  return groups.map((services) => transformGroup(services, { host, project, params, options, report }));
}

/** Which services run in one task: all of them. */
function groupServices(project: Project): readonly (readonly Service[])[] {
  const services = servicesOf(project);
  return services.length === 0 ? [] : [services];
}

function transformGroup(
  services: readonly Service[],
  base: Pick<TaskContext, 'host' | 'project' | 'params' | 'options' | 'report'>,
): Task {
  const containers = services.map((service): ContainerContext => {
    const fields = new Fields<ContainerDefinition>();
    const name = service.name.replaceAll('.', '-');
    fields.put('name', name, { source: service.key });
    return { name, service, params: paramsAt(base.params, 'task_definition', 'services', service.name), fields };
  });
  const task = new Fields<TaskDefinition>();
  const context: TaskContext = { ...base, task, containers, volumes: new Map(), published: [] };

  for (const container of containers) for (const concern of concerns) concern(container, context);
  for (const container of containers) dependsOn(container, context);
  reportGeneratedLogs(context);
  restart(context);
  identity(context);
  platform(context);
  network(context);
  projectKeyFindings(context);
  size(context);
  fileHosts(context);
  imageHosts(context);
  checkSystemControls(context);
  checkSharedPorts(context);
  checkProcessNamespace(context);
  checkExtensions(context);
  checkEfsVolumes(context);
  refuseParams(context);
  requireRegion(context);

  const definitions = containers.flatMap((container) => [
    ...preStart(container, context),
    { fields: container.fields, origin: { source: container.service.key } },
  ]);
  task.put(
    'containerDefinitions',
    definitions.map(({ fields }) => fields.build(containerMembers)),
    {},
  );
  task.putList('volumes', [...context.volumes.values()]);
  const run = runSettings(context);
  firstDeployment(context, run.count);
  return {
    definition: task.build(taskMembers),
    origins: new Map<string, Origin>([
      ...task.originsUnder(''),
      ...definitions.map(({ origin }, index) => [`containerDefinitions[${index}]`, origin] as const),
      ...definitions.flatMap(({ fields }, index) => fields.originsUnder(`containerDefinitions[${index}]`)),
    ]),
    run,
    published: context.published,
    simulate: new Map(
      containers.flatMap(({ name, service }) => {
        const node = child(service.node, 'x-simulate');
        return node === undefined ? [] : [[name, node] as const];
      }),
    ),
  };
}

/** Family, roles, and what is the same for every Fargate task. */
function identity({ project, params, options, report, task, containers }: TaskContext): void {
  const at = (key: string) => paramsAt(params, 'task_definition', key);
  const name = child(project.root, 'name');
  const inFile = name !== undefined && isWritten(name) ? name.source : containers[0]?.service.key;
  const inProject: Origin = inFile === undefined ? {} : { source: inFile };
  const family = at('family');
  task.put(
    'family',
    options.family ?? stringOf(family) ?? project.name,
    family === undefined ? inProject : { source: family.source },
  );
  const taskRole = at('task_role_arn');
  if (taskRole !== undefined && stringOf(taskRole))
    task.put('taskRoleArn', stringOf(taskRole) ?? '', { source: taskRole.source });
  const executionRole = at('task_execution_role');
  if (executionRole !== undefined && stringOf(executionRole)) {
    task.put('executionRoleArn', stringOf(executionRole) ?? '', { source: executionRole.source });
  } else {
    task.put('executionRoleArn', usualExecutionRole, {
      ...inProject,
      rule: "AWS's usual execution role, since none is named",
    });
    report(diagnostic('transform/execution-role-assumed', { role: usualExecutionRole }, inFile));
  }
  task.put('networkMode', 'awsvpc', { ...inProject, rule: 'the only network mode of Fargate' });
  task.put('requiresCompatibilities', ['FARGATE'], { ...inProject, rule: 'the task is for Fargate' });
  const storage = at('ephemeral_storage');
  const sizeInGiB = numberOf(child(storage, 'size_in_gib'));
  if (storage !== undefined && sizeInGiB !== undefined)
    task.put('ephemeralStorage', { sizeInGiB }, { source: storage.source });
  const pid =
    at('pid_mode') ?? containers.map(({ service }) => child(service.node, 'pid')).find((node) => node !== undefined);
  const mode = stringOf(pid);
  if (pid !== undefined && mode)
    task.put('pidMode', mode.startsWith('service:') ? 'task' : mode, { source: pid.source });
}

/** Keys that ecs-cli sent and that Fargate refuses. */
const refusedParams: Readonly<Record<string, string>> = {
  ipc_mode: 'the containers of a task keep their own IPC namespaces',
  placement_constraints: 'AWS places its tasks',
  docker_volumes: 'it has no Docker volumes; use efs_volumes, or a Compose volume that lives as long as the task',
  gpu: 'its tasks have no GPU',
  task_placement: 'AWS places its tasks',
};

function refuseParams({ params, containers, report }: TaskContext): void {
  const definition = entriesOf(paramsAt(params, 'task_definition'));
  const services = containers.flatMap((container) => entriesOf(container.params));
  const run = entriesOf(paramsAt(params, 'run_params'));
  for (const [key, entry] of [...definition, ...services, ...run]) {
    const why = refusedParams[key];
    if (why !== undefined) report(diagnostic('params/refused', { key, why }, entry.key));
  }
  const mode = paramsAt(params, 'task_definition', 'ecs_network_mode');
  if (mode !== undefined && stringOf(mode) !== 'awsvpc') {
    report(diagnostic('params/network-mode', { mode: stringOf(mode) ?? '' }, mode.source));
  }
}

function requireRegion({ containers, report }: TaskContext): void {
  const first = containers.find(
    ({ fields }) => fields.get('logConfiguration')?.options?.['awslogs-region'] === regionUnknown,
  );
  if (first !== undefined) report(diagnostic('transform/region-unknown', {}, first.service.key));
}
