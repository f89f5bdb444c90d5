import {
  DeleteParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  paginateDescribeParameters,
  SSMClient,
  type SSMClientConfig,
} from '@aws-sdk/client-ssm';
import { type Ask, undefinedOn } from '../aws/aws-error.ts';
import type { SecretStore } from './secret-store.ts';

/** A filter takes so many values. Source: Systems Manager API Reference, ParameterStringFilter. */
const namesAtOnce = 50;

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
  /** Gives the ARN, which PutParameter does not. */
  const put = async (
    name: string,
    value: string,
    key: string | undefined,
    more: Pick<PutParameterCommandInput, 'Overwrite' | 'Tags'>,
  ) => {
    const KeyId = key === undefined ? {} : { KeyId: key };
    await ask('ssm:PutParameter', () =>
      client.send(new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', ...more, ...KeyId })),
    );
    return (await read(name))?.arn ?? '';
  };
  return {
    read,
    keys: (arns) =>
      ask('ssm:DescribeParameters', async () => {
        const names = arns.flatMap(namesOf);
        const keys: string[] = [];
        for (let at = 0; at < names.length; at += namesAtOnce) {
          const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: names.slice(at, at + namesAtOnce) }];
          for await (const { Parameters = [] } of paginateDescribeParameters({ client }, { ParameterFilters }))
            keys.push(...Parameters.flatMap(({ KeyId }) => KeyId ?? []));
        }
        return keys;
      }),
    create: (name, value, { key, tags }) =>
      put(name, value, key, { Tags: tags.map((tag) => ({ Key: tag.key, Value: tag.value })) }),
    // AWS takes no tags together with Overwrite.
    update: (name, value, { key }) => put(name, value, key, { Overwrite: true }),
    tagged: (tags) =>
      ask('ssm:DescribeParameters', async () => {
        const ParameterFilters = tags.map(({ key, value }) => ({ Key: `tag:${key}`, Values: [value] }));
        const names: string[] = [];
        for await (const { Parameters = [] } of paginateDescribeParameters({ client }, { ParameterFilters }))
          names.push(...Parameters.map(({ Name = '' }) => Name));
        return names;
      }),
    async delete(name) {
      const gone = ask('ssm:DeleteParameter', () => client.send(new DeleteParameterCommand({ Name: name })));
      await gone.catch(undefinedOn('ParameterNotFound'));
    },
  };
}

/** The names that a parameter of an ARN may have: one without parts has a slash before it, or none. */
function namesOf(arn: string): readonly string[] {
  const name = arn.replace(/^.*:parameter/, '');
  return name.lastIndexOf('/') === 0 ? [name, name.slice(1)] : [name];
}
