import { diagnostic } from '../diagnostics/diagnostic.ts';
import { booleanOf, child, entriesOf, type Node, numberOf, stringOf } from '../source/node.ts';
import { slipOf } from '../source/slip.ts';
import type { Source } from '../source/source.ts';
import { type ContainerContext, containerOf, type TaskContext } from './context.ts';
import { originFrom } from './task.ts';
import { namesOf, type Subject, together } from './together.ts';

/** Seconds; the shortest that ECS allows (ContainerRestartPolicy in the ECS API). */
const restartAttemptPeriod = 60;

const conditionNames: Readonly<Record<string, string>> = { any: 'always', 'on-failure': 'on-failure', none: 'no' };

const policyNames = ['no', 'always', 'unless-stopped', 'on-failure'];

/** What Docker takes for `restart`. */
const isKnown = /^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/;

/**
 * `restart` and `deploy.restart_policy` → `essential` and `restartPolicy`, for all containers of the task together,
 * since one of them at least must stay essential.
 */
export function restart(context: TaskContext): void {
  const awaited = awaitedToComplete(context);
  const restarted: (Subject & { policy: string })[] = [];
  const optional = new Map<ContainerContext, { source: Source; rule?: string; why: string }>();
  for (const container of context.containers) {
    const { service, params } = container;
    const said = child(params, 'essential');
    const policy = policyOf(container);
    const after = awaited.get(container.name);
    if (said !== undefined) {
      if (booleanOf(said) === false) optional.set(container, { source: said.source, why: 'as ecs-params says' });
    } else if (after !== undefined) {
      optional.set(container, {
        source: after.source,
        rule: 'others wait for it to complete',
        why: 'since others wait for it to complete',
      });
    } else if (policy?.name === 'no') {
      optional.set(container, { source: policy.node.source, rule: 'restart: no', why: 'since it is not restarted' });
    }
    if (policy !== undefined && !isKnown.test(policy.name)) {
      const correction = policy.deploy === undefined ? slipOf(policy.name, policyNames) : undefined;
      const words = { service: service.name, policy: policy.name, correction };
      context.report(diagnostic('transform/restart-unknown', words, policy.node.source));
    } else if (policy !== undefined && policy.name !== 'no') {
      putRestartPolicy(container, policy);
      restarted.push({ policy: policy.name, service: service.name, source: policy.node.source });
    }
    if (policy !== undefined) reportDetails(service.name, policy, context);
  }
  if (restarted.length > 0) {
    const policies = [...new Set(restarted.map(({ policy }) => policy))];
    const words = { services: namesOf(restarted), policies };
    context.report(diagnostic('transform/restart', words, ...together(restarted)));
  }
  const others = context.containers.some((container) => !optional.has(container));
  for (const container of context.containers) {
    const origin = optional.get(container);
    const isEssential = origin === undefined || (!others && origin.rule === 'restart: no');
    container.fields.put('essential', isEssential, {
      source: origin?.source ?? container.service.key,
      rule: origin?.rule ?? 'essential unless said otherwise',
    });
    if (!isEssential && origin.rule !== undefined) {
      context.report(
        diagnostic('transform/not-essential', { service: container.service.name, why: origin.why }, origin.source),
      );
    }
  }
}

interface Policy {
  readonly name: string;
  readonly node: Node;
  /** The `deploy.restart_policy` or undefined where `restart` speaks. */
  readonly deploy: Node | undefined;
}

/** What the service says of restarting; `deploy.restart_policy` comes before `restart`, as in Docker Compose. */
function policyOf({ service }: ContainerContext): Policy | undefined {
  const deploy = child(child(service.node, 'deploy'), 'restart_policy');
  if (deploy !== undefined) {
    const condition = stringOf(child(deploy, 'condition')) ?? 'any';
    return { name: conditionNames[condition] ?? condition, node: child(deploy, 'condition') ?? deploy, deploy };
  }
  const node = child(service.node, 'restart');
  const name = stringOf(node);
  return node === undefined || name === undefined || name === '' ? undefined : { name, node, deploy: undefined };
}

function putRestartPolicy({ fields }: ContainerContext, { name, node }: Policy): void {
  const ignoredExitCodes = name.startsWith('on-failure') ? { ignoredExitCodes: [0] } : {};
  fields.put('restartPolicy', { enabled: true, ...ignoredExitCodes, restartAttemptPeriod }, originFrom(node));
}

/** What ECS cannot say: how often, after what delay. */
function reportDetails(service: string, { name, node, deploy }: Policy, { report }: TaskContext): void {
  const attempts = /^on-failure:(\d+)$/.exec(name)?.[1];
  if (attempts !== undefined) {
    report(
      diagnostic(
        'transform/restart-detail-dropped',
        { service, detail: `The limit of ${attempts} restarts` },
        node.source,
      ),
    );
  }
  for (const [key, { key: source, value }] of entriesOf(deploy)) {
    if (key === 'condition' || numberOf(value) === 0) continue;
    report(diagnostic('transform/restart-detail-dropped', { service, detail: `"${key}"` }, source));
  }
}

/** The containers that others wait for to end well: ECS refuses them as essential ones. */
function awaitedToComplete(context: TaskContext): ReadonlyMap<string, { source: Source }> {
  const awaited = new Map<string, { source: Source }>();
  for (const { fields, service } of context.containers) {
    for (const { containerName, condition } of fields.get('dependsOn') ?? []) {
      if (condition === 'SUCCESS' || condition === 'COMPLETE') {
        const [, entry] =
          entriesOf(child(service.node, 'depends_on')).find(
            ([name]) => containerOf(context, name)?.name === containerName,
          ) ?? [];
        const source = child(entry?.value, 'condition')?.source ?? entry?.key ?? service.key;
        awaited.set(containerName, { source });
      }
    }
  }
  return awaited;
}
