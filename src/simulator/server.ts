import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusalOf } from '../checker/check.ts';
import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { Call, Service } from './account.ts';
import { AccountFile, AccountFileError } from './account-file.ts';
import { ApiError } from './api-error.ts';
import type { Behaviour } from './behaviour.ts';
import { type Delivery, type Destination, deliver } from './delivery.ts';
import { effectOn, type Fault, throttled } from './faults.ts';
import { ACCOUNT_ID } from './identifiers.ts';
import { Ledger } from './ledger.ts';
import type { Operation, Rules } from './operations/operation.ts';
import { OPERATIONS } from './operations/table.ts';
import { destinationOf, relay } from './proxy.ts';
import { Rates } from './rates.ts';
import { jsonProtocol, type Request, type Response, readRequest } from './wire.ts';

export interface SimulatorOptions {
  /** The file that the account is kept in; without one it lives as long as the simulator. */
  readonly stateFile?: string;
  /** The time, in milliseconds since 1970; the system's unless given. */
  readonly clock?: () => number;
  /** What the times of a task's life are divided by; 1 unless given. */
  readonly speed?: number;
  /** What containers do that are started from now on, by container name. */
  readonly behaviours?: Readonly<Record<string, Behaviour>>;
  /** What goes wrong on purpose. */
  readonly faults?: readonly Fault[];
  /** Whether ECS refuses calls that come faster than the rates that it grants; false unless given. */
  readonly limitRates?: boolean;
  /** The loopback port; 0, which stands for any free one, unless given. */
  readonly port?: number;
  /** AWS's message for the first thing that it would refuse in a task definition; our checker's unless given. */
  readonly validate?: (definition: TaskDefinition) => string | undefined;
}

/** A simulator that runs. Nothing that it runs is a container. */
export interface Simulator {
  /**
   * Where AWS clients find it: `http://127.0.0.1:PORT`. As an HTTP proxy it answers in place of the tasks, by their
   * addresses and the names of Cloud Map and load balancers, or says with status 504 where the request got lost.
   */
  readonly endpoint: string;
  /** The id of the simulated account. */
  readonly account: string;
  /** Every call so far, in order, refused ones and the SDK's repetitions included. */
  readonly calls: readonly RecordedCall[];
  /** Ends it; connections that are still open are cut. */
  close(): Promise<void>;
}

export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Starts a simulated AWS account: ECS, CloudWatch Logs, CloudFormation, the part of EC2 that tells where tasks stand, and
 * what stands around a service, on a loopback port, over the wire protocols that the AWS SDKs and the AWS CLI speak. It
 * takes any credentials. Throws `AccountFileError` when the state file is damaged, not to be written, or held by another
 * command.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    stateFile,
    clock = Date.now,
    speed = 1,
    behaviours = {},
    faults = [],
    limitRates = false,
    port = 0,
  } = options;
  const rules: Rules = { validate: options.validate ?? refusalOf };
  const ledger = new Ledger(stateFile === undefined ? undefined : new AccountFile(stateFile));
  await ledger.probe();
  const calls: RecordedCall[] = [];
  const rates = limitRates ? new Rates() : undefined;

  const reply = async (request: Request): Promise<Reply> => {
    const { service, operation, region, input, protocol } = request;
    const at = clock();
    calls.push({ service, operation, input, at });
    const count = calls.filter((call) => call.service === service && call.operation === operation).length;
    const effect = effectOn(faults, request, count);
    if (effect === 'reset' || effect === 'hang') return effect;
    try {
      if (rates?.take(service, operation, region, at) === false) throw throttled(service);
      if (typeof effect === 'object' && 'error' in effect) throw effect.error;
      const call: Call = { service: service as Service, operation, region, at, input, speed, behaviours };
      const output = await outputOf(effect, call, (asked) =>
        perform(ledger, modelled(service, operation), asked, rules),
      );
      return effect === 'lost-answer' ? 'reset' : protocol.answer(request, output);
    } catch (error) {
      return protocol.refuse(request, asApiError(error));
    }
  };

  const delivered = (destination: Destination): Delivery => {
    const now = clock();
    return deliver(ledger.account(now), destination, now);
  };

  const server = createServer((incoming, outgoing) => {
    const destination = destinationOf(incoming);
    if (destination === undefined) void serve(reply, incoming, outgoing);
    else relay(outgoing, () => delivered(destination));
  });
  await listen(server, port);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account: ACCOUNT_ID,
    calls,
    close: () => close(server),
  };
}

/** What comes of a call that is performed, or that a fault makes something else of. */
async function outputOf(
  effect: ReturnType<typeof effectOn>,
  call: Call,
  performed: (call: Call) => Promise<object>,
): Promise<object> {
  if (typeof effect !== 'object' || 'error' in effect) return performed(call);
  if ('output' in effect) return effect.output;
  return { ...(await performed({ ...call, input: effect.input })), ...effect.added };
}

/** An answer, or what the client gets in its place: a connection that breaks, or silence. */
type Reply = Response | 'reset' | 'hang';

function modelled(service: string, operation: string): Operation {
  const operations = Object.hasOwn(OPERATIONS, service) ? OPERATIONS[service as Service] : {};
  const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (found !== undefined) return found;
  throw new ApiError(
    'UnknownOperationException',
    `The simulator does not model ${operation} of the service ${service}.`,
  );
}

async function perform(ledger: Ledger, operation: Operation, call: Call, rules: Rules): Promise<object> {
  return 'answer' in operation
    ? operation.answer(ledger.account(call.at), call as Call<never>)
    : ledger.change(operation, call as Call<never>, rules);
}

/** What went wrong, as AWS would say it. A fault of the simulator's own is not to be tried again. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof AccountFileError) return new ApiError('SimulatedAccountException', error.message);
  return new ApiError('SimulatorException', `The simulator failed: ${(error as Error).message}`);
}

async function serve(
  reply: (request: Request) => Promise<Reply>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const answer = await receive(incoming).then(reply).catch(unreadable);
  if (answer === 'hang') return;
  if (answer === 'reset') {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(answer.status, { 'content-type': answer.contentType });
  outgoing.end(answer.body);
}

async function receive(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  return readRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.headers, body);
}

/** What becomes of a request that could not be read: a refusal, or nothing when the client has gone. */
function unreadable(error: unknown): Reply {
  return error instanceof ApiError ? jsonProtocol.refuse({ service: 'http', operation: '' }, error) : 'reset';
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
