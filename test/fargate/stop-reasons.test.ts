import { expect, test } from 'vitest';
import { explainExitCode, explainStopReason } from '../../src/fargate/stop-reasons.ts';

test.each([
  ['Essential container in task exited', /essential ended/],
  ['OutOfMemoryError: Container killed due to memory usage', /more memory/],
  [
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/nope:latest: not found',
    /not in the registry/,
  ],
  [
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to resolve ref x: dial tcp 1.2.3.4:443: i/o timeout',
    /no route to the registry/,
  ],
  ['CannotPullContainerError: pull access denied for me/private, repository does not exist', /refused the pull/],
  [
    'CannotPullContainerError: inspect image has been retried 1 time(s): httpReaderSeeker: failed open: unexpected status code https://x: 403 Forbidden',
    /layer of the image/,
  ],
  [
    'CannotPullContainerError: toomanyrequests: You have reached your pull rate limit. not found',
    /too many anonymous pulls/,
  ],
  ['CannotPullContainerError: something new', /could not be pulled/],
  ['write /data: no space left on device', /ephemeral storage/],
  ['image Manifest does not contain descriptor matching platform linux/amd64', /another CPU architecture/],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: AccessDeniedException: not authorized',
    /may not read a secret/,
  ],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: i/o timed out',
    /no route to Systems Manager/,
  ],
  [
    'ResourceInitializationError: failed to validate logger args: create stream: The specified log group does not exist. : exit status 1',
    /log group that awslogs-group names/,
  ],
  ['ResourceInitializationError: failed to validate logger args: AccessDeniedException', /may not write/],
  ['ResourceInitializationError: failed to invoke EFS utils commands', /could not be mounted/],
  ['Timeout waiting for network interface provisioning to complete.', /network interface/],
  ['Task failed ELB health checks in (target-group arn:x)', /load balancer/],
  ['Task failed container health checks', /health check command/],
  ['Scaling activity initiated by (deployment ecs-svc/1)', /scale in or to replace/],
  ['Your Spot Task was interrupted.', /Spot capacity/],
  ['UserInitiated', /Somebody stopped/],
  ['CannotStartContainerError: Error response from daemon', /could not be started/],
])('explains %j', (text, cause) => {
  expect(explainStopReason(text)?.cause).toMatch(cause);
});

test('says nothing of what it does not know', () => {
  expect(explainStopReason('The moon was full')).toBeUndefined();
  expect(explainExitCode(137)).toMatch(/SIGKILL/);
  expect(explainExitCode(42)).toBeUndefined();
});
