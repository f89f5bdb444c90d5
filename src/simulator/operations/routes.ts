import type { Account, Call } from '../account.ts';
import { ACCOUNT_ID, hexadecimal } from '../identifiers.ts';
import { defaultVpcId, type Route, type Subnet, subnet } from '../network.ts';
import { type Attributes, type Filter, filtered } from './filters.ts';
import type { Operation } from './operation.ts';

interface DescribeInput {
  readonly Filter?: readonly Filter[];
}

/** A route table: the main one of the VPC, or that of a subnet which goes elsewhere. */
interface RouteTable {
  readonly vpcId: string;
  readonly route: Route;
  readonly subnet?: Subnet;
}

export const routeOperations: Readonly<Record<string, Operation>> = {
  DescribeRouteTables: { answer: describeRouteTables },
  DescribeVpcEndpoints: { answer: describeVpcEndpoints },
};

const TABLE_ATTRIBUTES: Attributes<RouteTable> = {
  'vpc-id': ({ vpcId }) => vpcId,
  'association.main': (table) => String(table.subnet === undefined),
  'association.subnet-id': (table) => table.subnet?.subnetId ?? [],
};

/** Subnets are there when they are asked for, so their tables are those that the filters name. */
function describeRouteTables(_: Account, { input, region }: Call<DescribeInput>): object {
  const vpcId = defaultVpcId(region);
  const asked = (input.Filter ?? []).filter(({ Name }) => Name === 'association.subnet-id');
  const own = asked.flatMap(({ Value }) => Value).flatMap((id) => subnet(id, region) ?? []);
  const tables: readonly RouteTable[] = [
    { vpcId, route: 'internet-gateway' },
    ...own
      .filter(({ route }) => route !== 'internet-gateway')
      .map((place) => ({ vpcId, route: place.route, subnet: place })),
  ];
  return { routeTableSet: filtered(tables, input.Filter, TABLE_ATTRIBUTES).map(describe) };
}

function describe({ vpcId, route, subnet: place }: RouteTable): object {
  const routeTableId = idOf('rtb', place?.subnetId ?? vpcId);
  const local = { destinationCidrBlock: '172.31.0.0/16', gatewayId: 'local', state: 'active' };
  const ways: Readonly<Record<Route, readonly object[]>> = {
    'internet-gateway': [{ destinationCidrBlock: '0.0.0.0/0', gatewayId: idOf('igw', vpcId), state: 'active' }],
    'nat-gateway': [{ destinationCidrBlock: '0.0.0.0/0', natGatewayId: idOf('nat', vpcId), state: 'active' }],
    none: [],
  };
  return {
    routeTableId,
    vpcId,
    ownerId: ACCOUNT_ID,
    routeSet: [local, ...ways[route]],
    associationSet: [
      {
        routeTableAssociationId: idOf('rtbassoc', routeTableId),
        routeTableId,
        main: place === undefined,
        subnetId: place?.subnetId,
      },
    ],
  };
}

/** Nobody has made any. */
function describeVpcEndpoints(): object {
  return { vpcEndpointSet: [] };
}

function idOf(kind: string, seed: string): string {
  return `${kind}-${hexadecimal(17, `${kind}:${seed}`)}`;
}
