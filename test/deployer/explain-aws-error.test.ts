import { expect, test } from 'vitest';
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
