import { type RefusalRow, withStop } from './refusal.ts';

/** The names that services give to too many calls at once. */
export const throttling: RegExp = /Throttl|^TooManyRequestsException$|^RequestLimitExceeded$/;

/** The refusals of what is asked for, and the calls that reached nobody. */
export const refusedCalls: readonly RefusalRow[] = [
  {
    name: throttling,
    say: ({ service, operation }) => ({
      message: `${service} refused ${operation}: there were too many calls in this account at once.`,
      help: 'Run the command again in a minute; it goes on where it stopped.',
      passing: true,
    }),
  },
  {
    name: /^ECONNREFUSED$/,
    say: ({ service, detail }) => ({
      message: `${service} could not be reached: nobody answers at that address. (${detail})`,
      help: 'Check --endpoint-url and AWS_ENDPOINT_URL, and that the server there runs.',
      passing: true,
    }),
  },
  {
    name: /^(?:ENOTFOUND|EAI_AGAIN)$/,
    say: ({ service, detail, caller }) => ({
      message: `${service} could not be reached: its name is not known. (${detail})`,
      help:
        caller?.region === undefined
          ? 'Check the region and the network of this machine.'
          : `Check that there is a region "${caller.region}" (--region, AWS_REGION), and the network of this machine.`,
      passing: true,
    }),
  },
  {
    // The SDK's own words for its time limits name its module and its setting.
    name: /^(?:TimeoutError|ETIMEDOUT)$/,
    detail: /^@smithy\//,
    say: ({ service }) => ({
      message: `${service} could not be reached: nobody answered in time.`,
      help: 'Check the network, and run the command again; it goes on where it stopped.',
      passing: true,
    }),
  },
  {
    name: /^(?:TimeoutError|ETIMEDOUT|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH)$/,
    say: ({ service, detail }) => ({
      message: `${service} could not be reached: the connection broke or nobody answered in time. (${detail})`,
      help: 'Check the network, and run the command again; it goes on where it stopped.',
      passing: true,
    }),
  },
  {
    name: /^Error$/,
    detail: /^Region is missing/,
    say: () => ({
      message: 'There is no AWS region to work in.',
      help: 'Name one with --region, AWS_REGION or in the profile.',
    }),
  },
  {
    name: /^ClusterNotFoundException$/,
    say: ({ operation }) => ({
      message: `ECS refused ${operation}: the cluster does not exist in this region.`,
      help: 'Check --cluster and --region.',
    }),
  },
  {
    name: /^TargetNotConnectedException$/,
    say: () => ({
      message: 'The agent that runs commands in the container has not connected yet.',
      help: 'Try again in some seconds. If it stays so, the task role lacks the ssmmessages permissions, or the task has no way to the Internet.',
      passing: true,
    }),
  },
  {
    name: /^InvalidParameterException$/,
    detail: /execute command agent isn.t running/i,
    say: () => ({
      message: 'The agent that runs commands in the container does not run.',
      help: 'Try again in some seconds, or replace the task: compose2fargate up --force.',
    }),
  },
  {
    name: /^(?:ServiceNotFoundException|ServiceNotActiveException)$/,
    say: ({ operation }) => ({
      message: `ECS refused ${operation}: the service does not exist in this cluster.`,
      help: 'Make it with "compose2fargate service up", or check --cluster, --region and --project-name.',
    }),
  },
  {
    // Our own names for what AWS was asked for, and had not made in time.
    name: /^(?:LoadBalancerNotActive|NamespaceNotMade)$/,
    say: ({ detail }) => ({
      message: `AWS takes longer than --timeout allows: ${detail}`,
      help: 'Run the command again, with a longer --timeout: it goes on where it stopped.',
    }),
  },
  {
    name: /^BlockedException$/,
    say: () => ({ message: 'AWS has blocked this account.', help: 'Write to AWS Support.' }),
  },
  {
    name: /^InvalidParameterException$/,
    detail: /Invalid(?:SubnetID|Subnet|Group)(?:ID)?\.NotFound/,
    say: ({ detail }) => ({
      message: `A subnet or security group does not exist in this region: ${detail}`,
      help: 'Check the ids under run_params.network_configuration in ecs-params.yml, and --region.',
    }),
  },
  {
    name: /^InvalidParameterException$/,
    detail: /capacity provider .*(?:not associated|not found)/i,
    say: ({ detail }) => ({
      message: `The cluster does not have the capacity provider that tasks are to run on: ${withStop(detail)}`,
      help: 'Give it both: aws ecs put-cluster-capacity-providers --cluster CLUSTER --capacity-providers FARGATE FARGATE_SPOT --default-capacity-provider-strategy capacityProvider=FARGATE,weight=1',
    }),
  },
  {
    name: /^(?:ClientException|InvalidParameterException)$/,
    detail: /unable to assume the role/i,
    say: ({ detail }) => ({
      message: `ECS cannot act as the role ${/the role '([^']+)'/.exec(detail)?.[1] ?? 'of the task'}: it was made moments ago and is not known everywhere yet, it does not trust ECS, or it does not exist.`,
      help: 'Run the command again in half a minute. If it stays so, compare who may assume it with what "compose2fargate iam execution --trust" prints, or have roles made with --create-roles.',
    }),
  },
  {
    name: /^InvalidGroup(?:Id)?\./,
    say: ({ detail }) => ({
      message: `A security group does not exist in this region: ${detail}`,
      help: 'Check security_groups under run_params.network_configuration in ecs-params.yml, and --region.',
    }),
  },
  {
    name: /^PlatformUnknownException$/,
    say: ({ detail }) => ({
      message: `Fargate has no such platform version: ${withStop(detail)}`,
      help: 'Use LATEST, or 1.4.0.',
    }),
  },
  {
    name: /^PlatformTaskDefinitionIncompatibilityException$/,
    say: ({ detail }) => ({
      message: `The platform version lacks what the task definition asks for: ${detail}`,
      help: 'Use the platform version LATEST, or 1.4.0.',
    }),
  },
];
