import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  type DescribeSecurityGroupsCommandInput,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  type EC2ClientConfig,
  type SecurityGroup as Ec2SecurityGroup,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import { type Ask, undefinedOn } from '../aws/aws-error.ts';
import { type InboundRule, isGroup, type Network, type Route, type SecurityGroup } from './network.ts';

/**
 * EC2 by the SDK. This file is a bundle of its own, loaded last: the client is as large as all others together, and
 * only addresses and networks need it.
 */
export function ec2Network(config: EC2ClientConfig, ask: Ask): Network {
  const client = new EC2Client(config);
  const groups = async (input: DescribeSecurityGroupsCommandInput) => {
    const { SecurityGroups = [] } = await ask('ec2:DescribeSecurityGroups', () =>
      client.send(new DescribeSecurityGroupsCommand(input)),
    );
    return SecurityGroups.map(securityGroup);
  };
  const routeTables = async (...filters: readonly (readonly [name: string, values: readonly string[]])[]) => {
    const Filters = filters.map(([Name, values]) => ({ Name, Values: [...values] }));
    const { RouteTables = [] } = await ask('ec2:DescribeRouteTables', () =>
      client.send(new DescribeRouteTablesCommand({ Filters })),
    );
    return RouteTables;
  };
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
    async places(subnets) {
      const { Subnets = [] } = await ask('ec2:DescribeSubnets', () =>
        client.send(new DescribeSubnetsCommand({ SubnetIds: [...subnets] })),
      );
      return subnets.flatMap((id) => {
        const found = Subnets.find(({ SubnetId }) => SubnetId === id);
        return found === undefined ? [] : { id, vpc: found.VpcId ?? '', zone: found.AvailabilityZone ?? '' };
      });
    },
    async routes({ vpc, subnets }) {
      const own = await routeTables(['association.subnet-id', subnets]);
      const routes = new Map(
        own.flatMap((table) => (table.Associations ?? []).map(({ SubnetId = '' }) => [SubnetId, routeOf(table)])),
      );
      if (subnets.every((id) => routes.has(id))) return routes;
      const [main] = await routeTables(['vpc-id', [vpc]], ['association.main', ['true']]);
      return new Map(subnets.map((id) => [id, routes.get(id) ?? routeOf(main)]));
    },
    async endpoints(vpc) {
      const Filters = [{ Name: 'vpc-id', Values: [vpc] }];
      const { VpcEndpoints = [] } = await ask('ec2:DescribeVpcEndpoints', () =>
        client.send(new DescribeVpcEndpointsCommand({ Filters })),
      );
      return VpcEndpoints.flatMap(({ ServiceName }) => ServiceName ?? []);
    },
    async defaultSecurityGroup(vpc) {
      const Filters = [
        { Name: 'vpc-id', Values: [vpc] },
        { Name: 'group-name', Values: ['default'] },
      ];
      return (await groups({ Filters }))[0];
    },
    securityGroups: (ids) => groups({ GroupIds: [...ids] }),
    securityGroupsNamed: (name) => groups({ Filters: [{ Name: 'group-name', Values: [name] }] }),
    async createSecurityGroup(VpcId, GroupName, Description, tags) {
      const Tags = tags.map(({ key, value }) => ({ Key: key, Value: value }));
      const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags }];
      const { GroupId = '' } = await ask('ec2:CreateSecurityGroup', () =>
        client.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description, TagSpecifications })),
      );
      return GroupId;
    },
    async authorizeIngress(GroupId, rules) {
      const IpPermissions = rules.map(permission);
      await ask('ec2:AuthorizeSecurityGroupIngress', () =>
        client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions })),
      );
    },
    async revokeIngress(GroupId, rules) {
      const IpPermissions = rules.map(permission);
      await ask('ec2:RevokeSecurityGroupIngress', () =>
        client.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions })),
      );
    },
    async deleteSecurityGroup(GroupId) {
      const gone = ask('ec2:DeleteSecurityGroup', () => client.send(new DeleteSecurityGroupCommand({ GroupId })));
      await gone.catch(undefinedOn('InvalidGroup.NotFound'));
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

/** Where a table sends what is for no address that it knows. A route whose target is gone is a black hole. */
function routeOf(table: RouteTable | undefined): Route {
  const route = table?.Routes?.find(
    ({ DestinationCidrBlock, State }) => DestinationCidrBlock === '0.0.0.0/0' && State !== 'blackhole',
  );
  if (route === undefined) return 'none';
  return route.GatewayId?.startsWith('igw-') ? 'internet-gateway' : 'nat';
}

function securityGroup(group: Ec2SecurityGroup): SecurityGroup {
  const { GroupId = '', GroupName = '', VpcId = '', Tags = [], IpPermissions = [] } = group;
  return {
    id: GroupId,
    name: GroupName,
    vpc: VpcId,
    tags: new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    inbound: IpPermissions.flatMap(rulesOf),
  };
}

/** The rules of a permission, one a source. */
function rulesOf({ IpProtocol = '-1', FromPort, ToPort, ...sources }: IpPermission): readonly InboundRule[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = sources;
  const rule = (source = '', description: string | undefined): InboundRule => ({
    protocol: IpProtocol,
    ...(FromPort === undefined ? {} : { fromPort: FromPort }),
    ...(ToPort === undefined ? {} : { toPort: ToPort }),
    source,
    ...(description === undefined ? {} : { description }),
  });
  return [
    ...IpRanges.map(({ CidrIp, Description }) => rule(CidrIp, Description)),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => rule(CidrIpv6, Description)),
    ...PrefixListIds.map(({ PrefixListId, Description }) => rule(PrefixListId, Description)),
    ...UserIdGroupPairs.map(({ GroupId, Description }) => rule(GroupId, Description)),
  ];
}

function permission({ protocol, fromPort, toPort, source, description }: InboundRule): IpPermission {
  const more = description === undefined ? {} : { Description: description };
  return {
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: toPort,
    ...(isGroup(source)
      ? { UserIdGroupPairs: [{ GroupId: source, ...more }] }
      : source.includes(':')
        ? { Ipv6Ranges: [{ CidrIpv6: source, ...more }] }
        : { IpRanges: [{ CidrIp: source, ...more }] }),
  };
}
