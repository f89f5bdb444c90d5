import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { type Address, type Clock, formatAddress } from '../../deployer.ts';

/** What somebody gets who tries an address: an HTTP status, a connection, or no answer and why. */
export type Answer =
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'connected' }
  | { readonly kind: 'silent'; readonly reason: string };

/** How long one try may take, in milliseconds, how often it is made, and after which pause. */
const patience = 3_000;
const attempts = 5;
const pause = 2_000;

/** The blocks for documentation, where no host is and the simulator has its addresses. Source: RFC 5737. */
const documentation = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;

/** Whether an address can be tried from here; one of the simulator can where that is `endpoint`. */
export function isProbeable({ host, public: isPublic, open, protocol }: Address, endpoint?: string): boolean {
  return isPublic && open && protocol === 'tcp' && (endpoint !== undefined || !documentation.test(host));
}

interface Trying {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What stands in for AWS, if anything does. */
  readonly endpoint?: string | undefined;
}

/** Tries an address until it answers, since a container that runs may not listen yet; at most five times. */
export async function probe(address: Address, { clock, signal, endpoint }: Trying): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await probeOnce(address, endpoint);
    if (answer.kind !== 'silent' || attempt === attempts || signal.aborted) return answer;
    await clock.sleep(pause, signal);
  }
}

/** Tries an address once: by HTTP where its port is that of HTTP or HTTPS, else by a connection. */
export async function probeOnce(
  address: Pick<Address, 'host' | 'port' | 'protocol'>,
  endpoint?: string,
): Promise<Answer> {
  const text = formatAddress(address);
  const isHttp = text.startsWith('http');
  const simulated = endpoint?.startsWith('http:') ? await askSimulator(address, isHttp, endpoint) : undefined;
  return simulated ?? (isHttp ? ask(text) : knock(address));
}

/**
 * Asks the simulator, which is a proxy to what it runs, and says where a request got lost. undefined where the endpoint
 * is no simulator: what stands in for AWS there has addresses of its own.
 */
function askSimulator(
  { host, port }: Pick<Address, 'host' | 'port'>,
  isHttp: boolean,
  endpoint: string,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const options = { path: `http://${host}:${port}/`, timeout: patience };
    const request = httpRequest(endpoint, options, async (response) => {
      const { statusCode: status = 0, headers } = response;
      const sentence = await textOf(response);
      if (!headers.via?.includes('compose2fargate')) resolve(undefined);
      else if (status === 502 || status === 504) resolve({ kind: 'silent', reason: clause(sentence) });
      else resolve(isHttp ? { kind: 'http', status } : { kind: 'connected' });
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(undefined));
    request.end();
  });
}

/** A sentence as it stands after a colon. */
function clause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.\s*$/, '');
}

function ask(url: string): Promise<Answer> {
  return new Promise((resolve) => {
    // A certificate is for a name, and this is an address.
    const options = { timeout: patience, rejectUnauthorized: false };
    const request = (url.startsWith('https') ? httpsRequest : httpRequest)(url, options, (response) => {
      response.destroy();
      resolve({ kind: 'http', status: response.statusCode ?? 0 });
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', (error) => resolve(silent(error)));
    request.end();
  });
}

function knock({ host, port }: Pick<Address, 'host' | 'port'>): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience }, () => {
      socket.destroy();
      resolve({ kind: 'connected' });
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer in time')));
    socket.once('error', (error) => resolve(silent(error)));
  });
}

function silent(error: Error & { readonly code?: string }): Answer {
  const reasons: Readonly<Record<string, string>> = { ECONNREFUSED: 'the connection was refused' };
  return { kind: 'silent', reason: reasons[error.code ?? ''] ?? error.message };
}
