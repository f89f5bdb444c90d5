import type { Tag } from '../../fargate/task-definition.ts';
import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { checkToken, rememberedToken, rememberToken } from '../client-tokens.ts';
import { newDeployment } from '../deployment.ts';
import { arn, nameIn } from '../identifiers.ts';
import type { ServiceRecord } from '../records/services.ts';
import { wake } from '../scheduler.ts';
import { serviceAt } from '../service.ts';
import { checkLoadBalancers, checkRegistries, checkServiceConnect } from './attached.ts';
import { clusterOf } from './clusters.ts';
import { checkLaunch, launchableDefinition } from './launch.ts';
import { type Operation, page } from './operation.ts';
import { canRebalance, NO_ROOM_TO_REBALANCE, refusalOfService } from './service-rules.ts';
import { launchOf, needDeployment, type ServiceWishes, settingsIn, updatedSettings } from './service-settings.ts';

interface ServiceInput {
  readonly cluster?: string;
  readonly service: string;
}

interface CreateServiceInput extends ServiceWishes {
  readonly serviceName: string;
  readonly taskDefinition: string;
  readonly clientToken?: string;
  readonly tags?: readonly Tag[];
}

interface UpdateServiceInput extends ServiceWishes, ServiceInput {
  readonly cluster?: string;
  readonly forceNewDeployment?: boolean;
}

interface DescribeServicesInput {
  readonly cluster?: string;
  readonly services?: readonly string[];
  readonly include?: readonly string[];
}

interface ListServicesInput {
  readonly cluster?: string;
  readonly launchType?: string;
  readonly schedulingStrategy?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface DeleteServiceInput extends ServiceInput {
  readonly force?: boolean;
}

export const serviceOperations: Readonly<Record<string, Operation>> = {
  CreateService: { check: checkCreateService, apply: createService },
  UpdateService: { check: checkUpdateService, apply: updateService },
  DescribeServices: { answer: describeServices },
  ListServices: { answer: listServices },
  DeleteService: { check: checkDeleteService, apply: deleteService },
};

/** The service that a call names by name or ARN; undefined when there is none. */
function findService(account: Account, call: Call<{ readonly cluster?: string }>, name: string) {
  const { clusterArn } = clusterOf(account, call);
  return account.services.get(serviceArn(call.region, clusterArn, name));
}

/** As `findService`; refuses one that is not there. */
export function serviceOf(account: Account, call: Call<ServiceInput>): ServiceRecord {
  const service = findService(account, call, call.input.service);
  if (service !== undefined) return service;
  throw new ApiError('ServiceNotFoundException', 'Service not found.');
}

function serviceArn(region: string, clusterArn: string, name: string): string {
  return arn('ecs', region, `service/${nameIn(clusterArn)}/${nameIn(name)}`);
}

function checkCreateService(account: Account, call: Call<CreateServiceInput>): void {
  const { input, region } = call;
  const cluster = clusterOf(account, call);
  const refusal = refusalOfService(input);
  if (refusal !== undefined) throw new ApiError('InvalidParameterException', refusal);
  const definition = launchableDefinition(account, call, input.taskDefinition);
  checkLaunch(account, input, cluster, definition, region);
  checkLoadBalancers(account, region, input.loadBalancers, definition);
  checkRegistries(account, input.serviceRegistries);
  checkServiceConnect(input.serviceConnectConfiguration, definition);
  if (madeBefore(account, call) === undefined) checkNameIsFree(account, call);
  else checkToken(account, call);
}

function checkNameIsFree(account: Account, call: Call<CreateServiceInput>): void {
  const present = findService(account, call, call.input.serviceName)?.status;
  if (present === 'ACTIVE') {
    throw new ApiError('InvalidParameterException', 'Creation of service was not idempotent.');
  }
  if (present === 'DRAINING') {
    throw new ApiError('InvalidParameterException', 'Unable to Start a service that is still Draining.');
  }
}

/** The service that the same token made. One that was deleted since does not stand in the way of another. */
function madeBefore(account: Account, call: Call<CreateServiceInput>): ServiceRecord | undefined {
  const made = account.services.get(rememberedToken(account, call)?.arns[0] ?? '');
  return made?.status === 'INACTIVE' ? undefined : made;
}

/** Makes the service, or gives the one that the same token made before. */
function createService(account: Account, call: Call<CreateServiceInput>): object {
  const { input, region, at, speed } = call;
  const { clusterArn } = clusterOf(account, call);
  const key = serviceArn(region, clusterArn, input.serviceName);
  const made = madeBefore(account, call);
  if (made !== undefined) return { service: serviceAt(made, at) };
  const definition = launchableDefinition(account, call, input.taskDefinition);
  const service: ServiceRecord = {
    serviceArn: key,
    serviceName: input.serviceName,
    clusterArn,
    region,
    createdAt: at,
    settings: {
      availabilityZoneRebalancing: canRebalance(input) ? 'ENABLED' : 'DISABLED',
      ...settingsIn(input),
      desiredCount: input.desiredCount ?? 0,
    },
    definition,
    status: 'ACTIVE',
    deployments: [newDeployment(call, definition, launchOf(input), `${account.changes}`)],
    events: [],
    steady: false,
    lookedAt: at,
    wakeAt: Number.POSITIVE_INFINITY,
    tags: input.tags ?? [],
  };
  account.services.set(key, service);
  wake(service, at, speed);
  rememberToken(account, call, [key]);
  return { service: serviceAt(service, at) };
}

function checkUpdateService(account: Account, call: Call<UpdateServiceInput>): void {
  const { input, region } = call;
  const service = serviceOf(account, call);
  if (service.status !== 'ACTIVE') throw new ApiError('ServiceNotActiveException', 'Service was not ACTIVE.');
  const refusal = refusalOfService(input);
  if (refusal !== undefined) throw new ApiError('InvalidParameterException', refusal);
  if (input.taskDefinition !== undefined) launchableDefinition(account, call, input.taskDefinition);
  const definition = wishedDefinition(account, call, service);
  const settings = updatedSettings(service.settings, input);
  if (settings.availabilityZoneRebalancing === 'ENABLED' && !canRebalance(settings)) {
    throw new ApiError('InvalidParameterException', NO_ROOM_TO_REBALANCE);
  }
  checkLaunch(account, settings, clusterOf(account, call), definition, region);
  checkLoadBalancers(account, region, settings.loadBalancers, definition);
  checkRegistries(account, settings.serviceRegistries);
  checkServiceConnect(settings.serviceConnectConfiguration, definition);
}

/** Changes what is named and, where that asks for other tasks, starts a deployment in place of the newest. */
function updateService(account: Account, call: Call<UpdateServiceInput>): object {
  const { input, at, speed } = call;
  const service = serviceOf(account, call);
  const definition = wishedDefinition(account, call, service);
  const settings = updatedSettings(service.settings, input);
  const replaces =
    input.forceNewDeployment === true ||
    definition !== service.definition ||
    needDeployment(settings, service.settings);
  service.settings = settings;
  service.definition = definition;
  if (replaces) {
    for (const deployment of service.deployments) deployment.status = 'ACTIVE';
    const deployment = newDeployment(call, definition, launchOf(settings), `${account.changes}`);
    service.deployments = [deployment, ...service.deployments];
  }
  service.steady = false;
  wake(service, at, speed);
  return { service: serviceAt(service, at) };
}

function wishedDefinition(account: Account, call: Call<UpdateServiceInput>, service: ServiceRecord) {
  const { taskDefinition } = call.input;
  return taskDefinition === undefined ? service.definition : launchableDefinition(account, call, taskDefinition);
}

function describeServices(account: Account, call: Call<DescribeServicesInput>): object {
  const { services: names = [], include = [] } = call.input;
  const { clusterArn } = clusterOf(account, call);
  if (names.length === 0) throw new ApiError('InvalidParameterException', 'Services cannot be empty.');
  if (names.length > 10) throw new ApiError('InvalidParameterException', 'At most 10 services can be described.');
  const looked = names.map((name) => ({ name, service: findService(account, call, name) }));
  return {
    services: looked.flatMap(({ service }) => {
      if (service === undefined) return [];
      const described = serviceAt(service, call.at);
      return [include.includes('TAGS') ? described : { ...described, tags: [] }];
    }),
    failures: looked.flatMap(({ name, service }) =>
      service === undefined ? [{ arn: serviceArn(call.region, clusterArn, name), reason: 'MISSING' }] : [],
    ),
  };
}

function listServices(account: Account, call: Call<ListServicesInput>): object {
  const { launchType, schedulingStrategy = 'REPLICA', maxResults = 10, nextToken } = call.input;
  const { clusterArn } = clusterOf(account, call);
  const arns = [...account.services.values()]
    .filter((service) => service.clusterArn === clusterArn && service.status !== 'INACTIVE')
    .filter(({ settings }) => launchType === undefined || settings.launchType === launchType)
    .filter(() => schedulingStrategy === 'REPLICA')
    .map((service) => service.serviceArn);
  const { items, ...next } = page(arns, maxResults, nextToken);
  return { serviceArns: items, ...next };
}

function checkDeleteService(account: Account, call: Call<DeleteServiceInput>): void {
  const { status, settings } = serviceOf(account, call);
  if (status === 'INACTIVE') throw new ApiError('ServiceNotFoundException', 'Service not found.');
  if (settings.desiredCount === 0 || call.input.force === true) return;
  throw new ApiError('InvalidParameterException', 'The service cannot be stopped while it is scaled above 0.');
}

/** Lets the service drain: its tasks stop, then it is INACTIVE, and its name is free. */
function deleteService(account: Account, call: Call<DeleteServiceInput>): object {
  const service = serviceOf(account, call);
  service.status = 'DRAINING';
  service.settings = { ...service.settings, desiredCount: 0 };
  wake(service, call.at, call.speed);
  return { service: serviceAt(service, call.at) };
}
