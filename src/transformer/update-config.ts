import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, type Entry, entriesOf, numberOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';
import type { Rollout, ServiceSettings } from './service-settings.ts';
import { type Origin, originFrom } from './task.ts';

/** The keys of `deploy.update_config` that a service of ECS has a counterpart for. */
const usedKeys = ['parallelism', 'order', 'failure_action'];

/** What Compose does about an update that fails, as the circuit breaker does it. */
const breakers: Readonly<Record<string, ServiceSettings['circuitBreaker']>> = {
  continue: { enable: false, rollback: false },
  pause: { enable: true, rollback: false },
  rollback: { enable: true, rollback: true },
};

/**
 * `deploy.update_config` of the first service that has one: a task holds one of each, so all are replaced at once. That
 * of another service is dropped with a finding where it says something else.
 */
export function updateSettings({
  containers,
  report,
}: TaskContext):
  | { readonly settings: ServiceSettings; readonly origins: readonly (readonly [string, Origin])[] }
  | undefined {
  const found = containers.flatMap(({ service }) => {
    const entry = entriesOf(child(service.node, 'deploy')).find(([key]) => key === 'update_config')?.[1];
    return entry === undefined || settingsOf(entry) === undefined ? [] : [{ service: service.name, entry }];
  });
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const settings = settingsOf(first.entry) as ServiceSettings;
  report(
    diagnostic('transform/service-only', { service: first.service, key: 'deploy.update_config' }, first.entry.key),
  );
  for (const { service, entry } of others) {
    if (JSON.stringify(settingsOf(entry)) === JSON.stringify(settings)) continue;
    const names = { owner: `service "${service}"`, key: 'deploy.update_config' };
    const why = `the task is replaced as service "${first.service}" says`;
    report(diagnostic('transform/key-dropped', { ...names, why, help: undefined }, entry.key));
  }
  const origin = originFrom(first.entry.value);
  return { settings, origins: Object.keys(settings).map((name) => [`run.service.${name}`, origin] as const) };
}

function settingsOf({ value }: Entry): ServiceSettings | undefined {
  const said = entriesOf(value).map(([key]) => key);
  if (!said.some((key) => usedKeys.includes(key))) return undefined;
  const circuitBreaker = breakers[stringOf(child(value, 'failure_action')) ?? ''];
  const rollout: Rollout = {
    order: stringOf(child(value, 'order')) === 'start-first' ? 'start-first' : 'stop-first',
    parallelism: numberOf(child(value, 'parallelism')) ?? 1,
  };
  return {
    ...(said.includes('order') || said.includes('parallelism') ? { rollout } : {}),
    ...(circuitBreaker === undefined ? {} : { circuitBreaker }),
  };
}
