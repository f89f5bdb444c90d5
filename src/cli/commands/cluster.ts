import { fitsVpc, parseCidr } from '../../deployer/cluster/cidr.ts';
import type { ClusterSettings, NetworkChoice } from '../../deployer/cluster/cluster-settings.ts';
import { defaultCluster } from '../../deployer/desired.ts';
import type { Tag } from '../../fargate/task-definition.ts';
import { type CommandGroup, type OptionDefinition, UsageError } from '../command.ts';
import { parseDuration } from '../durations.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import { parsePort } from '../port.ts';
import { findRegion } from '../region.ts';
import { repeated } from '../repeated.ts';
import { parseTags } from '../tags.ts';

type Online = typeof import('../online.ts');

interface UpFlags extends GlobalOptions {
  readonly private?: boolean;
  readonly empty?: boolean;
  readonly vpcCidr?: string;
  readonly azs?: readonly string[];
  readonly vpc?: string;
  readonly subnets?: readonly string[];
  readonly securityGroup?: readonly string[];
  readonly port?: readonly number[];
  readonly cidr?: string;
  readonly tags?: readonly Tag[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly timeout?: number;
}

interface DownFlags extends GlobalOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly timeout?: number;
}

const dryRun: OptionDefinition = { flags: '--dry-run', summary: 'print what would be done, and do nothing' };
const timeout: OptionDefinition = {
  flags: '--timeout <duration>',
  summary: 'how long to wait (default: 30m)',
  parse: parseDuration,
};

/** A cluster with all that tasks on Fargate need around them. Where ecs-cli has an option, it has its name. */
export const cluster: CommandGroup = {
  name: 'cluster',
  summary: 'a cluster with its network and roles: up, down',
  commands: [
    {
      name: 'up',
      summary: 'create a cluster with network, security group, execution role and log group, or change it',
      options: [
        { flags: '--private', summary: 'run tasks in private subnets, behind a NAT gateway' },
        { flags: '-e, --empty', summary: 'no network: the cluster, the role and the log group alone' },
        {
          flags: '--vpc-cidr <cidr>',
          summary: 'addresses of the VPC, a /16 to a /24 (default: 10.0.0.0/16)',
          parse: parseVpcCidr,
        },
        { flags: '--azs <zones>', summary: 'two availability zones, with a comma between them', parse: parseZones },
        { flags: '--vpc <id>', summary: 'use this VPC and its --subnets' },
        {
          flags: '--subnets <ids>',
          summary: 'subnets of --vpc, with commas between them',
          parse: parseList,
        },
        {
          flags: '--security-group <ids>',
          summary: 'use these security groups, with commas between them',
          parse: parseList,
        },
        {
          flags: '--port <port>',
          summary: 'TCP port that the security group opens; may be repeated (default: 80)',
          parse: parsePorts,
        },
        { flags: '--cidr <cidr>', summary: 'to whom it is opened (default: 0.0.0.0/0)', parse: parseSource },
        {
          flags: '--tags <key=value,…>',
          summary: 'tags of all that is made; may be repeated',
          parse: parseTags,
        },
        { flags: '--capability-iam', summary: 'as is done anyway: the stack may make a role' },
        dryRun,
        { flags: '-y, --yes', summary: 'do not ask before something is replaced or deleted' },
        { flags: '-f, --force', summary: 'the same' },
        timeout,
      ],
      async run(io, options: UpFlags) {
        const settings = settingsOf(clusterOf(io, options), options);
        const region = findRegion(io, options);
        checkZones(options.azs, region);
        const { clusterUp }: Online = await import('../online.ts');
        const { yes, force, ...others } = options;
        const context = { io, options, region };
        return clusterUp(context, { ...others, settings, yes: (yes ?? false) || (force ?? false) });
      },
    },
    {
      name: 'down',
      summary: 'delete a cluster with all that "cluster up" made for it',
      options: [
        dryRun,
        { flags: '-y, --yes', summary: 'do not ask' },
        { flags: '-f, --force', summary: 'do not ask, and first remove the services and tasks of projects there' },
        timeout,
      ],
      async run(io, options: DownFlags) {
        clusterOf(io, options);
        const { clusterDown }: Online = await import('../online.ts');
        return clusterDown({ io, options, region: findRegion(io, options) }, options);
      },
    },
  ],
};

/** The name of the cluster. It must be given: `default` belongs to everybody in the account. */
function clusterOf(io: Io, options: GlobalOptions): string {
  const name = options.cluster ?? io.host.environment['ECS_CLUSTER'] ?? '';
  if (name === '' || name === defaultCluster) {
    throw new UsageError(
      'Which cluster? Name it with --cluster NAME or ECS_CLUSTER; "default" is not for this command.',
    );
  }
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(name)) {
    throw new UsageError(`"${name}" is no name for a cluster. It takes up to 100 letters, digits, "-" and "_".`);
  }
  return name;
}

function settingsOf(name: string, options: UpFlags): ClusterSettings {
  const { securityGroup, port = [80], cidr = '0.0.0.0/0', tags = [] } = options;
  return {
    cluster: name,
    network: networkOf(options),
    ingress: { ports: [...new Set(port)].sort((a, b) => a - b), source: cidr },
    ...(securityGroup === undefined ? {} : { securityGroups: securityGroup }),
    tags,
  };
}

function networkOf({ empty, vpc, subnets, vpcCidr, azs, private: isPrivate }: UpFlags): NetworkChoice {
  const ownOnly = { '--vpc-cidr': vpcCidr, '--azs': azs, '--private': isPrivate };
  const [own] = Object.entries(ownOnly).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  const other = empty ? '--empty' : vpc !== undefined ? '--vpc' : undefined;
  if (other !== undefined && own !== undefined) {
    throw new UsageError(
      `${own} is about a network that is made here, and ${other} wants none. Leave one of them out.`,
    );
  }
  if ((vpc === undefined) !== (subnets === undefined)) {
    throw new UsageError('--vpc and --subnets go together: name the VPC and the subnets in it that tasks run in.');
  }
  if (empty && vpc !== undefined) throw new UsageError('--empty wants no network, and --vpc names one. Leave one out.');
  if (empty) return { kind: 'none' };
  if (vpc !== undefined && subnets !== undefined) return { kind: 'existing', vpc, subnets };
  const zones = azs as readonly [string, string] | undefined;
  return {
    kind: 'own',
    cidr: vpcCidr ?? '10.0.0.0/16',
    ...(zones === undefined ? {} : { zones }),
    private: isPrivate ?? false,
  };
}

function parseList(text: string, earlier: unknown): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.some((item) => item === '')) throw new UsageError(`"${text}" is no list. Write a comma between two ids.`);
  return repeated(earlier, ...items);
}

function parseZones(text: string): readonly string[] {
  const zones = parseList(text, undefined);
  if (zones.length === 2 && zones[0] !== zones[1]) return zones;
  throw new UsageError(`"${text}" are not two zones. Write two different ones, such as us-east-1a,us-east-1b.`);
}

/** The name of a zone begins with that of its region. */
function checkZones(zones: readonly string[] = [], region: string | undefined): void {
  const distant = zones.find((zone) => region !== undefined && !zone.startsWith(region));
  if (distant === undefined) return;
  throw new UsageError(
    `The zone ${distant} of --azs is not in ${region}, where the cluster is made. Write zones such as ${region}a,${region}b, or name another --region.`,
  );
}

function parsePorts(text: string, earlier: unknown): readonly number[] {
  return repeated(earlier, parsePort(text));
}

function parseVpcCidr(text: string): string {
  if (fitsVpc(text)) return text;
  throw new UsageError(`"${text}" is no block for a VPC. Write one such as 10.0.0.0/16; it may be a /16 to a /24.`);
}

function parseSource(text: string): string {
  if (parseCidr(text) !== undefined) return text;
  throw new UsageError(`"${text}" is no block of addresses. Write one such as 203.0.113.0/24, or 0.0.0.0/0 for all.`);
}
