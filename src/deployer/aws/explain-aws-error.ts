import { explainStopReason } from '../../fargate/stop-reasons.ts';
import type { Caller } from './connection.ts';

/** What a call came back with in place of an answer. */
export interface Refusal {
  readonly action: string;
  readonly name: string;
  readonly detail: string;
  readonly status: number | undefined;
  readonly caller?: Caller;
}

export interface Explanation {
  readonly message: string;
  readonly help?: string | undefined;
  /** Whether the same call may succeed later. */
  readonly passing?: boolean;
}

/** The names that services give to too many calls at once. */
export const throttling: RegExp = /Throttl|^TooManyRequestsException$|^RequestLimitExceeded$/;

/** The SDK found no credentials, or none that hold. */
const noCredentials = /^(?:CredentialsProviderError|TokenProviderError)$/;

/** The names that services give to a missing permission. */
const denied = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation)$/;

interface Row {
  /** Matches the name of the error. */
  readonly name: RegExp;
  /** Matches the service's own words, where the name alone does not tell. */
  readonly detail?: RegExp;
  readonly say: (refusal: Known) => Explanation;
}

/** A refusal, and what its action says. */
interface Known extends Refusal {
  readonly operation: string;
  /** The service as people call it. */
  readonly service: string;
}

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

/**
 * The errors that have a better answer than the service's own words; the first row that matches counts. Names and
 * texts: SDK for JavaScript v3 and ECS API Reference, "Common Errors" and the errors of each operation.
 */
const rows: readonly Row[] = [
  {
    name: noCredentials,
    detail: /\bsso\b/i,
    say: ({ detail, caller }) => ({
      message: `The AWS credentials${ofProfile(caller)} come by SSO, and its session has ended: ${withStop(firstSentence(detail))}`,
      help: `Sign in: aws sso login${caller?.profile === undefined ? '' : ` --profile ${caller.profile}`}`,
    }),
  },
  {
    name: noCredentials,
    say: ({ detail, caller }) =>
      caller?.profile === undefined
        ? {
            message: `There are no AWS credentials. ${whereSought(caller)} (${detail})`,
            help: 'Sign in with "aws sso login" or "aws configure", name a profile with --aws-profile, or try it with --simulate, which needs no account.',
          }
        : {
            message: `There are no AWS credentials${ofProfile(caller)} in ${filesOf(caller)}. (${detail})`,
            help: 'See the names of your profiles with "aws configure list-profiles", and check --aws-profile and AWS_PROFILE.',
          },
  },
  {
    name: /./,
    detail: /signature (?:expired|not yet current)|request time.*skewed|timestamp.*(?:too old|in the future)/i,
    say: ({ service, detail }) => ({
      message: `${service} does not accept the time of this machine: ${detail}`,
      help: 'Set its clock right (timedatectl set-ntp true), and run the command again.',
    }),
  },
  {
    name: /^RequestTimeTooSkewed$/,
    say: ({ service, detail }) => ({
      message: `${service} does not accept the time of this machine: ${detail}`,
      help: 'Set its clock right (timedatectl set-ntp true), and run the command again.',
    }),
  },
  {
    name: /^(?:ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    say: ({ caller }) => ({
      message: `The AWS credentials${ofProfile(caller)} have expired.`,
      help: `Sign in again (aws sso login${caller?.profile === undefined ? '' : ` --profile ${caller.profile}`}), and run the command once more; it goes on where it stopped.`,
    }),
  },
  {
    name: /^(?:UnrecognizedClientException|InvalidClientTokenId|AuthFailure|InvalidSignatureException|SignatureDoesNotMatch|InvalidAccessKeyId)$/,
    say: ({ service, detail }) => ({
      message: `${service} does not accept the AWS credentials: ${detail}`,
      help: 'Check the profile and the keys, and that the clock of this machine is right.',
    }),
  },
  {
    name: denied,
    detail: /iam:PassRole/,
    say: ({ action, detail }) => {
      const { resource = 'the role of the task definition' } = lackOf(action, detail);
      return {
        message: `You may not hand the role ${resource} to ECS: you lack the permission iam:PassRole on it.`,
        help: `Ask for a policy that allows iam:PassRole on ${resource}.`,
      };
    },
  },
  {
    name: denied,
    say: ({ action, detail }) => {
      const { permission, resource, user, why } = lackOf(action, detail);
      const on = resource === undefined || resource === '*' ? '' : ` on ${resource}`;
      return {
        message: `You${user === undefined ? '' : ` (${user})`} lack the permission ${permission}${on}: ${withStop(why)}`,
        help: `Ask for a policy that allows ${permission}${on}.`,
      };
    },
  },
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

function ofProfile(caller: Caller | undefined): string {
  return caller?.profile === undefined ? '' : ` of the profile ${caller.profile}`;
}

function filesOf({ profileFiles }: Caller): string {
  return profileFiles.join(' and ');
}

/** Where the SDK looks for credentials, in its order: SDK for JavaScript v3, "Credential provider chain". */
function whereSought(caller: Caller | undefined): string {
  const files = caller === undefined ? 'the profile files' : filesOf(caller);
  return `They were sought in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in ${files} (SSO included), in a web identity token, with the container's and the instance's metadata.`;
}

/** What a refusal says of the missing permission: "User: … is not authorized to perform: … on resource: … because …". */
function lackOf(
  action: string,
  detail: string,
): { readonly permission: string; readonly resource?: string; readonly user?: string; readonly why: string } {
  const user = /User: (\S+) is not/.exec(detail)?.[1];
  const resource = /on resource: (\S+)/.exec(detail)?.[1];
  return {
    permission: /to perform: (\S+)/.exec(detail)?.[1] ?? action,
    why: /because (.+)$/s.exec(detail)?.[1] ?? detail,
    ...(resource === undefined ? {} : { resource }),
    ...(user === undefined ? {} : { user }),
  };
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}

function isServerFault({ name, status }: Refusal): boolean {
  // A gateway's HTML page in place of an answer makes the SDK throw a SyntaxError.
  return (status !== undefined && status >= 500) || /^(?:ServerException|InternalFailure|SyntaxError)$/.test(name);
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
