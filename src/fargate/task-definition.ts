/**
 * The input of RegisterTaskDefinition, member by member, as the ECS API spells it. These are our own types, so that
 * the package's declarations need no AWS SDK; a type test holds them against `@aws-sdk/client-ecs`.
 */
export interface TaskDefinition {
  family: string;
  taskRoleArn?: string;
  executionRoleArn?: string;
  networkMode?: string;
  requiresCompatibilities?: string[];
  /** CPU units, 1024 to a vCPU. */
  cpu?: string;
  /** MiB. */
  memory?: string;
  runtimePlatform?: RuntimePlatform;
  ephemeralStorage?: { sizeInGiB: number };
  pidMode?: string;
  ipcMode?: string;
  enableFaultInjection?: boolean;
  containerDefinitions: ContainerDefinition[];
  volumes?: Volume[];
  placementConstraints?: { type?: string; expression?: string }[];
  proxyConfiguration?: { type?: string; containerName: string; properties?: KeyValuePair[] };
  inferenceAccelerators?: { deviceName: string; deviceType: string }[];
  tags?: Tag[];
}

export interface Tag {
  key: string;
  value: string;
}

export interface KeyValuePair {
  name: string;
  value: string;
}

export interface RuntimePlatform {
  cpuArchitecture?: string;
  operatingSystemFamily?: string;
}

export interface ContainerDefinition {
  name: string;
  image: string;
  repositoryCredentials?: { credentialsParameter: string };
  essential?: boolean;
  entryPoint?: string[];
  command?: string[];
  /** CPU units, 1024 to a vCPU. */
  cpu?: number;
  /** MiB; the container is killed when it uses more. */
  memory?: number;
  /** MiB. */
  memoryReservation?: number;
  portMappings?: PortMapping[];
  environment?: KeyValuePair[];
  environmentFiles?: { type: string; value: string }[];
  secrets?: Secret[];
  dependsOn?: ContainerDependency[];
  healthCheck?: HealthCheck;
  restartPolicy?: RestartPolicy;
  /** Seconds. */
  startTimeout?: number;
  /** Seconds. */
  stopTimeout?: number;
  user?: string;
  workingDirectory?: string;
  interactive?: boolean;
  pseudoTerminal?: boolean;
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
  disableNetworking?: boolean;
  hostname?: string;
  links?: string[];
  dnsServers?: string[];
  dnsSearchDomains?: string[];
  extraHosts?: { hostname: string; ipAddress: string }[];
  dockerSecurityOptions?: string[];
  dockerLabels?: Record<string, string>;
  ulimits?: { name: string; softLimit: number; hardLimit: number }[];
  linuxParameters?: LinuxParameters;
  mountPoints?: MountPoint[];
  volumesFrom?: { sourceContainer?: string; readOnly?: boolean }[];
  systemControls?: { namespace?: string; value?: string }[];
  resourceRequirements?: { type: string; value?: string }[];
  logConfiguration?: LogConfiguration;
  firelensConfiguration?: { type: string; options?: Record<string, string> };
  credentialSpecs?: string[];
  versionConsistency?: string;
}

export interface PortMapping {
  name?: string;
  containerPort?: number;
  containerPortRange?: string;
  hostPort?: number;
  protocol?: string;
  appProtocol?: string;
}

export interface Secret {
  name: string;
  valueFrom: string;
}

export interface ContainerDependency {
  containerName: string;
  condition: string;
}

export interface HealthCheck {
  command: string[];
  /** Seconds, as the other times of a health check. */
  interval?: number;
  timeout?: number;
  retries?: number;
  startPeriod?: number;
}

export interface RestartPolicy {
  enabled: boolean;
  ignoredExitCodes?: number[];
  /** Seconds. */
  restartAttemptPeriod?: number;
}

export interface LinuxParameters {
  capabilities?: { add?: string[]; drop?: string[] };
  devices?: { hostPath: string; containerPath?: string; permissions?: string[] }[];
  initProcessEnabled?: boolean;
  /** MiB. */
  sharedMemorySize?: number;
  /** Sizes in MiB. */
  tmpfs?: { containerPath: string; size: number; mountOptions?: string[] }[];
  /** MiB. */
  maxSwap?: number;
  swappiness?: number;
}

export interface MountPoint {
  sourceVolume?: string;
  containerPath?: string;
  readOnly?: boolean;
}

export interface LogConfiguration {
  logDriver: string;
  options?: Record<string, string>;
  secretOptions?: Secret[];
}

export interface Volume {
  name?: string;
  host?: { sourcePath?: string };
  configuredAtLaunch?: boolean;
  dockerVolumeConfiguration?: {
    scope?: string;
    autoprovision?: boolean;
    driver?: string;
    driverOpts?: Record<string, string>;
    labels?: Record<string, string>;
  };
  efsVolumeConfiguration?: EfsVolumeConfiguration;
  fsxWindowsFileServerVolumeConfiguration?: {
    fileSystemId: string;
    rootDirectory: string;
    authorizationConfig: { credentialsParameter: string; domain: string };
  };
  s3filesVolumeConfiguration?: S3FilesVolumeConfiguration;
}

export interface EfsVolumeConfiguration {
  fileSystemId: string;
  rootDirectory?: string;
  transitEncryption?: string;
  transitEncryptionPort?: number;
  authorizationConfig?: { accessPointId?: string; iam?: string };
}

export interface S3FilesVolumeConfiguration {
  fileSystemArn: string;
  rootDirectory?: string;
  transitEncryptionPort?: number;
  accessPointArn?: string;
}
