import { type Revision, revisionName } from '../account.ts';
import { defaultCluster } from '../desired.ts';
import { differences } from '../differences.ts';
import { entryName, namesInWords, planDiscovery, planForget, registriesOf } from '../discovery/plan.ts';
import type { Exposure } from '../network/ingress.ts';
import { closes, type PlannedNetwork, planNetwork, updateOwnGroup } from '../network/plan.ts';
import { sameDefinition } from '../normal-form.ts';
import type { Operation } from '../operation.ts';
import { hasMark, hasProjectTag, projectTags, serviceMarks } from '../ownership.ts';
import {
  creatingCluster,
  creatingLogGroups,
  type Obstacle,
  obstacleInNetwork,
  type Plan,
  registering,
} from '../plan.ts';
import { planScaling } from '../scaling/plan.ts';
import { volumesWithData, writesToSharedStorage } from '../storage.ts';
import { serviceChanges } from './changes.ts';
import { type DesiredService, desiredMembers, isMoved, lacksOwnGroup, serviceTags, targetsOf } from './desired.ts';
import { balancing, exposureOf, targetGroupOf, unbalancing } from './load-balancer.ts';
import type { ServiceObservation } from './observe.ts';
import type { ServiceOperation } from './operation.ts';
import { primaryDeployment, type ServiceMembers, type ServiceState } from './service-account.ts';

/** The members of which ECS takes a new value for the tasks that it starts from then on, and starts none for it. */
const forcing: readonly string[] = ['capacityProviderStrategy', 'enableExecuteCommand'];

/** Those of which a new value makes ECS replace the tasks. Source: ECS API Reference, UpdateService. */
const replacing: readonly string[] = [
  'networkConfiguration',
  'platformVersion',
  'loadBalancers',
  'volumeConfigurations',
];

/** What stands in the way of any plan for a service; undefined where nothing does. */
export function obstacleToService(
  { cluster, project, adopt }: Pick<DesiredService, 'cluster' | 'project' | 'adopt'>,
  { clusterExists, service, network }: Pick<ServiceObservation, 'clusterExists' | 'service' | 'network'>,
): Obstacle | undefined {
  if (!clusterExists && cluster !== defaultCluster) return { kind: 'missing-cluster', cluster };
  if (service !== undefined && !adopt && !hasProjectTag(service.tags, project)) {
    return { kind: 'foreign-service', service: service.name, arn: service.arn };
  }
  return obstacleInNetwork({ project }, network);
}

/**
 * The plan that creates the service or makes it as desired, and waits for its rollout. It is pure, and empty but for
 * that wait where all is as desired.
 */
export function planServiceUp(desired: DesiredService, observed: ServiceObservation): Plan {
  const { task } = desired;
  const { definition } = task;
  const { family } = definition;
  const active = observed.service?.status === 'ACTIVE' ? observed.service : undefined;
  const revision = revisionFor(desired, observed, active);
  const exposure = exposureOf(desired, observed.around.balancer);
  const network = placing(desired, exposure, observed, active);
  const members = desiredMembers(desired, active, network, targetGroupOf(desired, observed.around.balancer));
  const { serviceDiscovery } = task.run.service ?? {};
  const { discovery } = observed.around;
  const registries = registriesOf(serviceDiscovery, discovery);
  const update = active === undefined ? [] : updating(desired, observed, active, revision, members);
  const groupChanges = network?.operations ?? updateOwnGroup(exposure, observed.network);
  // The tasks that are replaced, now or since an earlier call, are asked as before until they are gone.
  const isReplacing = update.length > 0 || (active?.deployments.length ?? 0) > 1;
  const closing = isReplacing ? groupChanges.filter(closes) : [];
  const operations: Operation[] = [];

  if (!observed.clusterExists) operations.push(creatingCluster(desired));
  if (observed.service !== undefined && active === undefined)
    operations.push({ kind: 'wait-deleted', service: family });
  if (active === undefined || revision?.arn !== active.revisionArn) operations.push(...creatingLogGroups(desired));
  if (revision === undefined) operations.push(registering(definition, observed.revisions));
  operations.push(...balancing(desired, observed));
  operations.push(...groupChanges.filter((one) => !closing.includes(one)));
  operations.push(...planDiscovery(serviceDiscovery, { family, tags: projectTags(desired.project) }, discovery));
  if (active === undefined) {
    operations.push({
      kind: 'create-service',
      service: family,
      members:
        registries === undefined || registries.length === 0 ? members : { ...members, serviceRegistries: registries },
      tags: serviceTags(desired),
      guardsData: guardsData(desired, members.deploymentConfiguration),
    });
  } else {
    operations.push(...tagging(desired, observed, active), ...update);
  }
  operations.push(...scaling(desired, observed, active));
  operations.push({ kind: 'wait-service', service: family, count: members.desiredCount });
  operations.push(...closing);
  operations.push(...planForget(discovery.former, discovery.wanted), ...unbalancing(desired, observed, active));
  return {
    operations,
    kept: [],
    ...(revision === undefined ? {} : { revision }),
    ...(network === undefined ? {} : { network }),
    ...(active === undefined ? {} : { service: active }),
    ...differenceTo(desired, observed, operations),
  };
}

/** Where the tasks of a service are put; undefined where they stay as they are. */
function placing(
  desired: DesiredService,
  exposure: Exposure,
  observed: ServiceObservation,
  service: ServiceState | undefined,
): PlannedNetwork | undefined {
  if (service === undefined || isMoved(exposure.network, service)) {
    return planNetwork(exposure, observed.network, desired);
  }
  if (!lacksOwnGroup(exposure, service)) return undefined;
  const { assignPublicIp = 'DISABLED' } = service.members.networkConfiguration?.awsvpcConfiguration ?? {};
  return planNetwork({ ...exposure, network: { assignPublicIp, ...exposure.network } }, observed.network, desired);
}

/** What differs from the revision of the service, else from the newest one. */
function differenceTo(
  { task }: DesiredService,
  { service, revisions }: ServiceObservation,
  operations: readonly Operation[],
): Pick<Plan, 'difference'> {
  const revision = revisions.find(({ arn }) => arn === service?.revisionArn) ?? revisions[0];
  if (revision === undefined) return {};
  const restartsTasks = operations.some((one) => one.kind === 'update-service' && (one.withRevision || one.force));
  const changes = differences(revision.definition, task.definition);
  // What changes of the service itself stands in the step that changes it.
  return { difference: { revision, changes, settingsChanged: false, restartsTasks } };
}

/** Application Auto Scaling knows only services that are there, so this comes after the service. */
function scaling(
  desired: DesiredService,
  { around }: ServiceObservation,
  service: ServiceState | undefined,
): readonly Operation[] {
  const { project, task } = desired;
  const { autoScaling } = task.run.service ?? {};
  const loadBalancers = targetsOf(task.run.service ?? {}, targetGroupOf(desired, around.balancer));
  return planScaling(
    {
      service: task.definition.family,
      serviceArn: service?.arn,
      autoScaling,
      loadBalancers,
      tags: projectTags(project),
      own: service !== undefined && hasMark(service.tags, serviceMarks.scaling),
    },
    around.scaling,
  );
}

/** The revision that has the desired content already: that of the service, else the newest. */
function revisionFor(
  { task }: DesiredService,
  { revisions }: ServiceObservation,
  service: ServiceState | undefined,
): Revision | undefined {
  const same = revisions.filter((one) => sameDefinition(one.definition, task.definition));
  return same.find(({ arn }) => arn === service?.revisionArn) ?? same.find(({ inactive }) => !inactive);
}

function updating(
  desired: DesiredService,
  { revisions, around }: ServiceObservation,
  service: ServiceState,
  revision: Revision | undefined,
  wanted: ServiceMembers,
): readonly ServiceOperation[] {
  const { serviceDiscovery } = desired.task.run.service ?? {};
  const registries = registriesOf(serviceDiscovery, around.discovery);
  const after = {
    ...wanted,
    // What is only to be made has no ARN yet; its name stands for it, and the step knows better.
    serviceRegistries: registries ?? [
      { registryArn: entryName(serviceDiscovery ?? {}, desired.task.definition.family) },
    ],
  };
  const { changes, members } = serviceChanges(service.members, after);
  // An ARN of Cloud Map says nothing to a person.
  const names = namesInWords(serviceDiscovery, service.name, around.discovery);
  const told = changes.map((change) => (change.member === 'serviceRegistries' ? { ...change, ...names } : change));
  const withRevision = revision?.arn !== service.revisionArn;
  const force = forceOf(desired, service, Object.keys(members), withRevision);
  if (changes.length === 0 && !withRevision && force === undefined) return [];
  const replaces = withRevision || force !== undefined || Object.keys(members).some((one) => replacing.includes(one));
  const current = revisions.find(({ arn }) => arn === service.revisionArn);
  const lost = replaces && current !== undefined ? volumesWithData(current.definition, desired) : [];
  const revisionChange = {
    member: 'taskDefinition',
    before: revisionName(service.revisionArn),
    after: revision === undefined ? 'the new revision' : revisionName(revision.arn),
  };
  return [
    {
      kind: 'update-service',
      service: service.name,
      changes: withRevision ? [revisionChange, ...told] : told,
      members,
      withRevision,
      ...(force === undefined ? {} : { force }),
      guardsData: guardsData(desired, after.deploymentConfiguration) && replaces,
      ...(lost.length === 0 ? {} : { loses: lost.map((volume) => ({ volume })) }),
    },
  ];
}

function forceOf(
  desired: DesiredService,
  service: ServiceState,
  changed: readonly string[],
  withRevision: boolean,
): Extract<ServiceOperation, { kind: 'update-service' }>['force'] {
  if (desired.force) return 'asked';
  // ECS starts no more tasks of a rollout that has failed.
  if (!withRevision && primaryDeployment(service)?.rolloutState === 'FAILED') return 'failed-before';
  return changed.some((member) => forcing.includes(member)) ? 'member-changed' : undefined;
}

/** Gives a service the tags that it lacks; one that is adopted hands them on to the tasks that it has. */
function tagging(
  desired: DesiredService,
  { tasks }: ServiceObservation,
  service: ServiceState,
): readonly ServiceOperation[] {
  const tags = serviceTags(desired);
  if (tags.every(({ key, value }) => service.tags.get(key) === value)) return [];
  const isAdopted = !hasProjectTag(service.tags, desired.project);
  const arns = [service.arn, ...(isAdopted ? tasks.map(({ arn }) => arn) : [])];
  return [{ kind: 'tag-service', service: service.name, arns, tags }];
}

function guardsData({ task }: DesiredService, { maximumPercent }: { readonly maximumPercent: number }): boolean {
  return maximumPercent === 100 && writesToSharedStorage(task.definition);
}
