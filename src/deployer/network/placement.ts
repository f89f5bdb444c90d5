import type { NetworkSettings } from '../../transformer/task.ts';
import type { Account, Placement } from '../account.ts';
import type { SecurityGroup } from './network.ts';

/** Where tasks are put, and the security groups that are known by then. */
export interface Placed {
  readonly placement: Placement;
  readonly securityGroups: readonly SecurityGroup[];
}

/**
 * Completes the network settings of the files: without subnets, tasks run in those of the default VPC, with its default
 * group and a public address. undefined where there is no default VPC. With `check`, the groups are looked up at once,
 * so that one that does not exist is refused before anything is changed.
 */
export async function place(account: Account, given: NetworkSettings, check: boolean): Promise<Placed | undefined> {
  const { subnets, securityGroups, assignPublicIp } = given;
  const named = async () =>
    check && securityGroups !== undefined ? await (await account.network()).securityGroups(securityGroups) : [];
  if (subnets !== undefined) {
    // AWS takes DISABLED for what is not said.
    const placement = { subnets, assignPublicIp: assignPublicIp ?? 'DISABLED', ...defined({ securityGroups }) };
    return { placement, securityGroups: await named() };
  }
  const network = await account.network();
  const found = await network.defaultSubnets();
  if (found === undefined) return undefined;
  const known =
    securityGroups === undefined
      ? await network.defaultSecurityGroup(found.vpc).then((one) => one && [one])
      : await named();
  const groups = securityGroups ?? known?.map(({ id }) => id);
  const placement = {
    // A task takes one of at most 16 subnets.
    subnets: found.subnets.slice(0, 16),
    // Without it an image cannot be pulled there: default subnets have no NAT gateway.
    assignPublicIp: assignPublicIp ?? 'ENABLED',
    ...defined({ securityGroups: groups }),
  } as const;
  return { placement, securityGroups: known ?? [] };
}

function defined({
  securityGroups,
}: {
  securityGroups: readonly string[] | undefined;
}): Pick<Placement, 'securityGroups'> {
  return securityGroups === undefined ? {} : { securityGroups };
}
