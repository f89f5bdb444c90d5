import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { ContainerDefinition, TaskDefinition } from '../fargate/task-definition.ts';
import type { Host } from '../host.ts';
import { type Project, type Service, servicesOf } from '../parser/compose/project.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { limits } from '../source/limits.ts';
import { child } from '../source/node.ts';
import { command } from './command.ts';
import type { ContainerConcern, ContainerContext, TaskContext, TransformOptions } from './context.ts';
import { dependsOn } from './depends-on.ts';
import { environment } from './environment.ts';
import { checkExtensions } from './extensions.ts';
import { extraHosts } from './extra-hosts.ts';
import { Fields } from './fields.ts';
import { fileHosts } from './file-hosts.ts';
import { firstDeployment } from './first-deployment.ts';
import { headroom } from './headroom.ts';
import { health } from './health.ts';
import { identity } from './identity.ts';
import { image } from './image.ts';
import { imageHosts } from './image-hosts.ts';
import { keyFindings, projectKeyFindings } from './key-findings.ts';
import { checkSystemControls, linux } from './linux.ts';
import { localAddresses } from './local-addresses.ts';
import { logs, regionUnknown, reportGeneratedLogs } from './logs.ts';
import { network } from './network.ts';
import { paramsMembers } from './params-members.ts';
import { checkParamsVolumes } from './params-volumes.ts';
import { checkProcessNamespace } from './pid.ts';
import { plaintextSecrets } from './plaintext-secrets.ts';
import { platform } from './platform.ts';
import { checkSharedPorts } from './port-sharing.ts';
import { ports } from './ports.ts';
import { preStart } from './pre-start.ts';
import { process } from './process.ts';
import { refuseParams } from './refused-params.ts';
import { checkRegionalArns } from './regional-arns.ts';
import { reportRegistryCredentials, repositoryCredentials } from './repository-credentials.ts';
import { resources } from './resources.ts';
import { restart } from './restart.ts';
import { runSettings } from './run-settings.ts';
import { secrets } from './secrets.ts';
import { size } from './size.ts';
import type { Origin, Task } from './task.ts';
import { taskRole } from './task-role.ts';
import { volumeLifetime } from './volume-lifetime.ts';
import { volumes } from './volumes.ts';

/** What sets the members of one container. A later one may read what an earlier one has set in its own container. */
const concerns: readonly ContainerConcern[] = [
  keyFindings,
  extraHosts,
  image,
  repositoryCredentials,
  ports,
  command,
  environment,
  secrets,
  health,
  resources,
  process,
  volumes,
  linux,
  logs,
  paramsMembers,
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
  'tags',
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
  'environmentFiles',
  'secrets',
  'dependsOn',
  'healthCheck',
  'startTimeout',
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
  beside: Pick<TaskContext, 'params' | 'registryCredentials'>,
  options: TransformOptions,
  report: Report,
): Task[] {
  const groups = groupServices(project);
  if (groups.length === 0) {
    report(diagnostic('transform/no-services', {}, child(project.root, 'services')?.source));
  }
  return groups.flatMap((services) => {
    const [beyond] = services.slice(limits.containers);
    if (beyond === undefined) return [transformGroup(services, { host, project, ...beside, options, report })];
    const many = { services: services.length, limit: limits.containers };
    report(diagnostic('transform/too-many-services', many, beyond.key));
    return [];
  });
}

/** Which services run in one task: all of them. */
function groupServices(project: Project): readonly (readonly Service[])[] {
  const services = servicesOf(project);
  return services.length === 0 ? [] : [services];
}

function transformGroup(
  services: readonly Service[],
  base: Pick<TaskContext, 'host' | 'project' | 'params' | 'registryCredentials' | 'options' | 'report'>,
): Task {
  const containers = services.map((service): ContainerContext => {
    const fields = new Fields<ContainerDefinition>();
    const name = service.name.replaceAll('.', '-');
    fields.put('name', name, { source: service.key });
    return { name, service, params: paramsAt(base.params, 'task_definition', 'services', service.name), fields };
  });
  const task = new Fields<TaskDefinition>();
  const context: TaskContext = { ...base, task, containers, volumes: new Map(), scratch: [], published: [] };

  for (const container of containers) for (const concern of concerns) concern(container, context);
  for (const container of containers) dependsOn(container, context);
  plaintextSecrets(context);
  reportGeneratedLogs(context);
  reportRegistryCredentials(context);
  platform(context);
  restart(context);
  identity(context);
  const rolePolicies = taskRole(context);
  network(context);
  projectKeyFindings(context);
  size(context);
  headroom(context);
  fileHosts(context);
  imageHosts(context);
  localAddresses(context);
  checkSystemControls(context);
  checkSharedPorts(context);
  checkProcessNamespace(context);
  checkExtensions(context);
  checkParamsVolumes(context);
  refuseParams(context);
  checkRegionalArns(context);
  requireRegion(context);

  const definitions = containers.flatMap((container) => [
    ...preStart(container, context),
    { fields: container.fields, origin: { source: container.service.key } },
  ]);
  // Where no container is essential, ecs-params said so of the first one too: that is what AWS minds about the list.
  const isIdle = containers.every(({ fields }) => fields.get('essential') === false);
  const place =
    (isIdle ? child(containers[0]?.params, 'essential') : undefined) ?? child(base.project.root, 'services');
  task.put(
    'containerDefinitions',
    definitions.map(({ fields }) => fields.build(containerMembers)),
    { ...(place && { source: place.source }), rule: 'a container for each service' },
  );
  task.putList('volumes', [...context.volumes.values()]);
  volumeLifetime(context);
  const run = runSettings(context);
  firstDeployment(context, run.settings.count);
  return {
    definition: task.build(taskMembers),
    origins: new Map<string, Origin>([
      ...task.originsUnder(''),
      ...definitions.map(({ origin }, index) => [`containerDefinitions[${index}]`, origin] as const),
      ...definitions.flatMap(({ fields }, index) => fields.originsUnder(`containerDefinitions[${index}]`)),
      ...run.origins,
    ]),
    run: run.settings,
    published: context.published,
    ...(rolePolicies === undefined ? {} : { rolePolicies }),
    simulate: new Map(
      containers.flatMap(({ name, service }) => {
        const node = child(service.node, 'x-simulate');
        return node === undefined ? [] : [[name, node] as const];
      }),
    ),
  };
}

function requireRegion({ containers, report }: TaskContext): void {
  const first = containers.find(
    ({ fields }) => fields.get('logConfiguration')?.options?.['awslogs-region'] === regionUnknown,
  );
  if (first !== undefined) report(diagnostic('transform/region-unknown', {}, first.service.key));
}
