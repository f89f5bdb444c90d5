import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { durationSeconds } from '../parser/compose/units.ts';
import { booleanOf, child, entriesOf, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import type { ContainerConcern, ContainerContext, TaskContext } from './context.ts';
import type { Originated } from './fields.ts';
import { rewriteWords } from './hosts.ts';
import { originFrom } from './task.ts';

/** The times and counts of a health check: what Compose calls them, and what ECS allows (seconds; HealthCheck in the ECS API). */
const numbers = [
  { key: 'interval', member: 'interval', min: 5, max: 300, unit: ' s' },
  { key: 'timeout', member: 'timeout', min: 2, max: 60, unit: ' s' },
  { key: 'retries', member: 'retries', min: 1, max: 10, unit: '' },
  { key: 'start_period', member: 'startPeriod', min: 0, max: 300, unit: ' s' },
] as const;

/** Docker waits 30 seconds for a check where nothing is said, ECS only 5. */
const dockerTimeout = 30;

/** `healthcheck` as the Compose file has it, and that of ecs-params, which overrides it key by key. */
interface WrittenCheck {
  readonly service: string;
  readonly compose: Node | undefined;
  readonly override: Node | undefined;
}

/** `healthcheck` of both files. ECS never runs the health check of the image. */
export const health: ContainerConcern = (container, context) => {
  const { service, params, fields } = container;
  const [compose, override] = [service.node, params].map((node) => child(node, 'healthcheck'));
  const check = { service: service.name, compose, override };
  const test = testOf(check, context.report);
  const command = test === undefined ? undefined : commandOf(test, container, context);
  if (test === undefined || command === undefined) return;
  const amounts = amountsOf(check, test, context.report);
  const startInterval = child(compose, 'start_interval');
  if (startInterval !== undefined) {
    context.report(diagnostic('transform/health-start-interval', { service: service.name }, startInterval.source));
  }
  const value = {
    command: command.value,
    ...Object.fromEntries(amounts.map(([member, amount]) => [member, amount.value])),
  };
  fields.put('healthCheck', value, { source: (override ?? compose ?? test).source });
  const { rule } = command;
  fields.origin('healthCheck.command', { source: test.source, ...(rule === undefined ? {} : { rule }) });
  for (const [member, { origin }] of amounts) fields.origin(`healthCheck.${member}`, origin);
};

function settingOf({ compose, override }: WrittenCheck, key: string): Node | undefined {
  return child(override, key) ?? child(compose, key);
}

/** What is run to check the container; undefined where no check is wanted. Reports one that says it twice, or not. */
function testOf(check: WrittenCheck, report: Report): Node | undefined {
  const { service, compose, override } = check;
  const test = child(override, 'command') ?? settingOf(check, 'test');
  if (child(override, 'command') !== undefined && child(override, 'test') !== undefined) {
    const [test, command] = ['test', 'command'].map(
      (key) => entriesOf(override).find(([name]) => name === key)?.[1].key,
    );
    const other = test === undefined ? [] : [{ message: 'the other one', source: test }];
    report(diagnostic('params/health-twice', { service }, command, other));
  }
  if (override === undefined && booleanOf(child(compose, 'disable')) === true) return undefined;
  const given = override ?? compose;
  if (test === undefined && given !== undefined && entriesOf(given).length > 0) {
    report(diagnostic('transform/health-test-missing', { service }, given.source));
  }
  return test;
}

type Amount = readonly [member: (typeof numbers)[number]['member'], value: Originated<number>];

/** The times and counts of the check as ECS takes them, that of its timeout always; reports those that it does not. */
function amountsOf(check: WrittenCheck, test: Node, report: Report): readonly Amount[] {
  const amounts = numbers.flatMap(({ key, member, min, max, unit }): readonly Amount[] => {
    const node = settingOf(check, key);
    const wanted = node === undefined ? undefined : amountOf(node);
    // To Docker a zero is no setting (HealthConfig in the Engine API).
    if (node === undefined || wanted === undefined || wanted === 0) return [];
    const value = Math.min(Math.max(Math.ceil(wanted), min), max);
    if (value !== wanted) {
      const words = {
        service: check.service,
        member: key,
        before: `${wanted}${unit}`,
        after: `${value}${unit}`,
        range: unit === '' ? `${min} to ${max}` : `whole seconds from ${min} to ${max}`,
      };
      report(diagnostic('transform/health-adjusted', words, node.source));
    }
    return [[member, { value, origin: originFrom(node) }]];
  });
  if (amounts.some(([member]) => member === 'timeout')) return amounts;
  const rule = "Docker's timeout where none is set; that of ECS is 5 s";
  return [...amounts, ['timeout', { value: dockerTimeout, origin: { source: test.source, rule } }]];
}

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
