import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { LogConfiguration } from '../fargate/task-definition.ts';
import { child, entriesOf, sortedEntriesOf, stringOf } from '../source/node.ts';
import type { ContainerConcern, TaskContext } from './context.ts';
import { secretList } from './secrets.ts';

/** The drivers that Fargate has (LogConfiguration.logDriver in the ECS API). */
const fargateDrivers = ['awslogs', 'splunk', 'awsfirelens'];

/** Drivers that keep logs on a Docker host: nobody who names them minds that they are read elsewhere on Fargate. */
const localDrivers = ['json-file', 'local', 'none'];

/** `logging` → `logConfiguration`; a container without a usable driver gets awslogs, so that its output can be read. */
export const logs: ContainerConcern = ({ service, params, fields }, context) => {
  const logging = child(service.node, 'logging');
  const driverNode = child(logging, 'driver');
  const driver = stringOf(driverNode);
  const secretOptions = secretList(child(child(params, 'logging'), 'secret_options'));
  const withSecrets = (configuration: LogConfiguration): LogConfiguration =>
    secretOptions.length === 0
      ? configuration
      : { ...configuration, secretOptions: secretOptions.map(({ value }) => value) };
  const firelens = child(params, 'firelens_configuration');
  if (firelens !== undefined) {
    const options = optionsOf(child(firelens, 'options'));
    const type = stringOf(child(firelens, 'type')) ?? '';
    fields.put(
      'firelensConfiguration',
      { type, ...(options === undefined ? {} : { options }) },
      { source: firelens.source },
    );
  }
  if (driver !== undefined && fargateDrivers.includes(driver)) {
    const options = optionsOf(child(logging, 'options'));
    const configuration = { logDriver: driver, ...(options === undefined ? {} : { options }) };
    fields.put('logConfiguration', withSecrets(configuration), { source: logging?.source ?? service.key });
    for (const [name, { value }] of entriesOf(child(logging, 'options'))) {
      fields.origin(`logConfiguration.options.${name}`, { source: value.source });
    }
    if (driverNode !== undefined) fields.origin('logConfiguration.logDriver', { source: driverNode.source });
    return;
  }
  const group = `/ecs/${context.project.name}`;
  const region = regionFor(context);
  const source = driverNode?.source ?? service.key;
  const replaced = driver === undefined || driver === '' ? undefined : driver;
  if (replaced === undefined || localDrivers.includes(replaced)) {
    context.report(diagnostic('transform/logs-generated', { service: service.name, group, replaced }, source));
  } else {
    context.report(
      diagnostic('transform/log-driver-replaced', { service: service.name, driver: replaced, group }, source),
    );
  }
  fields.put(
    'logConfiguration',
    withSecrets({
      logDriver: 'awslogs',
      options: { 'awslogs-group': group, 'awslogs-region': region, 'awslogs-stream-prefix': service.name },
    }),
    { source, rule: 'awslogs, where no driver is set that Fargate has' },
  );
};

/** The region for a generated configuration; without one a stand-in, and the transformer says once that it is missing. */
function regionFor({ options }: TaskContext): string {
  return options.region ?? regionUnknown;
}

/** Stands where a region is needed and none is known; a definition that holds it is never given away. */
export const regionUnknown = 'REGION';

function optionsOf(node: ReturnType<typeof child>): Record<string, string> | undefined {
  const options = sortedEntriesOf(node).map(([name, { value }]) => [
    name,
    value.kind === 'scalar' ? String(value.value ?? '') : '',
  ]);
  return options.length === 0 ? undefined : Object.fromEntries(options);
}
