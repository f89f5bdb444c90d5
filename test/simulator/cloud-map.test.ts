import { DeleteServiceCommand as DeleteEcsServiceCommand } from '@aws-sdk/client-ecs';
import {
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand,
  DeleteNamespaceCommand,
  DeleteServiceCommand,
  GetNamespaceCommand,
  GetOperationCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShop, prepareShop, refusal, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
let discovery: ServiceDiscoveryClient;
beforeEach(async () => {
  account = await testAccount();
  await prepareShop(account);
  discovery = new ServiceDiscoveryClient({
    endpoint: account.simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterEach(() => account.close());

const makeNamespace = () =>
  discovery.send(new CreatePrivateDnsNamespaceCommand({ Name: 'shop.internal', Vpc: 'vpc-1' }));

async function namespaceId(): Promise<string> {
  const { OperationId } = await makeNamespace();
  const { Operation } = await discovery.send(new GetOperationCommand({ OperationId }));
  return Operation?.Targets?.NAMESPACE as string;
}

const makeEntry = (NamespaceId: string, Type: 'A' | 'SRV' = 'A') =>
  discovery.send(
    new CreateServiceCommand({ Name: 'web', NamespaceId, DnsConfig: { DnsRecords: [{ Type, TTL: 60 }] } }),
  );

it('gives a name once, in a namespace of which a VPC has one', async () => {
  const id = await namespaceId();
  expect(await refusal(makeNamespace())).toMatchObject({ name: 'NamespaceAlreadyExists' });
  await makeEntry(id);
  expect(await refusal(makeEntry(id))).toMatchObject({ name: 'ServiceAlreadyExists' });
});

it('deletes a name when no task is registered any more, and then its namespace', async () => {
  const id = await namespaceId();
  const { Service } = await makeEntry(id);
  await createShop(account, { serviceRegistries: [{ registryArn: Service?.Arn }] });
  account.pass(60);
  const drop = () => discovery.send(new DeleteServiceCommand({ Id: Service?.Id }));
  const dropNamespace = () => discovery.send(new DeleteNamespaceCommand({ Id: id }));
  expect(await refusal(drop())).toMatchObject({ name: 'ResourceInUse' });
  expect(await refusal(dropNamespace())).toMatchObject({ name: 'ResourceInUse' });
  await account.ecs.send(new DeleteEcsServiceCommand({ service: 'shop', force: true }));
  account.pass(300);
  await drop();
  await dropNamespace();
  expect(await refusal(discovery.send(new GetNamespaceCommand({ Id: id })))).toMatchObject({
    name: 'NamespaceNotFound',
  });
});

it('refuses services that are registered otherwise than their records tell', async () => {
  const id = await namespaceId();
  const registryArn = (await makeEntry(id)).Service?.Arn as string;
  const missing = createShop(account, { serviceRegistries: [{ registryArn: `${registryArn}0` }] });
  expect(await refusal(missing)).toMatchObject({ name: 'InvalidParameterException' });
  const withPort = createShop(account, {
    serviceRegistries: [{ registryArn, containerName: 'web', containerPort: 80 }],
  });
  expect((await refusal(withPort)).message).toContain("do not require a value for 'containerPort'");
});
