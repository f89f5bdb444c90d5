import type { Correctable, Words } from '../diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** Findings about the ecs-params file. */
export const paramsCatalogue = {
  'params/ambiguous-file': {
    severity: 'error',
    say: (p: { paths: string }): Words => ({
      message: `There are several ecs-params files: ${p.paths}.`,
      help: 'Name the one you mean with --ecs-params.',
    }),
  },
  'params/unknown-key': {
    severity: 'error',
    say: (
      p: {
        key: string;
        where: string;
        known?: readonly string[];
        suggestion: string | undefined;
        /** What to do with a key that is no slip. */
        remedy?: string | undefined;
      } & Correctable,
    ): Words => ({
      message: `ecs-params has no key "${p.key}"${p.where === '' ? '' : ` in ${p.where}`}.`,
      help: p.remedy ?? didYouMean(p.suggestion) ?? keysInWords(p.where || 'the file', p.known),
    }),
  },
  'params/invalid-value': {
    severity: 'error',
    say: (
      p: {
        where: string;
        expected: string;
        found: string | undefined;
        suggestion?: string | undefined;
        /** What to write where a text stands in place of a number or a boolean. */
        plain?: string | undefined;
      } & Correctable,
    ): Words => ({
      message: `${p.where} must be ${p.expected}${p.found === undefined ? '' : `, and is "${p.found}"`}.`,
      help: p.plain === undefined ? didYouMean(p.suggestion) : `Write ${p.plain}, without quotes.`,
    }),
  },
  'params/missing-key': {
    severity: 'error',
    say: (p: { key: string; where: string }): Words => ({
      message: `${p.where} needs a key "${p.key}".`,
    }),
  },
  'params/unknown-service': {
    severity: 'error',
    say: (p: { service: string; suggestion: string | undefined; services: string }): Words => ({
      message: `The Compose file has no service "${p.service}".`,
      help: didYouMean(p.suggestion) ?? `Its services are ${p.services}.`,
    }),
  },
  'params/unknown-volume': {
    severity: 'error',
    say: (p: { volume: string; suggestion: string | undefined }): Words => ({
      message: `No service mounts a volume "${p.volume}".`,
      help:
        didYouMean(p.suggestion) ?? 'Mount it under "volumes" of a service in the Compose file, or take it out here.',
    }),
  },
  'params/refused': {
    severity: 'error',
    say: (p: { key: string; why: string }): Words => ({
      message: `"${p.key}" cannot be had on Fargate: ${p.why}.`,
      help: 'Take it out.',
    }),
  },
  'params/excluded': {
    severity: 'error',
    say: (p: { where: string; one: string; other: string; why: string }): Words => ({
      message: `${p.where} has both "${p.one}" and "${p.other}", of which only one can be: ${p.why}.`,
      help: 'Keep one of them.',
    }),
  },
  'params/required-with': {
    severity: 'error',
    say: (p: { where: string; key: string; why: string; help?: string }): Words => ({
      message: `${p.where} needs a key "${p.key}": ${p.why}.`,
      help: p.help,
    }),
  },
  'params/capacity-shares': {
    severity: 'error',
    say: (p: { problem: string }): Words => ({
      message: `ECS does not take these capacity providers: ${p.problem}.`,
      help: 'Give one of them a base at most, and at least one a weight of 1 or more.',
    }),
  },
  'params/capacity-limits': {
    severity: 'error',
    say: (p: { minimum: number; maximum: number }): Words => ({
      message: `min_capacity is ${p.minimum}, and max_capacity is ${p.maximum}, which is less.`,
      help: 'Raise max_capacity, or lower min_capacity.',
    }),
  },
  'params/count-outside-capacity': {
    severity: 'warning',
    say: (p: { count: number; minCapacity: number; maxCapacity: number; left: number }): Words => ({
      message: `${p.count === 1 ? '1 task is' : `${p.count} tasks are`} asked for, and auto_scaling keeps ${p.minCapacity} to ${p.maxCapacity}: the service begins with ${p.left}.`,
      help: `Ask for ${p.left}, or ${p.left < p.count ? `set max_capacity to ${p.count}` : `set min_capacity to ${p.count}`}.`,
    }),
  },
  'params/service-connect-port': {
    severity: 'error',
    say: (p: { port: string; names: readonly string[] }): Words => ({
      message: `Service Connect is to offer the port "${p.port}", and no port of the Compose file has that name.`,
      help:
        p.names.length === 0
          ? `Name it in the long syntax of "ports": name: ${p.port}, target: PORT.`
          : `Ports with a name are ${p.names.map((name) => `"${name}"`).join(', ')}.`,
    }),
  },
  'params/auto-scaling-idle': {
    severity: 'warning',
    say: (_: Record<never, never>): Words => ({
      message: 'auto_scaling says between which numbers of tasks to stay, and nothing that moves the number.',
      help: [
        'Add "target_tracking" or "scheduled_actions", such as',
        'target_tracking:',
        '  - predefined_metric_type: ECSServiceAverageCPUUtilization',
        '    target_value: 60',
      ].join('\n'),
    }),
  },
  'params/metric-twice': {
    severity: 'error',
    say: (p: { metric: string }): Words => ({
      message: `target_tracking has ${p.metric} twice, and a service is scaled to one value of a metric.`,
      help: 'Keep one of them.',
    }),
  },
  'params/launch-volume': {
    severity: 'error',
    say: (p: { volume: string; where: string }): Words => ({
      message: `The EBS volume "${p.volume}" must stand in both task_definition.volumes (with configured_at_launch: true) and run_params.volume_configurations; ${p.where} lacks it.`,
    }),
  },
  'params/volume-twice': {
    severity: 'error',
    say: (p: { volume: string }): Words => ({
      message: `ecs-params says twice what the volume "${p.volume}" is.`,
      help: 'Keep one of them.',
    }),
  },
  'params/execute-command-role': {
    severity: 'error',
    say: (_: Record<never, never>): Words => ({
      message: 'Commands can be run in containers only with a task role, and none is named.',
      help: 'Deploy with --create-roles, which makes one, or set "task_definition.task_role_arn" to a role that may use ssmmessages.',
    }),
  },
  'params/other-region': {
    severity: 'error',
    say: (p: { what: string; other: string; region: string }): Words => ({
      message: `This ${p.what} is in ${p.other}, and the service is deployed to ${p.region}, where it cannot be used.`,
      help: `Name a ${p.what} in ${p.region}, or deploy to ${p.other}: --region ${p.other}`,
    }),
  },
  'params/ingress-unused': {
    severity: 'warning',
    say: (_: Record<never, never>): Words => ({
      message:
        '"ingress" opens ports in the security group that "up" makes, and it makes none where subnets or security groups are named.',
      help: 'Open the ports in the security groups that the tasks are in, or leave out both "subnets" and "security_groups".',
    }),
  },
  'params/load-balancer-port': {
    severity: 'error',
    say: (p: { service: string; port: number }): Words => ({
      message: `A target group is to send traffic to port ${p.port} of "${p.service}", which does not publish that port.`,
      help: `Add "${p.port}" to "ports" of "${p.service}" in the Compose file, or name a port that stands there.`,
    }),
  },
  'params/load-balancer-target': {
    severity: 'error',
    say: (p: { service: string | undefined; candidates: readonly string[] }): Words => ({
      message: `The load balancer cannot tell where to send requests: ${p.service === undefined ? 'the project' : `"${p.service}"`} publishes ${p.candidates.length === 0 ? 'no TCP port' : `${p.candidates.length} TCP ports`}.`,
      help:
        p.candidates.length === 0
          ? 'Publish the port under "ports" in the Compose file.'
          : `Name one with container_name and container_port: ${p.candidates.join(', ')}.`,
    }),
  },
  'params/load-balancer-zones': {
    severity: 'error',
    say: (p: { ofTasks: boolean }): Words => ({
      message: `An Application Load Balancer is in two availability zones at least, and ${p.ofTasks ? 'the tasks have one subnet, which it would take over' : 'one subnet is named'}.`,
      help: 'Name subnets of two zones under run_params.application_load_balancer.subnets.',
    }),
  },
  'params/target-groups': {
    severity: 'error',
    say: (p: { named: number; isOneMade: boolean }): Words => ({
      message: `A service takes 5 target groups, and ${p.named} are named${p.isOneMade ? ' beside the one of application_load_balancer' : ''}.`,
      help: p.isOneMade ? 'Name 4 at most, or leave application_load_balancer out.' : 'Name 5 at most.',
    }),
  },
  'params/target-timeout': {
    severity: 'error',
    say: (p: { timeout: number; interval: number }): Words => ({
      message: `A health check may take ${p.timeout} s, and the next one begins after ${p.interval} s: a load balancer wants it to end before.`,
      help: `Set timeout_seconds below ${p.interval}, or interval_seconds above ${p.timeout}.`,
    }),
  },
  'params/network-mode': {
    severity: 'error',
    say: (p: { mode: string }): Words => ({
      message: `Fargate has no network mode "${p.mode}".`,
      help: 'Write awsvpc, or leave the key out.',
    }),
  },
  'params/health-twice': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `The health check of "${p.service}" has both "test" and "command", which mean the same.`,
      help: 'Keep one of them.',
    }),
  },
} as const;

/** So many keys are told; of more, where they are described. */
const mostKeys = 9;

/** Which keys a mapping may have; undefined where none is known. */
function keysInWords(where: string, keys: readonly string[] = []): string | undefined {
  if (keys.length === 0) return undefined;
  if (keys.length > mostKeys) return `The ${keys.length} keys of ${where} stand in schemas/ecs-params.schema.json.`;
  return `${keys.length === 1 ? `The only key of ${where} is` : `The keys of ${where} are`} ${keys.join(', ')}.`;
}
