import { expect, test } from 'vitest';
import { withFormer } from '../../../src/deployer/iam/former-policy.ts';
import { policy, type Statement } from '../../../src/deployer/iam/policy.ts';

const read = (...Resource: readonly string[]): Statement => ({
  Sid: 'ReadParameters',
  Effect: 'Allow',
  Action: ['ssm:GetParameters'],
  Resource,
});
const write: Statement = { Sid: 'WriteLogs', Effect: 'Allow', Action: ['logs:PutLogEvents'], Resource: ['*'] };
const deny: Statement = { Effect: 'Deny', Action: ['s3:DeleteObject'], Resource: ['*'] };

function meanwhile(wanted: readonly Statement[], former: readonly Statement[]): readonly Statement[] {
  return withFormer(policy(wanted), { policy: JSON.stringify(policy(former)) }).Statement;
}

test('a role that is new, or is to be allowed more, gets what is wanted', () => {
  const wanted = policy([write, read('/a', '/b')]);
  expect(withFormer(wanted, {})).toBe(wanted);
  expect(meanwhile(wanted.Statement, [read('/b'), write])).toBe(wanted.Statement);
});

test('one that is to be allowed less stays as it is', () => {
  expect(meanwhile([read('/a')], [write, read('/a', '/b')])).toEqual([write, read('/a', '/b')]);
  expect(meanwhile([], [write])).toEqual([write]);
});

test('one that is to be allowed something else is allowed both, and nothing changes that again', () => {
  const both = meanwhile([write, read('/a')], [write, read('/b')]);
  const { Sid: _, ...former } = read('/b');
  expect(both).toEqual([write, read('/a'), former]);
  expect(meanwhile([write, read('/a')], both)).toEqual(both);
});

test('other conditions make another statement', () => {
  const conditional = { ...write, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } };
  const { Sid: _, ...former } = write;
  expect(meanwhile([conditional], [write])).toEqual([conditional, former]);
});

test('what was refused is not refused to the new tasks', () => {
  expect(meanwhile([write], [write, deny])).toEqual([write]);
  const { Sid: _, ...former } = read('/a');
  expect(meanwhile([write], [write, read('/a'), deny])).toEqual([write, former]);
  expect(meanwhile([write, deny], [write, read('/a'), deny])).toEqual([write, read('/a'), deny]);
});

test('a policy that a person has written is read too', () => {
  const { Statement } = withFormer(policy([write]), {
    policy: '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}',
  });
  expect(Statement).toEqual([write, { Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
});

test('where both are longer than a role takes, it gets what is wanted', () => {
  const many = (start: string) =>
    read(...Array.from({ length: 150 }, (_, index) => `${start}/${'x'.repeat(30)}/${index}`));
  expect(meanwhile([many('/a')], [many('/b')])).toEqual([many('/a')]);
});
