import type { Tag } from '../../fargate/task-definition.ts';

/** What the deployer asks of ECR in one region. Every method may throw an `AwsError`. */
export interface Registry {
  /** What docker logs in to the registry of the account with; good for twelve hours. */
  authorization(): Promise<Authorization>;
  /** Whether there is a repository; `account` is its owner where that is somebody else. */
  hasRepository(name: string, account?: string): Promise<boolean>;
  /** Makes a repository that keeps its newest images; one that is there already stays, or is finished if it `keepsAll`. */
  createRepository(name: string, keeps: number, tags: readonly Tag[]): Promise<void>;
  /** Whether a repository with these tags keeps all its images: the command that made it was cut short. */
  keepsAll(name: string, tags: readonly Tag[]): Promise<boolean>;
  /** Lets a repository keep its newest images alone. */
  keepNewest(name: string, keeps: number): Promise<void>;
  /** The tags of a repository of the account that asks; undefined where there is no such repository. */
  repositoryTags(name: string): Promise<ReadonlyMap<string, string> | undefined>;
  /** Deletes a repository with its images; one that is gone already is no error. */
  deleteRepository(name: string): Promise<void>;
  /** The images of a repository, the newest first; undefined where there is no such repository. */
  images(name: string, account?: string): Promise<readonly StoredImage[] | undefined>;
  /** Stores a manifest under a tag, as a push does in the end; gives its digest. */
  putImage(name: string, tag: string, manifest: string): Promise<string>;
}

export interface Authorization {
  /** The registry, such as `111122223333.dkr.ecr.eu-central-1.amazonaws.com`. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** An image as DescribeImages shows it. */
export interface StoredImage {
  readonly digest: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly pushedAt?: number;
  /** Compressed. */
  readonly bytes?: number;
}
