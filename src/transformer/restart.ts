import { diagnostic } from '../diagnostics/diagnostic.ts';
import { durationSeconds } from '../parser/compose/units.ts';
import { booleanOf, child, entriesOf, type Node, numberOf, stringOf } from '../source/node.ts';
import { slipOf } from '../source/slip.ts';
import type { Source } from '../source/source.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { runsWindows } from './platform.ts';
import { type Origin, originFrom } from './task.ts';
import { namesOf, type Subject, together } from './together.ts';

/** Seconds; the shortest that ECS allows (ContainerRestartPolicy in the ECS API). */
const restartAttemptPeriod = 60;

const conditionNames: Readonly<Record<string, string>> = { any: 'always', 'on-failure': 'on-failure', none: 'no' };

/** Keys of `deploy.restart_policy` for which ECS has nothing. */
const details = ['delay', 'max_attempts', 'window'];

const policyNames = ['no', 'always', 'unless-stopped', 'on-failure'];

/** What Docker takes for `restart`. */
const isKnown = /^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/;

/**
 * `restart` and `deploy.restart_policy` → `restartPolicy` and `essential`, for all containers of the task together,
 * since one of them at least must stay essential.
 */
export function restart(context: TaskContext): void {
  putRestartPolicies(context);
  putEssential(context);
}

/** A restart policy for each container that is restarted, reported together; what ECS cannot say of it is dropped. */
function putRestartPolicies(context: TaskContext): void {
  const restarted: (Subject & { policy: string })[] = [];
  for (const container of context.containers) {
    const policy = policyOf(container);
    if (policy === undefined) continue;
    const { name, node, deploy } = policy;
    const service = container.service.name;
    if (!isKnown.test(name)) {
      const correction = deploy === undefined ? slipOf(name, policyNames) : undefined;
      context.report(diagnostic('transform/restart-unknown', { service, policy: name, correction }, node.source));
    } else if (name !== 'no' && runsWindows(context)) {
      reportNotRestarted(service, policy, context);
    } else if (name !== 'no') {
      putRestartPolicy(container, policy);
      restarted.push({ policy: name, service, source: node.source });
      reportDetails(service, policy, context);
    }
  }
  if (restarted.length === 0) return;
  const policies = [...new Set(restarted.map(({ policy }) => policy))];
  const words = { services: namesOf(restarted), policies };
  context.report(diagnostic('transform/restart', words, ...together(restarted)));
}

/** Fargate restarts no Windows containers. Source: ECS Developer Guide, container restart policies. */
function reportNotRestarted(service: string, { node, deploy }: Policy, { report }: TaskContext): void {
  const words = {
    owner: `service "${service}"`,
    key: deploy === undefined ? 'restart' : 'deploy.restart_policy',
    why: 'Fargate restarts no Windows containers',
    help: 'Run an ECS service ("service up"), which replaces a task that ends.',
  };
  report(diagnostic('transform/key-dropped', words, node.source));
}

/** Containers are essential, but for those with a reason not to be; `restart: no` is none where all would have it. */
function putEssential(context: TaskContext): void {
  const awaited = awaitedToComplete(context);
  const reasons = context.containers.map((container) => ({ container, reason: reasonOf(container, awaited) }));
  const others = reasons.some(({ reason }) => reason === undefined);
  for (const { container, reason } of reasons) {
    const { service, fields } = container;
    const isEssential = reason === undefined || (!others && reason.rule === 'restart: no');
    fields.put('essential', isEssential, {
      source: reason?.source ?? service.key,
      rule: reason?.rule ?? 'essential unless said otherwise',
    });
    if (isEssential || reason.why === undefined) continue;
    context.report(diagnostic('transform/not-essential', { service: service.name, why: reason.why }, reason.source));
  }
}

/** Why a container is not essential; what ecs-params says needs no words. */
interface Reason {
  readonly source: Source;
  readonly rule?: string;
  readonly why?: string;
}

/** Why the task goes on when a container ends; undefined where it does not. */
function reasonOf(container: ContainerContext, awaited: ReadonlyMap<string, Origin>): Reason | undefined {
  const said = child(container.params, 'essential');
  if (said !== undefined) return booleanOf(said) === false ? { source: said.source } : undefined;
  const after = awaited.get(container.name);
  if (after !== undefined) {
    const rule = 'others wait for it to complete';
    return { source: after.source ?? container.service.key, rule, why: `since ${rule}` };
  }
  const policy = policyOf(container);
  if (policy?.name !== 'no') return undefined;
  return { source: policy.node.source, rule: 'restart: no', why: 'since it is not restarted' };
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

/** What ECS cannot say: how often, after what delay. A zero asks for nothing. */
function reportDetails(service: string, { name, node, deploy }: Policy, { report }: TaskContext): void {
  const attempts = Number(/^on-failure:(\d+)$/.exec(name)?.[1] ?? 0);
  if (attempts > 0) {
    report(
      diagnostic(
        'transform/restart-detail-dropped',
        { service, detail: `The limit of ${attempts} restarts` },
        node.source,
      ),
    );
  }
  for (const [key, { key: source, value }] of entriesOf(deploy)) {
    if (!details.includes(key) || (numberOf(value) ?? durationSeconds(stringOf(value) ?? '')) === 0) continue;
    report(diagnostic('transform/restart-detail-dropped', { service, detail: `"${key}"` }, source));
  }
}

/** The containers that others wait for to end, and where they say so: ECS refuses them as essential ones. */
function awaitedToComplete({ containers }: TaskContext): ReadonlyMap<string, Origin> {
  const awaited = containers
    .flatMap(({ fields }) => fields.items('dependsOn'))
    .filter(({ value }) => value.condition === 'SUCCESS' || value.condition === 'COMPLETE');
  return new Map(awaited.map(({ value, origin }) => [value.containerName, origin]));
}
