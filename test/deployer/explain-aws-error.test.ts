import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/deployer/aws/aws-error.ts';

function error(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each<[string, Error, RegExp, RegExp]>([
  [
    'no credentials',
    error('CredentialsProviderError', 'Could not load credentials'),
    /no AWS credentials/,
    /aws sso login/,
  ],
  ['expired', error('ExpiredTokenException', 'expired'), /have expired/, /Sign in again/],
  ['no permission', error('AccessDeniedException', 'not authorized'), /lack the permission ecs:RunTask/, /ecs:RunTask/],
  [
    'PassRole',
    error('AccessDeniedException', 'not authorized to perform: iam:PassRole on x'),
    /hand the role/,
    /iam:PassRole/,
  ],
  [
    'PassRole, the role by name',
    error(
      'AccessDeniedException',
      'User: arn:aws:iam::1:user/ann is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/exec because no identity-based policy allows the iam:PassRole action',
    ),
    /hand the role arn:aws:iam::1:role\/exec to ECS: you lack the permission iam:PassRole/,
    /iam:PassRole on arn:aws:iam::1:role\/exec/,
  ],
  [
    'a role that ECS cannot assume, perhaps not yet',
    error(
      'ClientException',
      "ECS was unable to assume the role 'arn:aws:iam::1:role/pullers' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions.",
    ),
    /^ECS cannot act as the role arn:aws:iam::1:role\/pullers: it was made moments ago/,
    /again in half a minute.*--trust.*--create-roles/,
  ],
  [
    'another permission than that of the call, on a resource',
    error(
      'AccessDeniedException',
      'User: arn:aws:iam::1:user/ann is not authorized to perform: ecs:TagResource on resource: arn:aws:ecs:x:1:task/a/* with an explicit deny',
    ),
    /^You \(arn:aws:iam::1:user\/ann\) lack the permission ecs:TagResource on arn:aws:ecs:x:1:task\/a\/\*: /,
    /allows ecs:TagResource on arn/,
  ],
  [
    'a clock that is wrong',
    error('InvalidSignatureException', 'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z'),
    /does not accept the time of this machine/,
    /clock right/,
  ],
  ['a key that is wrong', error('SignatureDoesNotMatch', 'no match'), /does not accept the AWS credentials/, /keys/],
  ['no such region', error('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), /its name is not known/, /region/],
  ['the agent of ECS Exec', error('TargetNotConnectedException', 'x'), /has not connected yet/, /some seconds/],
  ['refused', error('Error', 'connect', { code: 'ECONNREFUSED' }), /nobody answers/, /AWS_ENDPOINT_URL/],
  ['reset', error('TimeoutError', 'socket hang up', { code: 'ECONNRESET' }), /connection broke/, /once more|again/],
  [
    'silence',
    error('TimeoutError', '@smithy/node-http-handler - [ERROR] a request has exceeded the configured 30000 ms', {
      code: 'ETIMEDOUT',
    }),
    /nobody answered in time\.$/,
    /again/,
  ],
  ['throttled', error('ThrottlingException', 'Rate exceeded'), /too many calls/, /again/],
  ['an HTML page', error('SyntaxError', 'Unexpected token <'), /failed on its own side/, /again/],
  [
    'no capacity',
    error('RunTaskFailure', 'Capacity is unavailable at this time'),
    /refused RunTask.*no room/,
    /other zones/,
  ],
  [
    'anything else',
    error('ClientException', 'Too many containers'),
    /ECS refused RunTask: Too many containers\./,
    /^$/,
  ],
])('%s', (_, thrown, message, help) => {
  const refused = new AwsError('ecs:RunTask', thrown);
  expect(refused.message).toMatch(message);
  expect(refused.help ?? '').toMatch(help);
});

describe('whose credentials they are', () => {
  const caller = { profile: 'dev', profileFiles: ['/home/ann/config', '/home/ann/credentials'], region: 'us-eats-1' };

  test.each<[string, Error, RegExp, RegExp]>([
    [
      'an SSO session that has ended: the line that signs in',
      error('CredentialsProviderError', 'The SSO session associated with this profile has expired. To refresh …'),
      /of the profile dev come by SSO, and its session has ended/,
      /^Sign in: aws sso login --profile dev$/,
    ],
    [
      'a token of SSO that has expired',
      error('TokenProviderError', "Token is expired. To refresh this SSO session run 'aws sso login' with …"),
      /session has ended: Token is expired\.$/,
      /aws sso login --profile dev/,
    ],
    [
      'a profile that has none: the files',
      error('CredentialsProviderError', 'Could not load credentials from any providers'),
      /of the profile dev in \/home\/ann\/config and \/home\/ann\/credentials/,
      /list-profiles/,
    ],
    ['expired ones', error('ExpiredTokenException', 'x'), /of the profile dev have expired/, /--profile dev/],
    ['a region that does not exist', error('Error', 'x', { code: 'ENOTFOUND' }), /not known/, /"us-eats-1"/],
  ])('%s', (_, thrown, message, help) => {
    const refused = new AwsError('ecs:RunTask', thrown, caller);
    expect(refused.message).toMatch(message);
    expect(refused.help).toMatch(help);
  });
});
