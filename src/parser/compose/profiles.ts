import { withValue } from '../../source/build.ts';
import { child, itemsOf, type MappingNode, stringOf } from '../../source/node.ts';
import type { LoadOptions } from './options.ts';
import type { Variables } from './variables.ts';

/** The profiles that the options and `COMPOSE_PROFILES` name. */
export function activeProfiles(options: LoadOptions, variables: Variables): ReadonlySet<string> {
  const named = options.profiles?.length
    ? options.profiles
    : (variables.get('COMPOSE_PROFILES')?.value ?? '').split(',');
  return new Set(named.map((name) => name.trim()).filter((name) => name !== ''));
}

/** A model without the services that no active profile asks for, and their names. */
export interface Enabled {
  readonly root: MappingNode;
  readonly disabled: ReadonlySet<string>;
}

/** Takes out the services whose profiles are not active. To name a service activates its profiles. */
export function enableServices(root: MappingNode, active: ReadonlySet<string>, named: readonly string[]): Enabled {
  const services = child(root, 'services');
  if (services?.kind !== 'mapping') return { root, disabled: new Set() };
  const profilesOf = (name: string) =>
    itemsOf(child(child(services, name), 'profiles')).flatMap((profile) => stringOf(profile) ?? []);
  const all = new Set([...active, ...named.flatMap(profilesOf)]);
  const isEnabled = (name: string) => {
    const profiles = profilesOf(name);
    return profiles.length === 0 || all.has('*') || profiles.some((profile) => all.has(profile));
  };
  const entries = new Map([...services.entries].filter(([name]) => isEnabled(name)));
  const disabled = new Set([...services.entries.keys()].filter((name) => !entries.has(name)));
  return { root: disabled.size === 0 ? root : withValue(root, 'services', { ...services, entries }), disabled };
}
