/**
 * The package entry `compose2fargate/deployer`: observes an AWS account, plans what brings a task about, and executes
 * the plan.
 */
export type {
  Account,
  ContainerOverride,
  ContainerState,
  ExecuteCommandRequest,
  ExecuteCommandSession,
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
export type { Call, OnCall } from './deployer/aws/aws-error.ts';
export { AwsError, isAwsError } from './deployer/aws/aws-error.ts';
export type { Connection } from './deployer/aws/connection.ts';
export type { Clock } from './deployer/clock.ts';
export { systemClock } from './deployer/clock.ts';
export type { Desired, ReplacementOrder, WaitFor } from './deployer/desired.ts';
export { defaultCluster, usualWait } from './deployer/desired.ts';
export type { Change } from './deployer/differences.ts';
export { differences } from './deployer/differences.ts';
export type { Emit, Event, OperationSummary, TaskProgress } from './deployer/event.ts';
export { lastLines } from './deployer/evidence.ts';
export type { Outcome } from './deployer/execute.ts';
export { execute } from './deployer/execute.ts';
export type { ContainerEnd, Failure } from './deployer/failure.ts';
export { explainFailure } from './deployer/failure.ts';
export type { ContainerLog, LogEntry, LogRange } from './deployer/logs.ts';
export { containerLogs, LogReader } from './deployer/logs.ts';
export { isGuarded, withheldPorts } from './deployer/network/ingress.ts';
export type {
  InboundRule,
  Network,
  NetworkInterface,
  Route,
  SecurityGroup,
  VpcSubnets,
} from './deployer/network/network.ts';
export type { NetworkObservation } from './deployer/network/observe.ts';
export { observeNetwork } from './deployer/network/observe.ts';
export type { NetworkOperation } from './deployer/network/operation.ts';
export type { PlannedNetwork } from './deployer/network/plan.ts';
export { assignsPublicIp } from './deployer/network/plan.ts';
export type { UnreachableRegistry } from './deployer/network/registry.ts';
export { unreachableRegistry } from './deployer/network/registry.ts';
export type { Json } from './deployer/normal-form.ts';
export { sameDefinition } from './deployer/normal-form.ts';
export type { Observation, Wanted } from './deployer/observe.ts';
export { observe, observeTasks } from './deployer/observe.ts';
export type { OneOffStart } from './deployer/one-off.ts';
export { startOneOff } from './deployer/one-off.ts';
export type { Operation, StopWhy } from './deployer/operation.ts';
export { lostVolume, sentenceOf } from './deployer/operation.ts';
export { isOwn, isOwnRevision, oneOffService, ownGroupName } from './deployer/ownership.ts';
export type { Difference, Obstacle, Plan } from './deployer/plan.ts';
export {
  hasChanges,
  logGroups,
  obstacleInNetwork,
  obstacleTo,
  planDown,
  planUp,
  volumesLost,
} from './deployer/plan.ts';
export { planScale } from './deployer/scale.ts';
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
export type { LostVolume } from './deployer/storage.ts';
export { hasEnded } from './deployer/verdict.ts';
export type { Verdict } from './deployer/wait.ts';
export { awaitStopped } from './deployer/wait.ts';
export { progressOf, type Watching, watch } from './deployer/watch.ts';
