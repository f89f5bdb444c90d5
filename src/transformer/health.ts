import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { HealthCheck } from '../fargate/task-definition.ts';
import { durationSeconds } from '../parser/compose/units.ts';
import { booleanOf, child, entriesOf, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { ContainerConcern, ContainerContext, TaskContext } from './context.ts';
import { rewriteWords } from './hosts.ts';
import { type Origin, originFrom } from './task.ts';

/** The times and counts of a health check: what Compose calls them, and what ECS allows (seconds; HealthCheck in the ECS API). */
const numbers = [
  { key: 'interval', member: 'interval', min: 5, max: 300, unit: ' s' },
  { key: 'timeout', member: 'timeout', min: 2, max: 60, unit: ' s' },
  { key: 'retries', member: 'retries', min: 1, max: 10, unit: '' },
  { key: 'start_period', member: 'startPeriod', min: 0, max: 300, unit: ' s' },
] as const;

/** Docker waits 30 seconds for a check where nothing is said, ECS only 5. */
const dockerTimeout = 30;

/** `healthcheck`, overridden key by key by that of ecs-params. ECS never runs the health check of the image. */
export const health: ContainerConcern = (container, context) => {
  const { service, params, fields } = container;
  const compose = child(service.node, 'healthcheck');
  const override = child(params, 'healthcheck');
  const either = (key: string) => child(override, key) ?? child(compose, key);
  const test = child(override, 'command') ?? either('test');
  if (child(override, 'command') !== undefined && child(override, 'test') !== undefined) {
    const [test, command] = ['test', 'command'].map(
      (key) => entriesOf(override).find(([name]) => name === key)?.[1].key,
    );
    const other = test === undefined ? [] : [{ message: 'the other one', source: test }];
    context.report(diagnostic('params/health-twice', { service: service.name }, command, other));
  }
  const isDisabled = override === undefined && booleanOf(child(compose, 'disable')) === true;
  const given = override ?? compose;
  if (test === undefined && !isDisabled && given !== undefined && entriesOf(given).length > 0) {
    context.report(diagnostic('transform/health-test-missing', { service: service.name }, given.source));
  }
  const command = test === undefined ? undefined : commandOf(test, container, context);
  if (test === undefined || command === undefined || isDisabled) return;
  const check: HealthCheck = { command: command.value };
  const origins: [string, Origin][] = [
    ['command', { source: test.source, ...(command.rule ? { rule: command.rule } : {}) }],
  ];
  for (const { key, member, min, max, unit } of numbers) {
    const node = either(key);
    const wanted = node === undefined ? undefined : amountOf(node);
    // To Docker a zero is no setting (HealthConfig in the Engine API).
    if (node === undefined || wanted === undefined || wanted === 0) continue;
    const allowed = Math.min(Math.max(Math.ceil(wanted), min), max);
    if (allowed !== wanted) {
      const words = {
        service: service.name,
        member: key,
        before: `${wanted}${unit}`,
        after: `${allowed}${unit}`,
        range: unit === '' ? `${min} to ${max}` : `whole seconds from ${min} to ${max}`,
      };
      context.report(diagnostic('transform/health-adjusted', words, node.source));
    }
    check[member] = allowed;
    origins.push([member, originFrom(node)]);
  }
  if (check.timeout === undefined) {
    check.timeout = dockerTimeout;
    origins.push(['timeout', { source: test.source, rule: "Docker's timeout where none is set; that of ECS is 5 s" }]);
  }
  const startInterval = child(compose, 'start_interval');
  if (startInterval !== undefined) {
    context.report(diagnostic('transform/health-start-interval', { service: service.name }, startInterval.source));
  }
  fields.put('healthCheck', check, { source: (given ?? test).source });
  for (const [member, origin] of origins) fields.origin(`healthCheck.${member}`, origin);
};

/** Seconds, or a count. A number without a unit is one of ecs-params, which may stand in quotes, as with ecs-cli. */
function amountOf(node: Node): number | undefined {
  const text = stringOf(node) ?? '';
  return numberOf(node) ?? (/^\d+$/.test(text) ? Number(text) : durationSeconds(text));
}

/** The command as ECS takes it; undefined where there is none to run. */
function commandOf(
  test: Node,
  container: ContainerContext,
  context: TaskContext,
): { value: string[]; rule?: string } | undefined {
  const text = stringOf(test);
  const words = text === undefined ? itemsOf(test).map((item) => stringOf(item) ?? '') : ['CMD-SHELL', text];
  if (words.length === 0 || words[0] === 'NONE') return undefined;
  const isTyped = words[0] === 'CMD' || words[0] === 'CMD-SHELL';
  // A list without either is one of ecs-params; to ecs-cli its only item was a line for the shell.
  const full = isTyped ? words : [words.length === 1 ? 'CMD-SHELL' : 'CMD', ...words];
  const what = `healthcheck of service "${container.service.name}"`;
  return rewriteWords(full, { container, context, what, source: test.source });
}
