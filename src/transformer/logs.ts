import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { LogConfiguration } from '../fargate/task-definition.ts';
import { child, entriesOf, sortedEntriesOf, stringOf } from '../source/node.ts';
import type { ContainerConcern, TaskContext } from './context.ts';
import { secretList } from './secrets.ts';
import { originFrom } from './task.ts';
import { namesOf, together } from './together.ts';

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
  fields.originsOf('logConfiguration.secretOptions', secretOptions);
  const firelens = child(params, 'firelens_configuration');
  if (firelens !== undefined) {
    const options = optionsOf(child(firelens, 'options'));
    const type = stringOf(child(firelens, 'type')) ?? '';
    fields.put('firelensConfiguration', { type, ...(options === undefined ? {} : { options }) }, originFrom(firelens));
  }
  if (driver !== undefined && fargateDrivers.includes(driver)) {
    const options = optionsOf(child(logging, 'options'));
    const configuration = { logDriver: driver, ...(options === undefined ? {} : { options }) };
    fields.put('logConfiguration', withSecrets(configuration), { source: logging?.source ?? service.key });
    for (const [name, { value }] of entriesOf(child(logging, 'options'))) {
      fields.origin(`logConfiguration.options.${name}`, originFrom(value));
    }
    if (driverNode !== undefined) fields.origin('logConfiguration.logDriver', originFrom(driverNode));
    return;
  }
  const source = driverNode?.source ?? service.key;
  fields.put(
    'logConfiguration',
    withSecrets({
      logDriver: 'awslogs',
      options: {
        'awslogs-group': groupOf(context),
        'awslogs-region': regionFor(context),
        'awslogs-stream-prefix': service.name,
      },
    }),
    { source, rule: 'awslogs, where no driver is set that Fargate has' },
  );
};

/**
 * Says which services log elsewhere than their files say, and which options go with their drivers: one finding for
 * those that named the same driver, or none.
 */
export function reportGeneratedLogs(context: TaskContext): void {
  const group = groupOf(context);
  const replaced = context.containers.flatMap(({ service }) => {
    const logging = child(service.node, 'logging');
    const driverNode = child(logging, 'driver');
    const driver = stringOf(driverNode) ?? '';
    const options = entriesOf(child(logging, 'options')).map(([name]) => name);
    const subject = { service: service.name, source: driverNode?.source ?? service.key };
    return fargateDrivers.includes(driver) ? [] : [{ driver, options, subject }];
  });
  for (const driver of new Set(replaced.map((one) => one.driver))) {
    const alike = replaced.filter((one) => one.driver === driver);
    const subjects = alike.map(({ subject }) => subject);
    const options = [...new Set(alike.flatMap((one) => one.options))];
    const words = { services: namesOf(subjects), group, driver, options };
    const isLocal = driver === '' || localDrivers.includes(driver);
    const code = isLocal ? 'transform/logs-generated' : 'transform/log-driver-replaced';
    context.report(diagnostic(code, words, ...together(subjects)));
  }
}

function groupOf({ project }: TaskContext): string {
  return `/ecs/${project.name}`;
}

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
