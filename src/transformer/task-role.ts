import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { type Json, plain } from '../parser/compose/plain.ts';
import { child, itemsOf, type Node, stringOf } from '../source/node.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import type { Task } from './task.ts';
import { together } from './together.ts';

/** What services ask for the task role, by the keys of Docker's retired ECS integration. */
export interface RolePolicies {
  /** The ARNs of `x-aws-policies`, each once. */
  readonly managed: readonly string[];
  /** The statements of `x-aws-role`, which is a policy, as they are written. */
  readonly statements: readonly Json[];
}

/** A key under a service that asks for policies. */
interface Wish {
  readonly service: string;
  readonly key: string;
  readonly value: Node;
  readonly source: Node['source'];
}

/** Source: IAM User Guide, "IAM ARNs". */
const managedPolicy = /^arn:[^:]+:iam::(?:aws|\d{12}):policy\/.+$/;

/**
 * The policies that services want their containers to have; undefined where none wants any. The containers share one
 * role, as one task. Reports what is no policy, and policies that reach no role.
 */
export function taskRole({ containers, task, options, report }: TaskContext): RolePolicies | undefined {
  const wishes = containers.flatMap(wishesOf);
  if (wishes.length === 0) return undefined;
  const policies = wishes.filter(({ key }) => key === 'x-aws-policies').flatMap((wish) => managedOf(wish, report));
  const statements = wishes.filter(({ key }) => key === 'x-aws-role').flatMap((wish) => statementsOf(wish, report));
  const keys = [...new Set(wishes.map(({ key }) => key))];
  const role = task.get('taskRoleArn');
  if (role !== undefined) report(diagnostic('transform/task-role-named', { role, keys }, ...together(wishes)));
  else if (!options.createRoles) report(diagnostic('transform/task-role-missing', { keys }, ...together(wishes)));
  return { managed: [...new Set(policies)], statements };
}

/** Whether a task needs a task role: for policies, for commands in its containers, for EFS that IAM guards. */
export function needsTaskRole({
  definition,
  run,
  rolePolicies,
}: Pick<Task, 'definition' | 'run' | 'rolePolicies'>): boolean {
  return (
    rolePolicies !== undefined ||
    run.launch?.enableExecuteCommand === true ||
    (definition.volumes ?? []).some((one) => one.efsVolumeConfiguration?.authorizationConfig?.iam === 'ENABLED')
  );
}

function wishesOf({ service }: ContainerContext): readonly Wish[] {
  return ['x-aws-policies', 'x-aws-role'].flatMap((key) => {
    const entry = service.node.entries.get(key);
    return entry === undefined ? [] : [{ service: service.name, key, value: entry.value, source: entry.key }];
  });
}

function managedOf({ key, value }: Wish, report: Report): readonly string[] {
  if (value.kind !== 'sequence') {
    report(diagnostic('transform/role-policy', { key, expected: 'a list of ARNs of managed policies' }, value.source));
  }
  return itemsOf(value).flatMap((item) => {
    const arn = stringOf(item) ?? '';
    if (managedPolicy.test(arn)) return [arn];
    const expected = 'ARNs of managed policies, such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
    report(diagnostic('transform/role-policy', { key, expected }, item.source));
    return [];
  });
}

function statementsOf({ key, value }: Wish, report: Report): readonly Json[] {
  const written = child(value, 'Statement');
  // IAM takes a single statement for a list of one.
  const statements = written?.kind === 'mapping' ? [written] : itemsOf(written);
  if (statements.length === 0 || statements.some(({ kind }) => kind !== 'mapping')) {
    const expected = 'a policy of IAM, with its statements under "Statement"';
    report(diagnostic('transform/role-policy', { key, expected }, (written ?? value).source));
  }
  return statements.map(plain);
}
