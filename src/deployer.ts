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
export type { Entrance } from './deployer/balancer/entrances.ts';
export { findEntrances } from './deployer/balancer/entrances.ts';
export type { BalancerObservation } from './deployer/balancer/observe.ts';
export { removeBalancer } from './deployer/balancer/plan.ts';
export type { Clock } from './deployer/clock.ts';
export { systemClock } from './deployer/clock.ts';
export type { Proposal, Proposed } from './deployer/cluster/change-cluster.ts';
export { discard, executeProposal, proposeChange } from './deployer/cluster/change-cluster.ts';
export { fitsVpc, parseCidr } from './deployer/cluster/cidr.ts';
export type { ClusterService, ClusterState } from './deployer/cluster/cluster-account.ts';
export type { ClusterSettings, NetworkChoice } from './deployer/cluster/cluster-settings.ts';
export { clusterLogGroup, clusterName, stackName } from './deployer/cluster/cluster-settings.ts';
export { clusterTemplate } from './deployer/cluster/cluster-template.ts';
export type { DeletionPlan } from './deployer/cluster/delete-cluster.ts';
export { executeDeletion, occupation, planDeletion, projectsIn } from './deployer/cluster/delete-cluster.ts';
export type { FailedResource, Following, StackFailure, StackVerdict } from './deployer/cluster/follow-stack.ts';
export type { ClusterContents, ClusterObservation, ClusterObstacle } from './deployer/cluster/observe-cluster.ts';
export { observeCluster, obstacleToChange, obstacleToDeletion } from './deployer/cluster/observe-cluster.ts';
export type { StackOperation } from './deployer/cluster/stack-operation.ts';
export { destroys, resourceName, stackSentence } from './deployer/cluster/stack-operation.ts';
export type { ClusterOffer } from './deployer/cluster/stack-outputs.ts';
export { clusterOffer, leavesToCluster, withOffer } from './deployer/cluster/stack-outputs.ts';
export type { ResourceChange, StackResource, StackState, Stacks } from './deployer/cluster/stacks.ts';
export type { Desired, ReplacementOrder, WaitFor } from './deployer/desired.ts';
export { defaultCluster, usualWait } from './deployer/desired.ts';
export type { Change } from './deployer/differences.ts';
export { differences } from './deployer/differences.ts';
export type { OwnRegistration } from './deployer/discovery/discovery.ts';
export { obstacleToDiscovery } from './deployer/discovery/plan.ts';
export type { UseElsewhere } from './deployer/elsewhere/observe.ts';
export { usesElsewhere, usesOfProject } from './deployer/elsewhere/observe.ts';
export { isShared, spareRoles } from './deployer/elsewhere/plan.ts';
export type { Emit, Event, OperationSummary, TaskProgress } from './deployer/event.ts';
export { lastLines } from './deployer/evidence.ts';
export type { Outcome } from './deployer/execute.ts';
export { execute } from './deployer/execute.ts';
export type { ContainerEnd, Failure } from './deployer/failure.ts';
export { explainFailure } from './deployer/failure.ts';
export { callingCommands, deployerPolicy } from './deployer/iam/deployer-policy.ts';
export { executionPolicy } from './deployer/iam/execution-policy.ts';
export { findExecutionRole } from './deployer/iam/execution-role.ts';
export { findOwnRoles, ownRolesAmong, registryRoles } from './deployer/iam/find-own-roles.ts';
export type { RoleOperation } from './deployer/iam/operation.ts';
export type { Place } from './deployer/iam/place.ts';
export { accountOfRoles } from './deployer/iam/place.ts';
export type { Condition, PolicyDocument, Statement } from './deployer/iam/policy.ts';
export type { RegistryRole, RegistrySecret } from './deployer/iam/registry-role.ts';
export { planRegistryRole } from './deployer/iam/registry-role.ts';
export type { RoleState, Roles } from './deployer/iam/roles.ts';
export type { Scope } from './deployer/iam/scope.ts';
export { taskPolicy } from './deployer/iam/task-policy.ts';
export { findTaskRole } from './deployer/iam/task-role.ts';
export { trustPolicy } from './deployer/iam/trust-policy.ts';
export type { Docker } from './deployer/image/docker.ts';
export { DockerError, isDockerError } from './deployer/image/docker.ts';
export type { ImageBuild } from './deployer/image/image-build.ts';
export { imageBuilds } from './deployer/image/image-build.ts';
export type { EcrRepository, PlannedImage } from './deployer/image/image-plan.ts';
export { locateImages, observeRepositories, planImages } from './deployer/image/image-plan.ts';
export { openDocker } from './deployer/image/open-docker.ts';
export type { Authorization, Registry, StoredImage } from './deployer/image/registry.ts';
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
export { assignsPublicIp, removeOwnGroups } from './deployer/network/plan.ts';
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
export { isBalanced, isOwn, isOwnRevision, oneOffService, ownGroupName, stopReason } from './deployer/ownership.ts';
export type { Difference, Obstacle, Plan } from './deployer/plan.ts';
export {
  hasChanges,
  logGroups,
  obstacleInNetwork,
  obstacleTo,
  planDown,
  planUp,
  volumesLost,
  withFirst,
  withLast,
} from './deployer/plan.ts';
export type { Leftover, WhyLeft } from './deployer/purge/leftover.ts';
export { foreignGroups, keptRoles, leftoversOf } from './deployer/purge/leftover.ts';
export type { PurgeObservation } from './deployer/purge/observe.ts';
export { observePurge } from './deployer/purge/observe.ts';
export type { PurgeOperation } from './deployer/purge/operation.ts';
export type { PurgePlan } from './deployer/purge/plan.ts';
export { planPurge } from './deployer/purge/plan.ts';
export type { Located, Traces } from './deployer/purge/traces.ts';
export { tracesOf } from './deployer/purge/traces.ts';
export { planScale } from './deployer/scale.ts';
export type { RegistryPlan, RegistryPlanOptions } from './deployer/secret/registry-plan.ts';
export { planRegistryLogins, registrySecret } from './deployer/secret/registry-plan.ts';
export type { SecretValue } from './deployer/secret/secret-plan.ts';
export { planSecrets, secretName } from './deployer/secret/secret-plan.ts';
export type { SecretStore, SecretStoreKind, StoredSecret } from './deployer/secret/secret-store.ts';
export type { DesiredService } from './deployer/service/desired.ts';
export { obstacleToOwnBalancer } from './deployer/service/load-balancer.ts';
export type { ServiceObservation } from './deployer/service/observe.ts';
export {
  findService,
  observeName,
  observeOwnBalancer,
  observeOwnScaling,
  observeService,
} from './deployer/service/observe.ts';
export type { ServiceChange, ServiceOperation } from './deployer/service/operation.ts';
export { obstacleToService, planServiceUp } from './deployer/service/plan.ts';
export { planServiceRemove } from './deployer/service/remove.ts';
export type { FailedRollout, RolloutProgress, RolloutVerdict } from './deployer/service/rollout.ts';
export { progressOfService } from './deployer/service/rollout.ts';
export { planServiceScale } from './deployer/service/scale.ts';
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
export { planServiceStop } from './deployer/service/stop.ts';
export type { ExecuteOptions, Progress } from './deployer/step.ts';
export type { LostVolume } from './deployer/storage.ts';
export { hasEnded, waitsInVain } from './deployer/verdict.ts';
export type { Verdict } from './deployer/wait.ts';
export { awaitStopped } from './deployer/wait.ts';
export { progressOf, type Watching, watch } from './deployer/watch.ts';
