import { diagnostic } from '../../../diagnostics/diagnostic.ts';
import { suggest } from '../../../source/suggest.ts';
import { containerNamed, mapsPort } from '../../../transformer/load-balancers.ts';
import type { Task } from '../../../transformer/task.ts';
import { printFindings } from '../../findings.ts';
import { serviceDiscoveryOf } from '../../service-discovery.ts';
import type { OnlineContext, ServiceUpOptions } from '../context.ts';

/** Whether the options send traffic to where the task does not listen, which is said then. */
export function isRefusedByDefinition(
  { io, options, task }: OnlineContext,
  { targetGroups = [] }: ServiceUpOptions,
): boolean {
  const containers = task.definition.containerDefinitions;
  const names = containers.map(({ name }) => name);
  const findings = targetGroups.flatMap(({ containerName: service, containerPort: port }) => {
    const container = containers.find(({ name }) => name === containerNamed(service));
    if (container === undefined) {
      const known = names.map((name) => `"${name}"`).join(', ');
      return [diagnostic('params/unknown-service', { service, suggestion: suggest(service, names), services: known })];
    }
    return mapsPort(container, port) ? [] : [diagnostic('params/load-balancer-port', { service, port })];
  });
  printFindings(io, findings, options);
  return findings.length > 0;
}

/** A task with what the command line says of its service, which wins over the files. */
export function withOptions(task: Task, options: ServiceUpOptions): Task {
  const { launch = {}, service = {} } = task.run;
  const {
    deploymentMaxPercent: maximumPercent,
    deploymentMinHealthyPercent: minimumHealthyPercent,
    healthCheckGracePeriod,
    tags = [],
    targetGroups,
  } = options;
  const deploymentConfiguration = {
    ...service.deploymentConfiguration,
    ...(maximumPercent === undefined ? {} : { maximumPercent }),
    ...(minimumHealthyPercent === undefined ? {} : { minimumHealthyPercent }),
  };
  const serviceDiscovery = serviceDiscoveryOf(service.serviceDiscovery, options);
  return {
    ...task,
    run: {
      ...task.run,
      service: {
        ...service,
        deploymentConfiguration,
        ...(healthCheckGracePeriod === undefined
          ? {}
          : { healthCheckGracePeriodSeconds: Math.ceil(healthCheckGracePeriod / 1000) }),
        ...(serviceDiscovery === undefined ? {} : { serviceDiscovery: ofContainer(serviceDiscovery) }),
        ...(targetGroups === undefined ? {} : { loadBalancers: targetGroups.map(ofContainer) }),
      },
      launch: {
        ...launch,
        tags: [...(launch.tags ?? []).filter(({ key }) => !tags.some((tag) => tag.key === key)), ...tags],
        ...(options.disableEcsManagedTags ? { enableECSManagedTags: false } : {}),
      },
    },
  };
}

function ofContainer<T extends { readonly containerName?: string }>(one: T): T {
  return one.containerName === undefined ? one : { ...one, containerName: containerNamed(one.containerName) };
}
