import { devNull } from 'node:os';
import {
  type Account,
  type AwsError,
  type Call,
  type Clock,
  type Connection,
  defaultCluster,
  isAwsError,
  type Obstacle,
  openAccount,
  systemClock,
} from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { isSimulated } from '../region.ts';
import { rendererFor } from '../render/renderer.ts';
import type { AccountContext, OnlineContext } from './context.ts';
import type { OnlineEvent } from './event.ts';

type Simulation = typeof import('../simulator.ts');

/** What a command needs to talk to AWS, or to the simulator in its place. */
export interface AccountSession {
  readonly io: Io;
  readonly account: Account;
  readonly cluster: string;
  readonly region: string;
  /** What stands in for AWS: the simulator, or the endpoint that the user names. */
  readonly endpoint?: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: (event: OnlineEvent) => void;
}

/** The session of a command about a project. */
export interface Session extends AccountSession {
  readonly family: string;
  /** The service that a command is about; absent for one about tasks. */
  readonly service?: string;
  /** The project's name, which its tasks carry as a tag. */
  readonly project: string;
}

/** What a command ends with, and what it writes to stdout. */
export interface Ended {
  readonly code: ExitCode;
  readonly result?: string;
}

interface Showing {
  readonly live?: boolean;
}

/** The state of the account forbids what a command is about to do. */
export class Blocked extends Error {
  readonly obstacle: Obstacle;

  constructor(obstacle: Obstacle) {
    super(obstacle.kind);
    this.obstacle = obstacle;
  }
}

/** Runs a command about a project in a session, as `inAccount` does. */
export function inSession(
  context: OnlineContext,
  command: (session: Session) => Promise<Ended>,
  showing?: Showing,
): Promise<ExitCode> {
  const { project, task, ofService } = context;
  const { family } = task.definition;
  const own = { family, project: project.name, ...(ofService ? { service: family } : {}) };
  return inAccount(context, (session) => command({ ...session, ...own }), showing);
}

/**
 * Runs a command in a session and closes all that it opened. What AWS refuses, and what is `Blocked`, becomes an event
 * and exit code 3. What the command writes to stdout comes last: the progress is off the screen by then. What is not
 * `live` is told line by line on a terminal too.
 */
export async function inAccount(
  context: AccountContext,
  command: (session: AccountSession) => Promise<Ended>,
  { live = true }: Showing = {},
): Promise<ExitCode> {
  const { io, options, region } = context;
  const renderer = rendererFor(io, options, live);
  const emit = (event: OnlineEvent) => renderer.show(event);
  const closing: (() => unknown)[] = [];
  let result: string | undefined;
  try {
    if (region === undefined) {
      emit({ code: 'region/missing', level: 'error', data: {} });
      return exitCode.findings;
    }
    const simulated = isSimulated(options);
    const profile = simulated ? undefined : profileOfEcsCli(context);
    if (profile !== undefined) {
      emit({ code: 'profile/of-ecs-cli', level: 'error', data: { profile } });
      return exitCode.usage;
    }
    const connection = simulated ? await simulate(context, emit, closing) : await realConnection(context, region);
    if (connection === undefined) return exitCode.findings;
    const tell = (data: Call) => emit({ code: 'aws/called', level: 'info', data });
    const account = openAccount({ ...connection, region }, options.verbose ? tell : undefined);
    // The SDK reads the variable by itself.
    const endpoint = connection.endpoint ?? io.host.environment['AWS_ENDPOINT_URL'];
    closing.push(() => account.close());
    const ended = await command({
      io,
      account,
      region,
      ...(endpoint ? { endpoint } : {}),
      cluster: options.cluster ?? (io.host.environment['ECS_CLUSTER'] || defaultCluster),
      clock: systemClock(options.simulateSpeed),
      signal: io.signal,
      emit,
    });
    result = ended.result;
    return ended.code;
  } catch (error) {
    if (error instanceof Blocked) emit({ code: 'plan/blocked', level: 'error', data: error.obstacle });
    else if (isAwsError(error)) emit(refusal(error));
    else throw error;
    return exitCode.refused;
  } finally {
    await renderer.close();
    for (const close of closing.reverse()) await close();
    if (result !== undefined) io.out.write(result);
  }
}

function refusal({ action, code, message, help }: AwsError): OnlineEvent {
  const more = help === undefined ? {} : { help };
  return { code: 'aws/refused', level: 'error', data: { action, error: code, message, ...more } };
}

/** The profile that ecs-cli would use; undefined where whose account is meant is said in AWS's own way. */
function profileOfEcsCli({ io, options }: AccountContext): string | undefined {
  const { ECS_PROFILE: profile, AWS_PROFILE, AWS_ACCESS_KEY_ID } = io.host.environment;
  return options.awsProfile || AWS_PROFILE || AWS_ACCESS_KEY_ID ? undefined : profile || undefined;
}

async function realConnection({ options }: AccountContext, region: string): Promise<Connection> {
  return {
    region,
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    ...(options.awsProfile === undefined ? {} : { profile: options.awsProfile }),
  };
}

/** Starts the simulator; undefined where it could not be started, which has been said then. */
async function simulate(
  context: AccountContext,
  emit: (event: OnlineEvent) => void,
  closing: (() => unknown)[],
): Promise<Connection | undefined> {
  const { startSimulation }: Simulation = await import('../simulator.ts');
  const simulator = await startSimulation(context, emit);
  if (simulator === undefined) return undefined;
  closing.push(() => simulator.close());
  emit({ code: 'simulated', level: 'info', data: {} });
  // The SDK would read the user's files even with fixed credentials.
  process.env['AWS_CONFIG_FILE'] = devNull;
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = devNull;
  return {
    endpoint: simulator.endpoint,
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  };
}
