import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type EC2ClientConfig,
  type SecurityGroup as Ec2SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { Ask } from '../aws/aws-error.ts';
import type { Network, SecurityGroup } from './network.ts';

/**
 * EC2 by the SDK. This file is a bundle of its own, loaded last: the client is as large as all others together, and
 * only addresses and networks need it.
 */
export function ec2Network(config: EC2ClientConfig, ask: Ask): Network {
  const client = new EC2Client(config);
  return {
    async defaultSubnets() {
      // Only a default VPC has subnets that are the default of their zone.
      const Filters = [{ Name: 'default-for-az', Values: ['true'] }];
      const { Subnets = [] } = await ask('ec2:DescribeSubnets', () =>
        client.send(new DescribeSubnetsCommand({ Filters })),
      );
      const [first] = Subnets;
      if (first?.VpcId === undefined) return undefined;
      return { vpc: first.VpcId, subnets: Subnets.flatMap(({ SubnetId }) => SubnetId ?? []).sort() };
    },
    async defaultSecurityGroup(vpc) {
      const Filters = [
        { Name: 'vpc-id', Values: [vpc] },
        { Name: 'group-name', Values: ['default'] },
      ];
      const { SecurityGroups = [] } = await ask('ec2:DescribeSecurityGroups', () =>
        client.send(new DescribeSecurityGroupsCommand({ Filters })),
      );
      return SecurityGroups.map(securityGroup)[0];
    },
    async securityGroups(ids) {
      const { SecurityGroups = [] } = await ask('ec2:DescribeSecurityGroups', () =>
        client.send(new DescribeSecurityGroupsCommand({ GroupIds: [...ids] })),
      );
      return SecurityGroups.map(securityGroup);
    },
    async networkInterfaces(ids) {
      const { NetworkInterfaces = [] } = await ask('ec2:DescribeNetworkInterfaces', () =>
        client.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [...ids] })),
      );
      return NetworkInterfaces.map(({ NetworkInterfaceId = '', Association, Groups = [] }) => ({
        id: NetworkInterfaceId,
        ...(Association?.PublicIp === undefined ? {} : { publicAddress: Association.PublicIp }),
        securityGroups: Groups.flatMap(({ GroupId }) => GroupId ?? []),
      }));
    },
  };
}

function securityGroup({ GroupId = '', IpPermissions = [] }: Ec2SecurityGroup): SecurityGroup {
  return {
    id: GroupId,
    inbound: IpPermissions.filter(
      ({ IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] }) =>
        IpRanges.length + Ipv6Ranges.length + PrefixListIds.length > 0,
    ).map(({ IpProtocol = '-1', FromPort, ToPort }) => ({
      protocol: IpProtocol,
      ...(FromPort === undefined ? {} : { fromPort: FromPort }),
      ...(ToPort === undefined ? {} : { toPort: ToPort }),
    })),
  };
}
