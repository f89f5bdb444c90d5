import type { NetworkSettings } from '../../transformer/task.ts';
import type { Account, Placement } from '../account.ts';
import type { SecurityGroup } from './network.ts';

/** Where tasks are put, and the security groups that are known by then. */
export interface Placed {
  readonly placement: Placement;
  readonly securityGroups: readonly SecurityGroup[];
}

/**
 * Whether tasks get a public address, for which AWS charges: without a word of it, those in the default VPC do, since
 * its subnets have no NAT gateway to pull an image through, and AWS takes DISABLED for those in subnets that are named.
 */
export function assignsPublicIp({ assignPublicIp, subnets }: NetworkSettings): 'ENABLED' | 'DISABLED' {
  return assignPublicIp ?? (subnets === undefined ? 'ENABLED' : 'DISABLED');
}

/**
 * Completes the network settings of the files: without subnets, tasks run in those of the default VPC, with its default
 * group and a public address. undefined where there is no default VPC. With `check`, the groups are looked up at once,
 * so that one that does not exist is refused before anything is changed.
 */
export async function place(account: Account, given: NetworkSettings, check: boolean): Promise<Placed | undefined> {
  const { subnets, securityGroups } = given;
  const assignPublicIp = assignsPublicIp(given);
  const named = async () =>
    check && securityGroups !== undefined ? await (await account.network()).securityGroups(securityGroups) : [];
  if (subnets !== undefined) {
    const placement = { subnets, assignPublicIp, ...defined({ securityGroups }) };
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
    assignPublicIp,
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
