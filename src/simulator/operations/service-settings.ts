import type { ServiceSettings } from '../records/services.ts';

/** What CreateService and UpdateService can both say of a service. */
export interface ServiceWishes extends Partial<ServiceSettings> {
  readonly cluster?: string;
  readonly taskDefinition?: string;
  readonly role?: string;
  readonly schedulingStrategy?: string;
  readonly deploymentController?: { readonly type?: string };
  readonly placementConstraints?: readonly unknown[];
  readonly placementStrategy?: readonly unknown[];
}

/** The members of both calls that the service keeps; those of the launch are kept by its deployments, too. */
const LAUNCH = [
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'serviceConnectConfiguration',
] as const;
const SETTINGS = [
  ...LAUNCH,
  'desiredCount',
  'deploymentConfiguration',
  'healthCheckGracePeriodSeconds',
  'enableExecuteCommand',
  'enableECSManagedTags',
  'propagateTags',
  'availabilityZoneRebalancing',
  'loadBalancers',
  'serviceRegistries',
] as const;

/** What makes UpdateService start a deployment when it changes (UpdateService in the API reference). */
const DEPLOYED = [
  'platformVersion',
  'networkConfiguration',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
] as const;

type Launch = Pick<ServiceSettings, (typeof LAUNCH)[number]>;

/** What a call says of the service and the service keeps. */
export function settingsIn(input: ServiceWishes): Partial<ServiceSettings> {
  return picked(input, SETTINGS);
}

/** What each deployment keeps of the settings with which it began. */
export function launchOf(settings: Partial<ServiceSettings>): Partial<Launch> {
  return picked(settings, LAUNCH);
}

/** The settings that UpdateService leaves. A strategy takes the place of a launch type. */
export function updatedSettings(settings: ServiceSettings, input: ServiceWishes): ServiceSettings {
  const { launchType, ...rest } = settings;
  const kept = input.capacityProviderStrategy === undefined ? settings : rest;
  const deploymentConfiguration = { ...settings.deploymentConfiguration, ...input.deploymentConfiguration };
  return { ...kept, ...settingsIn(input), deploymentConfiguration };
}

/** Whether other settings need a deployment, so that tasks have them. */
export function needDeployment(settings: ServiceSettings, former: ServiceSettings): boolean {
  return DEPLOYED.some((name) => JSON.stringify(settings[name]) !== JSON.stringify(former[name]));
}

/** The members of that name that are there. */
function picked<T extends object, K extends keyof T>(source: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.filter((name) => source[name] !== undefined).map((name) => [name, source[name]]),
  ) as Pick<T, K>;
}
