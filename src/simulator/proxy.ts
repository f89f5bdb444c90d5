import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery, Destination } from './delivery.ts';

/** How an answer says that it came through the simulator (RFC 9110, section 7.6.3). */
const VIA = '1.1 compose2fargate-simulator';

/**
 * Where a request goes that came to us as to a proxy, with a whole URL in place of a path (RFC 9112, section 3.2.2);
 * undefined for one that is for us, which a URL of this machine is too.
 */
export function destinationOf({ url = '' }: IncomingMessage): Destination | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname: host, port } = new URL(url);
  return /^(?:127\.|localhost$)/.test(host) ? undefined : { host, port: Number(port || 80) };
}

/** Answers in place of what a request was sent to; with status 502 where the account cannot be read. */
export function relay(outgoing: ServerResponse, answer: () => Delivery): void {
  const { status, text } = attempt(answer);
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', via: VIA });
  outgoing.end(`${text}\n`);
}

function attempt(answer: () => Delivery): Pick<Delivery, 'text'> & { readonly status: number } {
  try {
    return answer();
  } catch (error) {
    return { status: 502, text: (error as Error).message };
  }
}
