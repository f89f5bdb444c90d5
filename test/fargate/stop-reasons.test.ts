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
  [
    'CannotPullContainerError: pull image manifest: failed to resolve ref docker.io/x: not found',
    /not in the registry/,
  ],
  ['CannotPullContainerError: manifest unknown: manifest unknown', /not in the registry/],
  ['CannotPullContainerError: net/http: request canceled while waiting for connection', /no route to the registry/],
  ['CannotPullContainerError: context canceled', /no route to the registry/],
  ['CannotPullContainerError: There is a connection issue between the task and ECR', /no route to the registry/],
  ['CannotPullContainerError: Please check your network configuration', /no route to the registry/],
  ['CannotPullContainerError: unexpected status: 403 Forbidden', /refused the pull/],
  ['CannotPullContainerError: The task does not have permission to pull the image', /refused the pull/],
  ['CannotPullContainerError: Check that the role has the permissions', /refused the pull/],
  ['You have reached your unauthenticated pull rate limit', /too many anonymous pulls/],
  ['exec /app: exec format error', /another CPU architecture/],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: ResourceNotFoundException: no such secret',
    /does not exist/,
  ],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: staging label: AWSCURRENT',
    /no current value/,
  ],
  ['ResourceInitializationError: unable to pull secrets or registry auth', /could not read a secret/],
  ['ResourceInitializationError: failed to validate logger args: ResourceNotFoundException', /log group/],
  ['ResourceInitializationError: failed to validate logger args: connection issue', /no route to CloudWatch/],
  ['ResourceInitializationError: failed to validate logger args: : signal: killed', /no route to CloudWatch/],
  ['ResourceInitializationError: failed to set up EFS volumes', /could not be mounted/],
  ['mount.nfs4: Connection reset by peer', /could not be mounted/],
  ['Timeout waiting for EphemeralStorage provisioning to complete', /storage of the task/],
  ['Unexpected EC2 error while attempting to Create Network Interface in subnet x', /no free address/],
  ['SpotInterruption', /Spot capacity/],
  ['TerminationNotice', /Spot capacity/],
  ['ServiceSchedulerInitiated', /scale in or to replace/],
  ['InfrastructureHealth', /machine underneath/],
  ['ECS is performing maintenance on the underlying infrastructure', /retired the task/],
  ['The task was stopped for task retirement', /retired the task/],
  ['InternalError: the agent failed', /its own side/],
  ['CannotCreateContainerError: API error', /could not be started/],
  ['CannotInspectContainerError: x', /container runtime/],
  ['CannotStopContainerError: x', /container runtime/],
  ['ContainerRuntimeError: x', /container runtime/],
  ['ContainerRuntimeTimeoutError: x', /container runtime/],
  ['CannotCreateVolumeError: x', /container runtime/],
  ['ResourceNotFoundException: x', /does not exist/],
  ['The selected task definition is not compatible with the selected compute strategy.', /not registered for Fargate/],
  ['Capacity is unavailable at this time. Please try again later', /no room/],
])('explains %j', (text, cause) => {
  expect(explainStopReason(text)?.cause).toMatch(cause);
});

test('says nothing of what it does not know', () => {
  expect(explainStopReason('The moon was full')).toBeUndefined();
  expect(explainExitCode(137)).toMatch(/SIGKILL/);
  expect(explainExitCode(42)).toBeUndefined();
});

test.each([0, 1, 125, 126, 127, 137, 139, 143, 255])('knows exit code %i', (code) => {
  expect(explainExitCode(code)).toMatch(/^[A-Z].+\.$/);
});
