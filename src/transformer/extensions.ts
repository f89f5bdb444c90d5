import { diagnostic } from '../diagnostics/diagnostic.ts';
import { entriesOf, itemsOf, type Node } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/** Keys of Docker's retired ECS integration that mean the same thing here, each read by the concern that it concerns. */
const readExtensions: ReadonlySet<string> = new Set([
  'x-aws-policies',
  'x-aws-protocol',
  'x-aws-pull_credentials',
  'x-aws-role',
  'x-aws-securitygroup',
]);

/** What to do in place of those that have no such meaning. */
const remedies: Readonly<Record<string, string>> = {
  'x-aws-cluster': 'Give --cluster, or set ECS_CLUSTER.',
  'x-aws-keys': 'Name one key as "arn:aws:secretsmanager:…:secret:NAME:KEY::" under "value_from" in ecs-params.yml.',
  'x-aws-logs_retention': 'Set it once: aws logs put-retention-policy --log-group-name … --retention-in-days …',
  'x-aws-vpc': 'Name its subnets in "run_params.network_configuration" of ecs-params.yml.',
};

/** Reports the keys `x-aws-…`, wherever they stand, that nothing reads. */
export function checkExtensions({ project, report }: TaskContext): void {
  visit(project.root);

  function visit(node: Node): void {
    for (const [key, entry] of entriesOf(node)) {
      if (!key.startsWith('x-aws-')) visit(entry.value);
      else if (!readExtensions.has(key)) {
        report(diagnostic('transform/unsupported-extension', { key, help: remedies[key] }, entry.key));
      }
    }
    for (const item of itemsOf(node)) visit(item);
  }
}
