import type { Obstacle } from '../../../deployer.ts';
import { purgeElsewhereWords } from './elsewhere.ts';
import type { EventWords, Surroundings } from './event-words.ts';
import { list } from './list.ts';

/** Why a plan cannot be made, and what to do. */
export function obstacleWords(obstacle: Obstacle, { commandLine }: Surroundings): EventWords {
  switch (obstacle.kind) {
    case 'missing-cluster':
      return {
        message: `The cluster ${obstacle.cluster} does not exist in this region.`,
        help: `Check --cluster and --region, or make it: compose2fargate cluster up --cluster ${obstacle.cluster}`,
      };
    case 'foreign-tasks':
      return {
        message: `Tasks of the family ${obstacle.family} run that this project did not start: ${list(obstacle.tasks)}.`,
        help: 'Take them over with --adopt, stop them, or give the project a name of its own with --project-name.',
      };
    case 'service-runs':
      return {
        message: `The service ${obstacle.service} keeps tasks of this family running in the cluster ${obstacle.cluster}.`,
        help: `See what "${commandLine('service up --dry-run')}" would do and deploy without --dry-run, or remove the service first: ${commandLine('service rm')}`,
      };
    case 'foreign-service':
      return {
        message: `The service ${obstacle.service} was not made by this project: ${obstacle.arn}.`,
        help: `Make it part of the project with "${commandLine('service up --adopt')}", or give the project a name of its own with --project-name.`,
      };
    case 'no-service':
      return {
        message: `There is no service ${obstacle.service} in the cluster ${obstacle.cluster}.`,
        help: `Make it with "${commandLine('service up')}".`,
      };
    case 'foreign-role':
      return {
        message: `The role ${obstacle.role} was not made by this project.`,
        help: `Name the role to use as task_definition.${obstacle.member} in ecs-params.yml, or leave out --create-roles.`,
      };
    case 'purge-in-use':
      return obstacle.tasks.length === 0
        ? {
            message: `The service ${obstacle.service} uses what --purge would remove. Nothing was changed.`,
            help: `Remove both: ${commandLine('service rm --purge')}`,
          }
        : {
            message: `Beside the service ${obstacle.service}, tasks use what --purge would remove: ${list(obstacle.tasks)}. Nothing was changed.`,
            help: `Stop them first: ${commandLine('down')}`,
          };
    case 'purge-in-use-elsewhere':
      return purgeElsewhereWords(obstacle, commandLine);
    case 'missing-namespace':
      return {
        message: `Cloud Map has no namespace ${obstacle.namespace} in this region.`,
        help: 'Only private namespaces are made, by name: write name and vpc under private_dns_namespace in ecs-params.yml.',
      };
    case 'other-records':
      return {
        message: `The name ${obstacle.entry} has ${obstacle.type} records, and the files want ${obstacle.wanted}, which Cloud Map cannot change.`,
        help: `Choose another name under service_discovery_service in ecs-params.yml, or remove the service first: ${commandLine('service rm')}`,
      };
    case 'load-balancer-zones':
      return {
        message: `An Application Load Balancer is in two availability zones at least, and ${list(obstacle.subnets)} is in one.`,
        help: 'Name subnets of two zones under run_params.application_load_balancer.subnets in ecs-params.yml.',
      };
    case 'load-balancer-shut':
      return {
        message: `The load balancer is to be reached from the Internet, and no internet gateway leads to ${list(obstacle.subnets)}.`,
        help: 'Name public subnets under run_params.application_load_balancer.subnets in ecs-params.yml, or write scheme: internal there.',
      };
    case 'foreign-load-balancer':
      return {
        message: `The ${obstacle.what} ${obstacle.name} was not made by this project, which would give its own that name: ${obstacle.id}.`,
        help: 'Give the project a name of its own with --project-name.',
      };
    case 'fixed-load-balancer':
      return {
        message: `The ${obstacle.member} of the load balancer ${obstacle.name} is ${obstacle.before}, the files want ${obstacle.after}, and ELB does not change it.`,
        help: `Take application_load_balancer out of ecs-params.yml, run "${commandLine('service up')}", and put it back: the new load balancer has another address.`,
      };
    case 'no-default-network':
      return {
        message: 'The files name no subnets, and this region has no default VPC with subnets to use instead.',
        help: 'Name subnets and security_groups under run_params.network_configuration.awsvpc_configuration in ecs-params.yml.',
      };
    case 'foreign-security-group':
      return {
        message: `The security group ${obstacle.name} (${obstacle.group}) was not made by this project, which would give its own that name.`,
        help: 'Name subnets and security_groups in ecs-params.yml, or give the project a name of its own with --project-name.',
      };
  }
}
