import { explainStopReason } from '../../fargate/stop-reasons.ts';

/** What a call came back with in place of an answer. */
export interface Refusal {
  readonly action: string;
  readonly name: string;
  readonly detail: string;
  readonly status: number | undefined;
}

export interface Explanation {
  readonly message: string;
  readonly help?: string | undefined;
  /** Whether the same call may succeed later. */
  readonly passing?: boolean;
}

/** The names that services give to too many calls at once. */
export const throttling: RegExp = /Throttl|^TooManyRequestsException$|^RequestLimitExceeded$/;

interface Row {
  /** Matches the name of the error. */
  readonly name: RegExp;
  /** Matches the service's own words, where the name alone does not tell. */
  readonly detail?: RegExp;
  readonly say: (refusal: Refusal & { readonly operation: string; readonly service: string }) => Explanation;
}

const services: Readonly<Record<string, string>> = { ecs: 'ECS', logs: 'CloudWatch Logs', ec2: 'EC2' };

/**
 * The errors that have a better answer than the service's own words; the first row that matches counts. Names and
 * texts: SDK for JavaScript v3 and ECS API Reference, "Common Errors" and the errors of each operation.
 */
const rows: readonly Row[] = [
  {
    name: /^CredentialsProviderError$/,
    say: ({ detail }) => ({
      message: `There are no AWS credentials: the environment, the profile, SSO, the container and the instance were asked. (${detail})`,
      help: 'Sign in with "aws sso login" or "aws configure", name a profile with --aws-profile, or try it with --simulate, which needs no account.',
    }),
  },
  {
    name: /^(?:ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    say: () => ({
      message: 'The AWS credentials have expired.',
      help: 'Sign in again (aws sso login), and run the command once more; it goes on where it stopped.',
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
    name: /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation)$/,
    detail: /iam:PassRole/,
    say: ({ detail }) => ({
      message: `You may not hand the role of the task definition to ECS: ${detail}`,
      help: 'Ask for the permission iam:PassRole on that role.',
    }),
  },
  {
    name: /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation)$/,
    say: ({ action, detail }) => ({
      message: `You lack the permission ${action}: ${detail}`,
      help: `Ask for a policy that allows ${action}.`,
    }),
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
    say: ({ service, detail }) => ({
      message: `${service} could not be reached: its name is not known. (${detail})`,
      help: 'Check the region and the network of this machine.',
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

function isServerFault({ name, status }: Refusal): boolean {
  // A gateway's HTML page in place of an answer makes the SDK throw a SyntaxError.
  return (status !== undefined && status >= 500) || /^(?:ServerException|InternalFailure|SyntaxError)$/.test(name);
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
