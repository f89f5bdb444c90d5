import { diagnostic } from '../diagnostics/diagnostic.ts';
import { pathTable, visit } from '../parser/compose/path.ts';
import { type Node, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/**
 * What a service takes from its own region alone. Sources: ECS API Reference, ServiceConnectConfiguration; ACM User
 * Guide, "Supported Regions"; ELB API Reference, CreateListener and RegisterTargets.
 */
const regionalArns: Readonly<Record<string, string>> = {
  'run_params.application_load_balancer.certificate_arn': 'certificate',
  'run_params.load_balancers.*.target_group_arn': 'target group',
  'run_params.service_connect_configuration.namespace': 'namespace',
};

/** Reports ARNs of ecs-params that are of another region than the one that is deployed to. */
export function checkRegionalArns({ params, options: { region }, report }: TaskContext): void {
  if (params === undefined || region === undefined) return;
  const check = (what: string) => (node: Node) => {
    const other = otherRegion(stringOf(node), region);
    if (other !== undefined) report(diagnostic('params/other-region', { what, other, region }, node.source));
  };
  const rows = Object.entries(regionalArns).map(([path, what]) => [path, check(what)] as const);
  visit(params.root, pathTable(Object.fromEntries(rows)));
}

/** The region of an ARN that is of another one; none for a name, nor for what has no region, such as a certificate in IAM. */
export function otherRegion(arn: string | undefined, region: string): string | undefined {
  const [prefix, , , other = ''] = (arn ?? '').split(':');
  return prefix === 'arn' && other !== '' && other !== region ? other : undefined;
}
