import type { Caller } from './connection.ts';
import { type Explanation, type NamedRefusal, type RefusalRow, withStop } from './refusal.ts';

/** The SDK found no credentials, or none that hold. */
const noCredentials = /^(?:CredentialsProviderError|TokenProviderError)$/;

/** The names that services give to a missing permission. */
const denied = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation)$/;

/** The refusals of who asks: credentials, the clock that signs with them, permissions. */
export const refusedCallers: readonly RefusalRow[] = [
  {
    name: noCredentials,
    detail: /\bsso\b/i,
    say: ({ detail, caller }) => ({
      message: `The AWS credentials${ofProfile(caller)} come by SSO, and its session has ended: ${withStop(firstSentence(detail))}`,
      help: `Sign in: ${signIn(caller)}`,
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
    say: wrongTime,
  },
  {
    name: /^RequestTimeTooSkewed$/,
    say: wrongTime,
  },
  {
    name: /^(?:ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    say: ({ caller }) => ({
      message: `The AWS credentials${ofProfile(caller)} have expired.`,
      help: `Sign in again (${signIn(caller)}), and run the command once more; it goes on where it stopped.`,
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
];

function wrongTime({ service, detail }: NamedRefusal): Explanation {
  return {
    message: `${service} does not accept the time of this machine: ${detail}`,
    help: 'Set its clock right (timedatectl set-ntp true), and run the command again.',
  };
}

/** The command that begins a session by SSO. */
function signIn(caller: Caller | undefined): string {
  return `aws sso login${caller?.profile === undefined ? '' : ` --profile ${caller.profile}`}`;
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
