import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn } from '../identifiers.ts';
import type { Parameter } from '../records/secrets.ts';
import { epochSeconds } from '../wire.ts';
import type { Operation } from './operation.ts';

interface PutParameterInput {
  readonly Name: string;
  readonly Value: string;
  readonly Type?: string;
  readonly KeyId?: string;
  readonly Overwrite?: boolean;
  readonly Tags?: Parameter['Tags'];
}

interface GetParametersInput {
  readonly Names: readonly string[];
  readonly WithDecryption?: boolean;
}

interface DescribeParametersInput {
  readonly ParameterFilters?: readonly {
    readonly Key: string;
    readonly Option?: string;
    readonly Values: readonly string[];
  }[];
}

/** Bytes of a parameter of the standard tier. Source: Systems Manager API Reference, PutParameter, `Value`. */
const STANDARD_BYTES = 4096;

export const parameterOperations: Readonly<Record<string, Operation>> = {
  PutParameter: { check: checkParameter, apply: putParameter },
  GetParameters: { answer: getParameters },
  DescribeParameters: { answer: describeParameters },
  DeleteParameter: { check: checkDeletion, apply: deleteParameter },
};

function checkParameter(account: Account, { region, input }: Call<PutParameterInput>): void {
  const { Name, Value, Overwrite = false, Tags = [] } = input;
  if (!/^[\w./-]+$/.test(Name) || (Name.includes('/') && !Name.startsWith('/'))) {
    throw new ApiError('ValidationException', 'Parameter name must be a fully qualified name.');
  }
  if (Value === '') {
    throw new ApiError(
      'ValidationException',
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (Buffer.byteLength(Value) > STANDARD_BYTES) {
    throw new ApiError(
      'ValidationException',
      'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.',
    );
  }
  if (Overwrite && Tags.length > 0) {
    throw new ApiError(
      'ValidationException',
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (Overwrite || !account.parameters.has(parameterArn(region, Name))) return;
  throw new ApiError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
}

function putParameter(account: Account, { region, at, input }: Call<PutParameterInput>): object {
  const { Name, Value, Type = 'String', KeyId, Tags = [] } = input;
  const ARN = parameterArn(region, Name);
  const parameter = account.parameters.get(ARN) ?? { ARN, Name, Type, Value, Version: 0, changedAt: at, Tags };
  parameter.Value = Value;
  parameter.Type = Type;
  parameter.Version += 1;
  parameter.changedAt = at;
  if (KeyId !== undefined) parameter.KeyId = KeyId;
  account.parameters.set(ARN, parameter);
  return { Version: parameter.Version, Tier: 'Standard' };
}

function getParameters(account: Account, { region, input }: Call<GetParametersInput>): object {
  if (input.Names.length > 10) {
    throw new ApiError(
      'ValidationException',
      "1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to 10.",
    );
  }
  const found = input.Names.map((name) => ({ name, parameter: account.parameters.get(parameterArn(region, name)) }));
  return {
    Parameters: found.flatMap(({ parameter }) => (parameter === undefined ? [] : shown(parameter, input))),
    InvalidParameters: found.flatMap(({ name, parameter }) => (parameter === undefined ? name : [])),
  };
}

function describeParameters(account: Account, { region, input }: Call<DescribeParametersInput>): object {
  const [filter, ...others] = input.ParameterFilters ?? [];
  if (filter?.Key !== 'Name' || (filter.Option ?? 'Equals') !== 'Equals' || others.length > 0) {
    throw new ApiError('InvalidFilterKey', 'The simulator finds parameters by their names only.');
  }
  const found = [...account.parameters.values()].filter(
    ({ ARN, Name }) => filter.Values.includes(Name) && ARN.split(':')[3] === region,
  );
  return {
    Parameters: found.map(({ ARN, Name, Type, Version, KeyId, changedAt }) => ({
      ARN,
      Name,
      Type,
      Version,
      // Without one, AWS's own key encrypts it.
      ...(Type === 'SecureString' ? { KeyId: KeyId ?? 'alias/aws/ssm' } : {}),
      LastModifiedDate: epochSeconds(changedAt),
      DataType: 'text',
    })),
  };
}

function shown({ Tags: _, KeyId: __, changedAt, ...parameter }: Parameter, input: GetParametersInput): object {
  const isHidden = parameter.Type === 'SecureString' && input.WithDecryption !== true;
  const Value = isHidden ? Buffer.from(parameter.Value).toString('base64') : parameter.Value;
  return { ...parameter, Value, LastModifiedDate: epochSeconds(changedAt), DataType: 'text' };
}

function checkDeletion(account: Account, { region, input }: Call<PutParameterInput>): void {
  if (account.parameters.has(parameterArn(region, input.Name))) return;
  throw new ApiError('ParameterNotFound', '');
}

function deleteParameter(account: Account, { region, input }: Call<PutParameterInput>): object {
  account.parameters.delete(parameterArn(region, input.Name));
  return {};
}

function parameterArn(region: string, name: string): string {
  return arn('ssm', region, `parameter${name.startsWith('/') ? '' : '/'}${name}`);
}
