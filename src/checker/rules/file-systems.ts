import { elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** The settings of EFS and S3 Files volumes go together. */
export const fileSystems: Rule = (definition, find) => {
  for (const { value, path } of elements(definition.volumes, 'volumes')) {
    const volume = value.name ?? path;
    if (value.s3filesVolumeConfiguration !== undefined) {
      find('fargate/unconfirmed', `${path}.s3filesVolumeConfiguration`, {
        subject: `Volume ${volume}`,
        doubt: 'the documentation does not say whether S3 Files works on Fargate in every Region.',
        instead: 'Use EFS if AWS refuses it.',
      });
    }
    const efs = value.efsVolumeConfiguration;
    if (efs === undefined) continue;
    const { accessPointId, iam } = efs.authorizationConfig ?? {};
    const encrypted = efs.transitEncryption === 'ENABLED';
    const at = `${path}.efsVolumeConfiguration`;
    if (accessPointId !== undefined && (efs.rootDirectory ?? '/') !== '/') {
      find(
        'fargate/efs',
        `${at}.rootDirectory`,
        {
          volume,
          why: 'names an access point and a root directory, and the access point has its own',
          instead: 'Remove rootDirectory.',
          aws: 'When using an EFS access point, the root directory must either be set to "/" or be omitted',
        },
        [{ message: 'The access point is named here.', path: `${at}.authorizationConfig.accessPointId` }],
      );
    }
    if (encrypted) continue;
    const instead = 'Set transitEncryption to ENABLED.';
    if (iam === 'ENABLED') {
      find('fargate/efs', `${at}.authorizationConfig.iam`, {
        volume,
        why: 'uses IAM without encryption in transit',
        instead,
        aws: 'EFS IAM authorization requires TransitEncryption to be enabled',
      });
    }
    if (accessPointId !== undefined) {
      find('fargate/efs', `${at}.authorizationConfig.accessPointId`, {
        volume,
        why: 'names an access point without encryption in transit',
        instead,
      });
    }
    if (efs.transitEncryptionPort !== undefined) {
      find('fargate/efs', `${at}.transitEncryptionPort`, {
        volume,
        why: 'names a port for encryption in transit, and has none',
        instead,
        aws: 'TransitEncryptionPort requires that TransitEncryption is enabled',
      });
    }
  }
};
