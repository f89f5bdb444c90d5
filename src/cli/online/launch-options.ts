import type { Source } from '../../source/source.ts';
import { containerNamed } from '../../transformer/load-balancers.ts';
import type { Origin, RunSettings, Task } from '../../transformer/task.ts';
import { serviceDiscoveryOf } from '../service-discovery.ts';
import type { LaunchOptions, ServiceUpOptions } from './context.ts';

/** An option in whose place the files say something else, which does not count. */
export interface Overruled {
  readonly option: string;
  readonly source: Source;
}

interface Row<Options> {
  readonly option: keyof Options;
  readonly flag: string;
  /** The setting, as origins name it. */
  readonly path: string;
  /** The settings with the option's value. */
  readonly put: (run: RunSettings, options: Options) => RunSettings;
}

/** The settings of the files that options may set too. */
const launchRows: readonly Row<LaunchOptions>[] = [
  {
    option: 'count',
    flag: '--count',
    path: 'run.count',
    put: (run, { count = run.count }) => ({ ...run, count }),
  },
  {
    option: 'spot',
    flag: '--spot',
    path: 'run.launch.capacityProviders',
    put: (run) => withLaunch(run, { capacityProviders: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] }),
  },
  {
    option: 'platformVersion',
    flag: '--platform-version',
    path: 'run.launch.platformVersion',
    put: (run, { platformVersion }) => withLaunch(run, platformVersion === undefined ? {} : { platformVersion }),
  },
  {
    option: 'enableExecuteCommand',
    flag: '--enable-execute-command',
    path: 'run.launch.enableExecuteCommand',
    put: (run) => withLaunch(run, { enableExecuteCommand: true }),
  },
  {
    option: 'tags',
    flag: '--tags',
    path: 'run.launch.tags',
    put: (run, { tags = [] }) => {
      const kept = (run.launch?.tags ?? []).filter(({ key }) => !tags.some((tag) => tag.key === key));
      return withLaunch(run, { tags: [...kept, ...tags] });
    },
  },
];

/** Those that only a service has. */
const serviceRows: readonly Row<ServiceUpOptions>[] = [
  {
    option: 'disableEcsManagedTags',
    flag: '--disable-ecs-managed-tags',
    path: 'run.launch.enableECSManagedTags',
    put: (run) => withLaunch(run, { enableECSManagedTags: false }),
  },
  {
    option: 'order',
    flag: '--order',
    path: 'run.service.deploymentConfiguration',
    put: (run, { order }) =>
      withDeployment(
        run,
        order === 'stop-first'
          ? { maximumPercent: 100, minimumHealthyPercent: 0 }
          : { maximumPercent: 200, minimumHealthyPercent: 100 },
      ),
  },
  {
    option: 'deploymentMaxPercent',
    flag: '--deployment-max-percent',
    path: 'run.service.deploymentConfiguration',
    put: (run, { deploymentMaxPercent: maximumPercent = 200 }) => withDeployment(run, { maximumPercent }),
  },
  {
    option: 'deploymentMinHealthyPercent',
    flag: '--deployment-min-healthy-percent',
    path: 'run.service.deploymentConfiguration',
    put: (run, { deploymentMinHealthyPercent: minimumHealthyPercent = 100 }) =>
      withDeployment(run, { minimumHealthyPercent }),
  },
  {
    option: 'healthCheckGracePeriod',
    flag: '--health-check-grace-period',
    path: 'run.service.healthCheckGracePeriodSeconds',
    put: (run, { healthCheckGracePeriod = 0 }) =>
      withService(run, { healthCheckGracePeriodSeconds: Math.ceil(healthCheckGracePeriod / 1000) }),
  },
  {
    option: 'targetGroups',
    flag: '--target-groups',
    path: 'run.service.loadBalancers',
    put: (run, { targetGroups = [] }) => withService(run, { loadBalancers: targetGroups.map(ofContainer) }),
  },
];

/** A task as the options want it run, and where the files say something that they overrule. */
interface WithOptions {
  readonly task: Task;
  readonly overruled: readonly Overruled[];
}

/** A task as the options of `up` want it run. */
export function withLaunchOptions(task: Task, options: LaunchOptions): WithOptions {
  return withOptions(task, options, launchRows);
}

/** A task with tags beside those of the files. */
export function withTags(task: Task, tags: LaunchOptions['tags']): Task {
  return tags === undefined ? task : withLaunchOptions(task, { tags }).task;
}

/**
 * A task as the options of `service up` want its service. Throws a `UsageError` where they leave open in which namespace
 * its name is.
 */
export function withServiceOptions(task: Task, options: ServiceUpOptions): WithOptions {
  const { task: served, overruled } = withOptions(task, options, [...launchRows, ...serviceRows]);
  return { task: withDiscovery(served, options), overruled };
}

/** The options for a name in Cloud Map count together: one alone would leave open in which namespace it is. */
function withDiscovery(task: Task, options: ServiceUpOptions): Task {
  const serviceDiscovery = serviceDiscoveryOf(task.run.service?.serviceDiscovery, options);
  if (serviceDiscovery === undefined) return task;
  return { ...task, run: withService(task.run, { serviceDiscovery: ofContainer(serviceDiscovery) }) };
}

function withOptions<Options>(task: Task, options: Options, rows: readonly Row<Options>[]): WithOptions {
  const given = rows.filter(({ option }) => options[option] !== undefined);
  const overruled = given.flatMap(({ option, flag, path, put }) => {
    const source = task.origins.get(path)?.source;
    // Tags join those of the files.
    const isSame = option === 'tags' || JSON.stringify(put(task.run, options)) === JSON.stringify(task.run);
    return source === undefined || isSame ? [] : [{ option: flag, source }];
  });
  const origins = given.map(({ flag, path }): [string, Origin] => [path, { rule: `the option ${flag}` }]);
  return {
    task: {
      ...task,
      run: given.reduce((run, { put }) => put(run, options), task.run),
      origins: new Map([...task.origins, ...origins]),
    },
    overruled,
  };
}

function withLaunch(run: RunSettings, launch: RunSettings['launch']): RunSettings {
  return { ...run, launch: { ...run.launch, ...launch } };
}

function withService(run: RunSettings, service: RunSettings['service']): RunSettings {
  return { ...run, service: { ...run.service, ...service } };
}

/** Options name services of the Compose file, as ecs-params does. */
function ofContainer<T extends { readonly containerName?: string }>(one: T): T {
  return one.containerName === undefined ? one : { ...one, containerName: containerNamed(one.containerName) };
}

function withDeployment(
  run: RunSettings,
  percentages: NonNullable<RunSettings['service']>['deploymentConfiguration'],
): RunSettings {
  return withService(run, { deploymentConfiguration: { ...run.service?.deploymentConfiguration, ...percentages } });
}
