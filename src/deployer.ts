/**
 * The package entry `compose2fargate/deployer`: observes an AWS account, plans what brings a task about, and executes
 * the plan.
 */
export type {
  Account,
  ContainerState,
  LogGroup,
  LogLine,
  LogPage,
  LogPosition,
  LogStream,
  Placement,
  Revision,
  RunRequest,
  TaskState,
} from './deployer/account.ts';
export { revisionName, serviceOf, taskId } from './deployer/account.ts';
export type { Address, TaskHost } from './deployer/addresses.ts';
export { findAddresses, findHosts, formatAddress, offered } from './deployer/addresses.ts';
export { openAccount } from './deployer/aws/account.ts';
export { AwsError, isAwsError } from './deployer/aws/aws-error.ts';
export type { Connection } from './deployer/aws/connection.ts';
export type { Clock } from './deployer/clock.ts';
export { systemClock } from './deployer/clock.ts';
export type { Desired, WaitFor } from './deployer/desired.ts';
export { defaultCluster, usualWait } from './deployer/desired.ts';
export { differences } from './deployer/differences.ts';
export type { Emit, Event, OperationSummary, TaskProgress } from './deployer/event.ts';
export type { Outcome } from './deployer/execute.ts';
export { execute } from './deployer/execute.ts';
export type { ContainerEnd, Failure } from './deployer/failure.ts';
export { explainFailure } from './deployer/failure.ts';
export type { ContainerLog, LogEntry } from './deployer/logs.ts';
export { containerLogs, LogReader } from './deployer/logs.ts';
export type { InboundRule, Network, NetworkInterface, SecurityGroup } from './deployer/network/network.ts';
export { sameDefinition } from './deployer/normal-form.ts';
export type { Observation } from './deployer/observe.ts';
export { observe, observeTasks } from './deployer/observe.ts';
export type { Operation, StopWhy } from './deployer/operation.ts';
export { sentenceOf } from './deployer/operation.ts';
export { isOwn } from './deployer/ownership.ts';
export type { Obstacle, Plan } from './deployer/plan.ts';
export { hasChanges, logGroups, obstacleTo, planDown, planUp } from './deployer/plan.ts';
export type { DesiredService } from './deployer/service/desired.ts';
export type { ServiceObservation } from './deployer/service/observe.ts';
export { findService, observeService } from './deployer/service/observe.ts';
export type { ServiceChange, ServiceOperation } from './deployer/service/operation.ts';
export { obstacleToService, planServiceRemove, planServiceScale, planServiceUp } from './deployer/service/plan.ts';
export type { FailedRollout, RolloutProgress, RolloutVerdict } from './deployer/service/rollout.ts';
export { progressOfService } from './deployer/service/rollout.ts';
export type {
  CreateServiceRequest,
  Deployment,
  DeploymentConfiguration,
  ServiceAccount,
  ServiceEvent,
  ServiceMembers,
  ServiceState,
  UpdateServiceRequest,
} from './deployer/service/service-account.ts';
export type { ExecuteOptions, Progress } from './deployer/step.ts';
export { hasEnded } from './deployer/verdict.ts';
export type { Verdict } from './deployer/wait.ts';
export { progressOf, type Watching } from './deployer/watch.ts';
