import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { child, entriesOf, type Node, stringOf } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
import { suggest } from '../../source/suggest.ts';
import { pathTable, visit } from '../compose/path.ts';
import { type Project, servicesOf } from '../compose/project.ts';
import type { EcsParams } from './ecs-params.ts';

/** The values that name a service of the project. */
const namingServices = [
  'task_definition.services.*.depends_on.*.container_name',
  'run_params.load_balancers.*.container_name',
  'run_params.application_load_balancer.container_name',
  'run_params.service_discovery.container_name',
];

/** Reports services of ecs-params that the project does not have. */
export function checkServices({ root }: EcsParams, project: Project, report: Report): void {
  const known = servicesOf(project).map(({ name }) => name);
  // A container is named as its service, but for dots.
  const containers = known.map((name) => name.replaceAll('.', '-'));
  const check = (service: string, source: Source): void => {
    if (known.includes(service) || containers.includes(service)) return;
    const words = {
      service,
      suggestion: suggest(service, known),
      services: known.map((name) => `"${name}"`).join(', '),
    };
    report(diagnostic('params/unknown-service', words, source));
  };
  for (const [service, { key }] of entriesOf(child(child(root, 'task_definition'), 'services'))) check(service, key);
  const checkName = (node: Node): void => check(stringOf(node) ?? '', node.source);
  visit(root, pathTable(Object.fromEntries(namingServices.map((path) => [path, checkName]))));
}
