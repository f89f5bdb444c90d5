/**
 * What a stopped task says of itself, in plain words, with what to do. As of 2026-11-20.
 *
 * Sources: ECS Developer Guide, "Amazon ECS stopped tasks error messages", "OutOfMemoryError container error",
 * "CannotPullContainer task errors", "Service event messages", "Amazon ECS task lifecycle"; texts as users quote them.
 */

/** Why a task stopped, and what to do about it: whole sentences. */
export interface StopReason {
  readonly cause: string;
  readonly remedy: string;
}

interface StopReasonRow extends StopReason {
  readonly pattern: RegExp;
}

const registryRoute =
  'In a public subnet with an internet gateway, assign a public IP; in a private one, add a NAT gateway, or endpoints for ecr.api, ecr.dkr and S3 (gateway). The security group must allow outgoing HTTPS (443).';

/** The first row whose pattern matches counts, so the special ones stand before the general ones. */
const stopReasons: readonly StopReasonRow[] = [
  {
    pattern: /toomanyrequests|pull rate limit/i,
    cause: 'Docker Hub refused the pull: too many anonymous pulls came from this address.',
    remedy:
      'Take official images from public.ecr.aws/docker/library/…, copy the image to ECR, or name a secret in repository_credentials of ecs-params.',
  },
  {
    pattern: /no space left on device/i,
    cause: 'The image and what the containers wrote do not fit in the ephemeral storage of the task.',
    remedy: 'Ask for more ephemeral storage (21 to 200 GiB), or make the image smaller.',
  },
  {
    pattern: /does not contain descriptor matching platform|exec format error/i,
    cause: 'The image was built for another CPU architecture than the task runs on.',
    remedy:
      'Build the image for the architecture of the task (docker buildx build --platform linux/amd64), or set runtimePlatform.cpuArchitecture to that of the image.',
  },
  {
    pattern: /httpReaderSeeker: failed open: unexpected status code/i,
    cause: 'A layer of the image could not be downloaded: the server behind the registry refused it.',
    remedy: 'Check the policy of the S3 gateway endpoint and the credentials of the registry.',
  },
  {
    pattern:
      /CannotPullContainerError.*(?:i\/o timeout|request canceled|context canceled|connection issue|check your network configuration)/is,
    cause: 'The task has no route to the registry of the image.',
    remedy: registryRoute,
  },
  {
    pattern:
      /CannotPullContainerError.*(?:pull access denied|403|does not have permission|Check that the role has the permissions)/is,
    cause:
      'The registry refused the pull: the execution role or the registry credentials lack the permission, or the repository does not exist.',
    remedy:
      "Check the image's name. For a private registry, name its secret in repository_credentials of ecs-params; for ECR, give the execution role AmazonECSTaskExecutionRolePolicy, and let the repository's policy allow the account.",
  },
  {
    pattern: /CannotPullContainerError.*(?:not found|failed to resolve ref|manifest unknown)/is,
    cause: 'The image, its tag or its digest is not in the registry.',
    remedy: 'Check the spelling of the image, push it, and deploy again.',
  },
  {
    pattern: /unable to pull secrets or registry auth.*(?:AccessDenied|not authorized)/is,
    cause: 'The execution role may not read a secret, or may not ask ECR for a token.',
    remedy:
      'Allow the execution role ssm:GetParameters, secretsmanager:GetSecretValue, kms:Decrypt (customer keys only) and ecr:GetAuthorizationToken, as far as the task uses them.',
  },
  {
    pattern: /unable to pull secrets or registry auth.*(?:ResourceNotFound|AWSCURRENT|invalid ?parameter)/is,
    cause: 'A secret that the task names does not exist, or has no current value.',
    remedy: 'Check the ARN, the Region and the JSON key of each secret, and that it holds a value.',
  },
  {
    pattern: /unable to pull secrets or registry auth.*(?:timed? ?out|deadline|connection issue|request canceled)/is,
    cause: 'The task has no route to Systems Manager, Secrets Manager or ECR.',
    remedy:
      'Assign a public IP in a public subnet, or add a NAT gateway or endpoints for ssm, secretsmanager, kms and ecr.api. The security group must allow outgoing HTTPS (443).',
  },
  {
    pattern: /unable to pull secrets or registry auth/i,
    cause: 'Before the containers started, Fargate could not read a secret or get a token from ECR.',
    remedy:
      'Check that the execution role may read each secret, that its ARN is right, and that the subnet reaches Systems Manager, Secrets Manager and ECR.',
  },
  {
    pattern: /failed to validate logger args.*(?:log group does not exist|ResourceNotFoundException)/is,
    cause: 'The log group that awslogs-group names does not exist in the Region that awslogs-region names.',
    remedy:
      'Create it (aws logs create-log-group --log-group-name NAME), or set awslogs-create-group to true and allow the execution role logs:CreateLogGroup.',
  },
  {
    pattern: /failed to validate logger args.*AccessDenied/is,
    cause: 'The execution role may not write to the log group.',
    remedy:
      'Allow it logs:CreateLogStream and logs:PutLogEvents, and logs:CreateLogGroup where awslogs-create-group is true.',
  },
  {
    pattern: /failed to validate logger args/i,
    cause: 'The task has no route to CloudWatch Logs.',
    remedy:
      'Assign a public IP in a public subnet, or add a NAT gateway or an endpoint for logs. The security group must allow outgoing HTTPS (443).',
  },
  {
    pattern: /failed to (?:invoke|set up) EFS|mount\.nfs4/i,
    cause: 'The EFS file system could not be mounted: it is out of reach, or refused the task.',
    remedy:
      'It needs a mount target in the zone of the task whose security group allows 2049 from the task, DNS resolution in the VPC, and, with IAM, a task role that may mount it.',
  },
  {
    pattern: /Timeout waiting for network interface provisioning/i,
    cause: 'The network interface of the task was not ready in time, which usually passes.',
    remedy: 'Run it again. If it stays, check that the subnet has free addresses and that AWSServiceRoleForECS exists.',
  },
  {
    pattern: /Timeout waiting for EphemeralStorage provisioning/i,
    cause: 'Fargate did not get the storage of the task ready in time, which usually passes.',
    remedy: 'Run it again.',
  },
  {
    pattern: /Unexpected EC2 error while attempting to Create Network Interface/i,
    cause: 'EC2 made no network interface, usually because the subnet has no free address.',
    remedy: 'Choose another or a larger subnet.',
  },
  {
    pattern: /Task failed ELB health checks/i,
    cause: 'The load balancer got no good answer from the task.',
    remedy:
      'Check path, port and expected status of the health check, that the program listens on 0.0.0.0, and that the security group lets the load balancer in; a slow start needs healthCheckGracePeriodSeconds.',
  },
  {
    pattern: /failed container health checks/i,
    cause: 'The health check command of a container failed as often in a row as its retries say.',
    remedy:
      'Check that the image holds the command (curl, wget …), and raise start_period or timeout for a slow start.',
  },
  {
    pattern: /OutOfMemoryError|killed due to memory usage/i,
    cause: 'A container used more memory than it, or the task, has.',
    remedy: 'Raise the memory limit of the container or the size of the task, or mend the leak.',
  },
  {
    pattern: /Spot Task was interrupted|SpotInterruption|TerminationNotice/i,
    cause: 'AWS took back the Spot capacity, with two minutes of warning.',
    remedy: 'Let the program end on SIGTERM within its stopTimeout (120 s at most), or run a base on FARGATE.',
  },
  {
    pattern: /Capacity is unavailable at this time/i,
    cause: 'Fargate has no room for this size in the zones of the subnets.',
    remedy: 'Try again later, add subnets in other zones, or use FARGATE instead of FARGATE_SPOT.',
  },
  {
    pattern: /limit on the number of (?:vCPUs|tasks) you can run concurrently|configuration is above your limit/i,
    cause: 'The account has reached its Fargate quota of vCPUs or tasks.',
    remedy: 'Stop other tasks, choose a smaller size, or ask for a larger quota (Service Quotas, AWS Fargate).',
  },
  {
    pattern: /ECS is performing maintenance|task retirement/i,
    cause: 'AWS retired the task to patch the platform underneath.',
    remedy:
      'A service replaces it by itself; run a bare task again. The account setting fargateTaskRetirementWaitPeriod says how long AWS waits.',
  },
  {
    pattern: /InfrastructureHealth/i,
    cause: 'AWS stopped the task because the machine underneath was not healthy.',
    remedy: 'A service replaces it by itself; run a bare task again.',
  },
  {
    pattern: /Scaling activity initiated by|ServiceSchedulerInitiated/i,
    cause: 'The service stopped the task, to scale in or to replace it in a deployment.',
    remedy: 'This is normal. The events of the service say which it was.',
  },
  {
    pattern: /UserInitiated|Task stopped by user/i,
    cause: 'Somebody stopped the task.',
    remedy: 'If it was not meant, run it again.',
  },
  {
    pattern: /task definition is not compatible with the selected compute strategy/i,
    cause: 'The task definition was not registered for Fargate.',
    remedy: 'Set requiresCompatibilities to ["FARGATE"] and register it again.',
  },
  {
    pattern: /CannotStartContainerError|CannotCreateContainerError/i,
    cause:
      'The container could not be started: often its entry point, command, working directory or user does not exist in the image.',
    remedy: 'Read the rest of the text, and run the image locally with the same command and user.',
  },
  {
    pattern:
      /CannotInspectContainerError|CannotStopContainerError|ContainerRuntimeError|ContainerRuntimeTimeoutError|CannotCreateVolumeError/i,
    cause: 'The container runtime of Fargate failed on one container.',
    remedy: 'Read the rest of the text, and run the task again.',
  },
  {
    pattern: /CannotPullContainerError/i,
    cause: 'The image could not be pulled.',
    remedy: `Check the spelling of the image and the permissions of the execution role. ${registryRoute}`,
  },
  {
    pattern: /ResourceNotFoundException/i,
    cause: 'Something that the task definition names does not exist.',
    remedy: 'Check the ARNs, names and Regions in the task definition.',
  },
  {
    pattern: /InternalError/i,
    cause: 'Fargate failed on its own side.',
    remedy: 'Run it again; ask AWS Support if it stays.',
  },
  {
    pattern: /Essential container in task exited/i,
    cause: 'A container marked essential ended, and ECS stopped the others with it.',
    remedy: 'Look at its exit code, its reason and its logs. A helper that runs once must not be essential.',
  },
];

/**
 * Explains the text of a `stoppedReason`, of a container's `reason`, of a `stopCode` or of a RunTask failure.
 * undefined for a text that is not known.
 */
export function explainStopReason(text: string): StopReason | undefined {
  const row = stopReasons.find(({ pattern }) => pattern.test(text));
  return row && { cause: row.cause, remedy: row.remedy };
}

const exitCodes: Readonly<Record<number, string>> = {
  0: 'It ended as it should.',
  1: 'The program reported an error.',
  125: 'The container could not be run.',
  126: 'The command cannot be executed.',
  127: 'The command does not exist in the image.',
  137: 'It was killed (SIGKILL): out of memory, or still running when its stop timeout was over.',
  139: 'The program crashed (SIGSEGV).',
  143: 'It was asked to stop (SIGTERM), and did.',
  255: 'The program returned -1, or ECS lost track of it.',
};

/** What a container's exit code usually means, in one sentence; undefined for a code that says nothing by itself. */
export function explainExitCode(code: number): string | undefined {
  return exitCodes[code];
}
