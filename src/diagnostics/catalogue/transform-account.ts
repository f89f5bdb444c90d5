import type { Words } from '../diagnostic.ts';
import { capital, servicesInWords } from './services-in-words.ts';

/** A log driver that Fargate lacks, or "" for none, and what its services set of it. */
interface ReplacedDriver {
  readonly services: readonly string[];
  readonly driver: string;
  readonly options: readonly string[];
  readonly group: string;
}

/** Findings about what the AWS account must have. Sources of the facts: docs/compose.md. */
export const transformAccountCatalogue = {
  'transform/execution-role-assumed': {
    severity: 'info',
    say: (p: { role: string }): Words => ({
      message: `The task runs with the execution role "${p.role}", AWS's usual name, since ecs-params names none.`,
      help: 'Set "task_definition.task_execution_role" in ecs-params.yml to choose another.',
    }),
  },
  'transform/task-role-missing': {
    severity: 'warning',
    say: (p: { keys: readonly string[] }): Words => ({
      message: `${inWords(p.keys)} ${p.keys.length === 1 ? 'asks' : 'ask'} for a task role, and ecs-params names none.`,
      help: `"up --create-roles" makes one.\nOr make a role with what "compose2fargate iam task" prints, and name it as "task_definition.task_role_arn" in ecs-params.yml.`,
    }),
  },
  'transform/task-role-named': {
    severity: 'info',
    say: (p: { role: string; keys: readonly string[] }): Words => ({
      message: `The containers have the task role "${p.role}" that ecs-params names, which is left as it is: ${inWords(p.keys)} ${p.keys.length === 1 ? 'has' : 'have'} no effect.`,
      help: 'What the role has to have, "compose2fargate iam task" prints.',
    }),
  },
  'transform/role-policy': {
    severity: 'error',
    say: (p: { key: string; expected: string }): Words => ({
      message: `"${p.key}" takes ${p.expected}.`,
    }),
  },
  'transform/logs-generated': {
    severity: 'info',
    say: (p: ReplacedDriver): Words => ({
      message:
        p.driver === ''
          ? `${capital(servicesInWords(p.services))} ${p.services.length === 1 ? 'sets' : 'set'} no log driver; ${theirOutput(p)}`
          : `The log driver "${p.driver}" of ${servicesInWords(p.services)} became awslogs: ${theirOutput(p)}`,
      help: `"up" creates the group. By hand: aws logs create-log-group --log-group-name ${p.group}`,
    }),
  },
  'transform/log-driver-replaced': {
    severity: 'warning',
    say: (p: ReplacedDriver): Words => ({
      message: `Fargate has no log driver "${p.driver}", which ${servicesInWords(p.services)} ${p.services.length === 1 ? 'sets' : 'set'}; ${theirOutput(p)}`,
      help: 'To send logs elsewhere, use the awsfirelens driver.',
    }),
  },
  'transform/region-unknown': {
    severity: 'error',
    say: (_: Record<never, never>): Words => ({
      message: 'The log configuration needs a region, and none is set.',
      help: 'Give --region, or set AWS_REGION.',
    }),
  },
} as const;

function inWords(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(' and ');
}

/** Where the output of services goes, and what of their log options is lost. */
function theirOutput({ services, group, options }: ReplacedDriver): string {
  const output = services.length === 1 ? 'its output' : 'their output';
  const lost = options.length === 0 ? '' : ` Without effect: ${options.join(', ')}.`;
  return `${output} goes to the CloudWatch log group "${group}", which must exist.${lost}`;
}
