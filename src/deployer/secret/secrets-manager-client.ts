import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  type Filter,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { type Ask, undefinedOn } from '../aws/aws-error.ts';
import type { SecretStore } from './secret-store.ts';

const unlessMissing = undefinedOn('ResourceNotFoundException');

/** Secrets Manager by the SDK. This file is a bundle of its own, loaded only where secrets are written. */
export function secretsManager(config: SecretsManagerClientConfig, ask: Ask): SecretStore {
  const client = new SecretsManagerClient(config);
  return {
    async read(name) {
      const answer = ask('secretsmanager:GetSecretValue', () =>
        client.send(new GetSecretValueCommand({ SecretId: name })),
      );
      const found = await answer.catch(unlessMissing);
      return found && { arn: found.ARN ?? '', value: found.SecretString ?? '' };
    },
    async keys(arns) {
      const found = await Promise.all(
        arns.map((SecretId) => {
          const answer = ask('secretsmanager:DescribeSecret', () =>
            client.send(new DescribeSecretCommand({ SecretId })),
          );
          return answer.catch(unlessMissing);
        }),
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
    async tagged(tags) {
      // The filters let a value through that only begins so, and one of another tag.
      const filters = tags.flatMap(({ key, value }): readonly Filter[] => [
        { Key: 'tag-key', Values: [key] },
        { Key: 'tag-value', Values: [value] },
      ]);
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = { Filters: filters, ...(NextToken === undefined ? {} : { NextToken }) };
        const answer = await ask('secretsmanager:ListSecrets', () => client.send(new ListSecretsCommand(page)));
        for (const { Name = '', Tags = [] } of answer.SecretList ?? []) {
          const carries = tags.every(({ key, value }) => Tags.some((tag) => tag.Key === key && tag.Value === value));
          if (carries) names.push(Name);
        }
        NextToken = answer.NextToken;
      } while (NextToken !== undefined);
      return names;
    },
    async delete(name) {
      const gone = ask('secretsmanager:DeleteSecret', () =>
        client.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true })),
      );
      await gone.catch(unlessMissing);
    },
  };
}
