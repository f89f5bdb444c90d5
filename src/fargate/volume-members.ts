import { between, oneOf, resourceName } from './constraints.ts';
import type { MemberTable } from './member.ts';

/**
 * The members of a volume. As of 2026-11-20.
 *
 * Sources: ECS API Reference, Volume, EFSVolumeConfiguration, S3FilesVolumeConfiguration; EFS API Reference (ids);
 * ECS Developer Guide, "Bind mounts" and "Amazon EFS volumes".
 */
export const volumeMembers: MemberTable = {
  'volumes[]': { type: 'object' },
  'volumes[].name': { type: 'string', required: { example: '"data"' }, constraints: resourceName() },
  'volumes[].host': { type: 'object' },
  'volumes[].host.sourcePath': {
    type: 'string',
    unsupported: {
      instead:
        'Leave it out for an empty volume that lives as long as the task; use efsVolumeConfiguration for data that stays, or put the files into the image.',
      aws: 'Fargate compatible task definitions do not support sourcePath',
    },
  },
  'volumes[].configuredAtLaunch': { type: 'boolean', linuxOnly: true },
  'volumes[].dockerVolumeConfiguration': {
    type: 'object',
    unsupported: {
      instead:
        'Leave it out for an empty volume that lives as long as the task, or use efsVolumeConfiguration for data that stays.',
      aws: 'Fargate compatible task definitions do not support dockerVolumeConfiguration',
    },
  },
  'volumes[].efsVolumeConfiguration': { type: 'object', linuxOnly: true },
  'volumes[].efsVolumeConfiguration.fileSystemId': {
    type: 'string',
    required: { example: '"fs-0123456789abcdef0"' },
    constraints: [
      {
        kind: 'pattern',
        pattern: /^fs-[0-9a-f]{8,40}$/,
        form: 'the id of an EFS file system, such as fs-0123456789abcdef0',
      },
    ],
  },
  'volumes[].efsVolumeConfiguration.rootDirectory': { type: 'string' },
  'volumes[].efsVolumeConfiguration.transitEncryption': {
    type: 'string',
    constraints: [oneOf(['ENABLED', 'DISABLED'])],
  },
  'volumes[].efsVolumeConfiguration.transitEncryptionPort': { type: 'integer', constraints: [between(0, 65535)] },
  'volumes[].efsVolumeConfiguration.authorizationConfig': { type: 'object' },
  'volumes[].efsVolumeConfiguration.authorizationConfig.accessPointId': {
    type: 'string',
    constraints: [
      {
        kind: 'pattern',
        pattern: /^fsap-[0-9a-f]{8,40}$/,
        form: 'the id of an EFS access point, such as fsap-0123456789abcdef0',
      },
    ],
  },
  'volumes[].efsVolumeConfiguration.authorizationConfig.iam': {
    type: 'string',
    constraints: [oneOf(['ENABLED', 'DISABLED'])],
  },
  'volumes[].s3filesVolumeConfiguration': { type: 'object', linuxOnly: true },
  'volumes[].s3filesVolumeConfiguration.fileSystemArn': {
    type: 'string',
    required: { example: '"arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0"' },
  },
  'volumes[].s3filesVolumeConfiguration.rootDirectory': { type: 'string' },
  'volumes[].s3filesVolumeConfiguration.transitEncryptionPort': { type: 'integer', constraints: [between(0, 65535)] },
  'volumes[].s3filesVolumeConfiguration.accessPointArn': { type: 'string' },
  'volumes[].fsxWindowsFileServerVolumeConfiguration': {
    type: 'object',
    unsupported: { instead: 'Fargate mounts EFS only, and that for Linux containers: use efsVolumeConfiguration.' },
  },
};
