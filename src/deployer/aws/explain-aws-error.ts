import { explainStopReason } from '../../fargate/stop-reasons.ts';
import { type Explanation, type Refusal, type RefusalRow, withStop } from './refusal.ts';
import { refusedCallers } from './refused-callers.ts';
import { refusedCalls } from './refused-calls.ts';

/** What people call a service, by the prefix of its IAM actions. */
const services: Readonly<Record<string, string>> = {
  ecs: 'ECS',
  logs: 'CloudWatch Logs',
  ec2: 'EC2',
  ecr: 'ECR',
  secretsmanager: 'Secrets Manager',
  ssm: 'Systems Manager',
  cloudformation: 'CloudFormation',
  elasticloadbalancing: 'Elastic Load Balancing',
  'application-autoscaling': 'Application Auto Scaling',
  servicediscovery: 'Cloud Map',
};

/** The first row that matches counts: whoever may not ask is told so before what was asked for. */
const rows: readonly RefusalRow[] = [...refusedCallers, ...refusedCalls];

/** Says in whole sentences what AWS refused and why, and what to do next. */
export function explainAwsError(refusal: Refusal): Explanation {
  const [prefix = '', operation = refusal.action] = refusal.action.split(':');
  const more = { ...refusal, operation, service: services[prefix] ?? 'AWS' };
  const row = rows.find(({ name, detail }) => name.test(refusal.name) && (detail?.test(refusal.detail) ?? true));
  if (row !== undefined) return row.say(more);
  if (isServerFault(refusal)) {
    return {
      message: `${more.service} failed on its own side during ${operation}: ${refusal.detail}`,
      help: 'Run the command again; it goes on where it stopped.',
      passing: true,
    };
  }
  const reason = explainStopReason(refusal.detail);
  return {
    message: `${more.service} refused ${operation}: ${[withStop(refusal.detail), reason?.cause].filter(Boolean).join(' ')}`,
    help: reason?.remedy,
  };
}

function isServerFault({ name, status }: Refusal): boolean {
  // A gateway's HTML page in place of an answer makes the SDK throw a SyntaxError.
  return (status !== undefined && status >= 500) || /^(?:ServerException|InternalFailure|SyntaxError)$/.test(name);
}
