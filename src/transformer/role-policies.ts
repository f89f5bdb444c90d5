import { type Json, plain } from '../parser/compose/plain.ts';
import { type Project, servicesOf } from '../parser/compose/project.ts';
import { child, itemsOf, stringOf } from '../source/node.ts';

/** What services ask for the task role, by the keys of Docker's retired ECS integration. */
export interface RolePolicies {
  /** The ARNs of `x-aws-policies`, each once. */
  readonly managed: readonly string[];
  /** The statements of `x-aws-role`, which is a policy, as they are written. */
  readonly statements: readonly Json[];
}

/** The policies that the services of a project want their containers to have. They share one role, as one task. */
export function rolePolicies(project: Project): RolePolicies {
  const services = servicesOf(project);
  const managed = services.flatMap(({ node }) =>
    itemsOf(child(node, 'x-aws-policies')).flatMap((item) => stringOf(item) ?? []),
  );
  const statements = services.flatMap(({ node }) => {
    const written = child(child(node, 'x-aws-role'), 'Statement');
    // IAM takes a single statement for a list of one.
    return written?.kind === 'mapping' ? [plain(written)] : itemsOf(written).map(plain);
  });
  return { managed: [...new Set(managed)], statements };
}
