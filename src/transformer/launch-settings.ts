import type { Tag } from '../fargate/task-definition.ts';

/** How tasks are launched, as far as the files say, by the names of the ECS API. */
export interface LaunchSettings {
  readonly platformVersion?: string;
  /** `capacityProviderStrategy`; absent: the launch type FARGATE. */
  readonly capacityProviders?: readonly {
    readonly capacityProvider: string;
    readonly weight?: number;
    readonly base?: number;
  }[];
  readonly enableExecuteCommand?: boolean;
  readonly enableECSManagedTags?: boolean;
  /** `SERVICE` is for tasks of a service only. */
  readonly propagateTags?: 'TASK_DEFINITION' | 'SERVICE' | 'NONE';
  readonly tags?: readonly Tag[];
  readonly volumeConfigurations?: readonly VolumeConfiguration[];
}

/** The EBS volume that each task gets. */
export interface VolumeConfiguration {
  readonly name: string;
  readonly managedEBSVolume: {
    readonly roleArn: string;
    readonly sizeInGiB?: number;
    readonly volumeType?: string;
    readonly iops?: number;
    /** MiB a second. */
    readonly throughput?: number;
    readonly encrypted?: boolean;
    readonly kmsKeyId?: string;
    readonly snapshotId?: string;
    readonly filesystemType?: 'ext3' | 'ext4' | 'xfs';
  };
}
