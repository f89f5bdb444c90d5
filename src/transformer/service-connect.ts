import { diagnostic } from '../diagnostics/diagnostic.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, itemsOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/** Reports ports of Service Connect that no `ports` of the Compose file names. */
export function checkServiceConnect({ params, containers, report }: TaskContext): void {
  const named = containers.flatMap(({ fields }) =>
    (fields.get('portMappings') ?? []).flatMap(({ name }) => name ?? []),
  );
  for (const item of itemsOf(paramsAt(params, 'run_params', 'service_connect_configuration', 'services'))) {
    const node = child(item, 'port_name');
    const port = stringOf(node);
    if (port === undefined || named.includes(port)) continue;
    report(diagnostic('params/service-connect-port', { port, names: named }, node?.source));
  }
}
