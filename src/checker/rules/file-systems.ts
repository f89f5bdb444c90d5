import type { EfsVolumeConfiguration, S3FilesVolumeConfiguration } from '../../fargate/task-definition.ts';
import type { Find } from '../finding.ts';
import { elements, type Readable } from '../readable.ts';
import type { Rule } from '../rule.ts';

type Efs = Readable<EfsVolumeConfiguration>;

/** What EFS does through an encrypted connection only. */
const encrypted: readonly {
  readonly member: string;
  readonly used: (efs: Efs) => boolean;
  readonly why: string;
  readonly aws?: string;
}[] = [
  {
    member: 'authorizationConfig.iam',
    used: (efs) => efs.authorizationConfig?.iam === 'ENABLED',
    why: 'uses IAM without encryption in transit',
    aws: 'EFS IAM authorization requires TransitEncryption to be enabled',
  },
  {
    member: 'authorizationConfig.accessPointId',
    used: (efs) => efs.authorizationConfig?.accessPointId !== undefined,
    why: 'names an access point without encryption in transit',
  },
  {
    member: 'transitEncryptionPort',
    used: (efs) => efs.transitEncryptionPort !== undefined,
    why: 'names a port for encryption in transit, and has none',
    aws: 'TransitEncryptionPort requires that TransitEncryption is enabled',
  },
];

/** The settings of EFS and S3 Files volumes go together. */
export const fileSystems: Rule = (definition, find) => {
  for (const { value, path } of elements(definition.volumes, 'volumes')) {
    const volume = value.name ?? path;
    const { efsVolumeConfiguration: efs, s3filesVolumeConfiguration: s3files } = value;
    if (efs !== undefined) checkEfs(efs, volume, `${path}.efsVolumeConfiguration`, find);
    if (s3files !== undefined) checkS3Files(s3files, volume, `${path}.s3filesVolumeConfiguration`, find);
  }
};

const ownRoot = {
  why: 'names an access point and a root directory, and the access point has its own',
  instead: 'Remove the root directory.',
};

function checkEfs(efs: Efs, volume: string, at: string, find: Find): void {
  if (efs.authorizationConfig?.accessPointId !== undefined && !isRoot(efs.rootDirectory)) {
    const aws = 'When using an EFS access point, the root directory must either be set to "/" or be omitted';
    const related = [{ message: 'The access point is named here.', path: `${at}.authorizationConfig.accessPointId` }];
    find('fargate/efs', `${at}.rootDirectory`, { volume, ...ownRoot, aws }, related);
  }
  if (efs.transitEncryption === 'ENABLED') return;
  for (const { member, why, aws } of encrypted.filter(({ used }) => used(efs))) {
    find('fargate/efs', `${at}.${member}`, {
      volume,
      why,
      instead: 'Turn on encryption in transit (transitEncryption: ENABLED).',
      aws,
    });
  }
}

function checkS3Files(s3files: Readable<S3FilesVolumeConfiguration>, volume: string, at: string, find: Find): void {
  find('fargate/unconfirmed', at, {
    subject: `volume ${volume}`,
    doubt: 'the documentation does not say whether S3 Files works on Fargate in every Region',
    instead: 'Use EFS if AWS refuses it.',
  });
  if (s3files.accessPointArn === undefined || isRoot(s3files.rootDirectory)) return;
  const related = [{ message: 'The access point is named here.', path: `${at}.accessPointArn` }];
  find('fargate/volume', `${at}.rootDirectory`, { volume, ...ownRoot }, related);
}

function isRoot(directory: string | undefined): boolean {
  return directory === undefined || directory === '/';
}
