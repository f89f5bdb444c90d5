import type { Service } from '../account.ts';
import { balancerTagOperations } from './balancer-tags.ts';
import { changeSetOperations } from './change-sets.ts';
import { cloudMapOperations } from './cloud-map.ts';
import { clusterOperations } from './clusters.ts';
import { executeCommandOperations } from './execute-command.ts';
import { identityOperations } from './identity.ts';
import { listenerOperations } from './listeners.ts';
import { loadBalancerOperations } from './load-balancers.ts';
import { logEventOperations } from './log-events.ts';
import { logGroupOperations } from './log-groups.ts';
import { networkOperations } from './networks.ts';
import type { Operation } from './operation.ts';
import { parameterOperations } from './parameters.ts';
import { registryImageOperations } from './registry-images.ts';
import { repositoryOperations } from './repositories.ts';
import { roleOperations } from './roles.ts';
import { routeOperations } from './routes.ts';
import { scalingOperations } from './scaling.ts';
import { secretOperations } from './secrets.ts';
import { securityGroupOperations } from './security-groups.ts';
import { serviceOperations } from './services.ts';
import { stackOperations } from './stacks.ts';
import { tagOperations } from './tags.ts';
import { targetGroupOperations } from './target-groups.ts';
import { taskDefinitionOperations } from './task-definitions.ts';
import { taskOperations } from './tasks.ts';

/** Every operation that the simulator models, by service and name. */
export const OPERATIONS: Readonly<Record<Service, Readonly<Record<string, Operation>>>> = {
  ecs: {
    ...clusterOperations,
    ...taskDefinitionOperations,
    ...taskOperations,
    ...executeCommandOperations,
    ...serviceOperations,
    ...tagOperations,
  },
  logs: { ...logGroupOperations, ...logEventOperations },
  ec2: { ...networkOperations, ...securityGroupOperations, ...routeOperations },
  iam: roleOperations,
  sts: identityOperations,
  secretsmanager: secretOperations,
  ssm: parameterOperations,
  ecr: { ...repositoryOperations, ...registryImageOperations },
  cloudformation: { ...changeSetOperations, ...stackOperations },
  elasticloadbalancing: {
    ...loadBalancerOperations,
    ...targetGroupOperations,
    ...listenerOperations,
    ...balancerTagOperations,
  },
  'application-autoscaling': scalingOperations,
  servicediscovery: cloudMapOperations,
};
