import type { OptionDefinition } from './command.ts';
import { UsageError } from './command.ts';
import { parseRepeated } from './repeated.ts';

/** The options that every command takes, before or after its name. */
export interface GlobalOptions {
  readonly file?: readonly string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly envFile?: readonly string[];
  readonly profile?: readonly string[];
  readonly ecsParams?: string;
  readonly registryCreds?: string;
  readonly family?: string;
  readonly rewriteHosts?: boolean;
  readonly severity?: readonly string[];
  readonly strict?: boolean;
  readonly region?: string;
  readonly awsProfile?: string;
  readonly cluster?: string;
  readonly endpointUrl?: string;
  readonly simulate?: boolean;
  /** The file that holds the simulated account; implies `simulate`. */
  readonly simulateState?: string;
  /** Divides the simulator's and the poller's times. */
  readonly simulateSpeed?: number;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export const globalOptions: readonly OptionDefinition[] = [
  {
    flags: '-f, --file <path>',
    summary: 'Compose file; repeat to merge several, "-" reads stdin',
    completes: 'files',
    parse: parseRepeated,
  },
  {
    flags: '-p, --project-name <name>',
    summary: 'project name, and the family of the task definition',
    emptyIsNone: true,
  },
  {
    flags: '--project-directory <path>',
    summary: 'directory in which relative paths start',
    completes: 'files',
    emptyIsNone: true,
  },
  {
    flags: '--env-file <path>',
    summary: 'file of variables in place of .env; may be repeated',
    completes: 'files',
    parse: parseRepeated,
  },
  { flags: '--profile <name>', summary: 'Compose profile to activate; may be repeated', parse: parseRepeated },
  {
    flags: '--ecs-params <path>',
    summary: 'ecs-params file (default: ecs-params.yml beside the Compose file)',
    completes: 'files',
  },
  {
    flags: '--registry-creds <path>',
    summary: 'what "registry-creds up" wrote (default: the newest such file beside the Compose file)',
    completes: 'files',
  },
  { flags: '--family <name>', summary: 'family of the task definition, exactly as written' },
  { flags: '--no-rewrite-hosts', summary: 'leave names of sibling services as they are' },
  {
    flags: '--severity <code=level>',
    summary: 'report a finding as error, warning, info or off',
    parse: parseRepeated,
  },
  { flags: '--strict', summary: 'end with exit code 1 on warnings too' },
  { flags: '-r, --region <name>', summary: 'AWS region' },
  { flags: '--aws-profile <name>', summary: 'AWS profile' },
  { flags: '-c, --cluster <name>', summary: 'ECS cluster (default: $ECS_CLUSTER, then "default")' },
  { flags: '--launch-type <type>', summary: 'FARGATE, which is all there is', parse: parseLaunchType },
  { flags: '--endpoint-url <url>', summary: 'send AWS calls to this address', parse: parseEndpoint },
  { flags: '--simulate', summary: 'use the built-in simulator in place of AWS: no account is needed' },
  { flags: '--simulate-state <path>', summary: 'file that holds the simulated account', completes: 'files' },
  { flags: '--simulate-speed <factor>', summary: 'how many times faster simulated time passes', parse: parseFactor },
  { flags: '--json', summary: 'machine-readable: a JSON document on stdout, events as JSON lines on stderr' },
  { flags: '--no-color', summary: 'no colours' },
  { flags: '-q, --quiet', summary: 'no progress, and findings only where they end the command' },
  { flags: '--verbose', summary: 'say more: each call to AWS, with its time and how it ended' },
];

function parseEndpoint(text: string): string {
  if (/^https?:/i.test(text) && URL.canParse(text)) return text;
  throw new UsageError(`"${text}" is no address. Write one such as http://127.0.0.1:4566.`);
}

function parseFactor(text: string): number {
  const factor = Number(text);
  if (!(factor > 0 && Number.isFinite(factor))) throw new UsageError(`"${text}" is no factor. Write a number above 0.`);
  return factor;
}

/** ecs-cli's scripts name it. */
function parseLaunchType(text: string): string {
  if (text === 'FARGATE') return text;
  throw new UsageError(
    `The launch type ${text} is not supported: compose2fargate makes task definitions for Fargate, and runs them there. Leave the option out.`,
  );
}
