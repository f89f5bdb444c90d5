import { secretName } from '../secret/secret-plan.ts';
import { secretReferences } from './execution-policy.ts';
import { arnIn } from './place.ts';
import type { Permission, Scope } from './scope.ts';
import { type SecretReference, through } from './secret-access.ts';

/** An action that is needed to keep secrets, and to find out the keys of those that are used. */
export type SecretAction =
  | 'kms:Decrypt'
  | 'kms:Encrypt'
  | 'kms:GenerateDataKey'
  | 'secretsmanager:CreateSecret'
  | 'secretsmanager:DescribeSecret'
  | 'secretsmanager:GetSecretValue'
  | 'secretsmanager:PutSecretValue'
  | 'secretsmanager:TagResource'
  | 'secretsmanager:UpdateSecret'
  | 'ssm:AddTagsToResource'
  | 'ssm:DescribeParameters'
  | 'ssm:GetParameters'
  | 'ssm:PutParameter';

/**
 * Sources: Service Authorization Reference of Secrets Manager and of Systems Manager; Secrets Manager User Guide,
 * "Secret encryption and decryption"; Systems Manager User Guide, "KMS encryption for SecureString parameters".
 */
export const secretPermissions: readonly Permission<SecretAction>[] = [
  {
    sid: 'KeepSecrets',
    actions: [
      'secretsmanager:GetSecretValue',
      'secretsmanager:CreateSecret',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecret',
      'secretsmanager:TagResource',
    ],
    on: (scope) => [ownSecrets(scope)],
  },
  {
    sid: 'KeepParameters',
    actions: ['ssm:GetParameters', 'ssm:PutParameter', 'ssm:AddTagsToResource'],
    on: ({ place, project }) => [arnIn(place, 'ssm', `parameter${secretName('ssm', project, '*')}`)],
  },
  {
    // Both stores use a key with the rights of whoever asks them; Secrets Manager by data keys.
    sid: 'EncryptSecrets',
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    on: ({ secretKeys = [] }) => secretKeys,
    condition: () => through(['secretsmanager', 'ssm']),
  },
  {
    sid: 'FindKeysOfSecrets',
    actions: ['secretsmanager:DescribeSecret'],
    on: (scope) => [
      ...(scope.createsRoles ? used(scope, 'secretsmanager') : []),
      ...(scope.registryRole === undefined ? [] : [ownSecrets(scope)]),
    ],
  },
  {
    sid: 'FindKeysOfParameters',
    actions: ['ssm:DescribeParameters'],
    on: (scope) => (scope.createsRoles && used(scope, 'ssm').length > 0 ? ['*'] : []),
  },
];

/** The secrets that have the name of the project. */
function ownSecrets({ place, project }: Scope): string {
  return arnIn(place, 'secretsmanager', `secret:${secretName('secrets-manager', project, '*')}`);
}

/** What the containers read from a store. */
function used({ place, task }: Scope, service: SecretReference['service']): readonly string[] {
  return secretReferences(task.definition.containerDefinitions, place)
    .filter((one) => one.service === service)
    .map(({ arn }) => arn);
}
