import type { Account } from '../account.ts';
import type { Network } from '../network/network.ts';
import { ask } from './aws-error.ts';
import { type Connection, clientConfiguration } from './connection.ts';
import { ecsAccount } from './ecs.ts';
import { logsAccount } from './logs.ts';

/** Opens an account of AWS, or of anything that speaks its protocols at the connection's endpoint. Calls nothing. */
export function openAccount(connection: Connection): Account {
  const configuration = clientConfiguration(connection);
  const ecs = ecsAccount(configuration);
  const logs = logsAccount(configuration);
  let network: Promise<Network> | undefined;
  return {
    ...ecs,
    ...logs,
    network() {
      network ??= import('../network/ec2-client.ts').then(({ ec2Network }) => ec2Network(configuration, ask));
      return network;
    },
    close() {
      ecs.close();
      logs.close();
    },
  };
}
