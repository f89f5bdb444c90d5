import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import type { Ask } from '../aws/aws-error.ts';
import type { SecretStore } from './secret-store.ts';

/** Secrets Manager by the SDK. This file is a bundle of its own, loaded only where secrets are written. */
export function secretsManager(config: SecretsManagerClientConfig, ask: Ask): SecretStore {
  const client = new SecretsManagerClient(config);
  return {
    async read(name) {
      const found = await ask('secretsmanager:GetSecretValue', () =>
        client.send(new GetSecretValueCommand({ SecretId: name })).catch(unlessMissing),
      );
      return found && { arn: found.ARN ?? '', value: found.SecretString ?? '' };
    },
    async keys(arns) {
      const found = await Promise.all(
        arns.map((arn) =>
          ask('secretsmanager:DescribeSecret', () =>
            client.send(new DescribeSecretCommand({ SecretId: arn })).catch(unlessMissing),
          ),
        ),
      );
      return found.flatMap((secret) => secret?.KmsKeyId ?? []);
    },
    async create(name, value, { key, tags }) {
      const { ARN = '' } = await ask('secretsmanager:CreateSecret', () =>
        client.send(
          new CreateSecretCommand({
            Name: name,
            SecretString: value,
            Tags: tags.map((tag) => ({ Key: tag.key, Value: tag.value })),
            ...(key === undefined ? {} : { KmsKeyId: key }),
          }),
        ),
      );
      return ARN;
    },
    async update(name, value, { key }) {
      // PutSecretValue asks for fewer permissions, and cannot change the key.
      const { ARN = '' } =
        key === undefined
          ? await ask('secretsmanager:PutSecretValue', () =>
              client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value })),
            )
          : await ask('secretsmanager:UpdateSecret', () =>
              client.send(new UpdateSecretCommand({ SecretId: name, SecretString: value, KmsKeyId: key })),
            );
      return ARN;
    },
  };
}

function unlessMissing(error: Error): undefined {
  if (error.name !== 'ResourceNotFoundException') throw error;
}
