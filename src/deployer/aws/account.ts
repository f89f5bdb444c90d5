import type { Account } from '../account.ts';
import type { Roles } from '../iam/roles.ts';
import type { Network } from '../network/network.ts';
import { asking, type OnCall } from './aws-error.ts';
import { type Connection, callerOf, clientConfiguration } from './connection.ts';
import { ecsAccount } from './ecs.ts';
import { logsAccount } from './logs.ts';

/**
 * Opens an account of AWS, or of anything that speaks its protocols at the connection's endpoint. Calls nothing.
 * `onCall` is told of every call when it has ended.
 */
export function openAccount(connection: Connection, onCall?: OnCall): Account {
  const configuration = clientConfiguration(connection);
  const ask = asking(callerOf(connection), onCall);
  const ecs = ecsAccount(configuration, ask);
  const logs = logsAccount(configuration, ask);
  let network: Promise<Network> | undefined;
  let roles: Promise<Roles> | undefined;
  return {
    ...ecs,
    ...logs,
    network() {
      network ??= import('../network/ec2-client.ts').then(({ ec2Network }) => ec2Network(configuration, ask));
      return network;
    },
    roles() {
      roles ??= import('../iam/iam-client.ts').then(({ iamRoles }) => iamRoles(configuration, ask));
      return roles;
    },
    close() {
      ecs.close();
      logs.close();
    },
  };
}
