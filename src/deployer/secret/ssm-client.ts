import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
  type SSMClientConfig,
} from '@aws-sdk/client-ssm';
import type { Ask } from '../aws/aws-error.ts';
import type { SecretStore } from './secret-store.ts';

/** The Parameter Store by the SDK. This file is a bundle of its own, loaded only where secrets are written to it. */
export function parameterStore(config: SSMClientConfig, ask: Ask): SecretStore {
  const client = new SSMClient(config);
  const read: SecretStore['read'] = async (name) => {
    const { Parameters = [] } = await ask('ssm:GetParameters', () =>
      client.send(new GetParametersCommand({ Names: [name], WithDecryption: true })),
    );
    const [found] = Parameters;
    return found && { arn: found.ARN ?? '', value: found.Value ?? '' };
  };
  /** PutParameter does not give the ARN. */
  const arnOf = async (name: string) => (await read(name))?.arn ?? '';
  return {
    read,
    async create(name, value, { key, tags }) {
      await ask('ssm:PutParameter', () =>
        client.send(
          new PutParameterCommand({
            Name: name,
            Value: value,
            Type: 'SecureString',
            Tags: tags.map((tag) => ({ Key: tag.key, Value: tag.value })),
            ...(key === undefined ? {} : { KeyId: key }),
          }),
        ),
      );
      return arnOf(name);
    },
    async update(name, value, { key }) {
      // AWS takes no tags together with Overwrite.
      await ask('ssm:PutParameter', () =>
        client.send(
          new PutParameterCommand({
            Name: name,
            Value: value,
            Type: 'SecureString',
            Overwrite: true,
            ...(key === undefined ? {} : { KeyId: key }),
          }),
        ),
      );
      return arnOf(name);
    },
    async tagged(tags) {
      const ParameterFilters = tags.map(({ key, value }) => ({ Key: `tag:${key}`, Values: [value] }));
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = { ParameterFilters, ...(NextToken === undefined ? {} : { NextToken }) };
        const answer = await ask('ssm:DescribeParameters', () => client.send(new DescribeParametersCommand(page)));
        names.push(...(answer.Parameters ?? []).map(({ Name = '' }) => Name));
        NextToken = answer.NextToken;
      } while (NextToken !== undefined);
      return names;
    },
    async delete(name) {
      await ask('ssm:DeleteParameter', () =>
        client.send(new DeleteParameterCommand({ Name: name })).catch((error: Error) => {
          if (error.name !== 'ParameterNotFound') throw error;
        }),
      );
    },
  };
}
