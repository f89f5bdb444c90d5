import { authority, hostAndPort, name } from './sibling-names.ts';

/** A place in a text that addresses a sibling: where it stands, the name, and the port if one is known. */
export interface HostMention {
  readonly start: number;
  readonly end: number;
  readonly host: string;
  readonly port?: number;
}

/** Characters; a longer line was written by a program, and its words mean nothing. */
const longestLine = 1000;

/** Ports of the schemes whose URLs mostly have none. */
const schemePorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** What is commented out in most languages. */
const comment = /^\s*(?:#|\/\/|;|\*|--|<!--)/;

/** Lines on which `name:number` is an image and its tag. */
const imageLine = /^\s*FROM\s|\bimages?\b|\bdocker\s/i;

/** `host=H` and its like in a data source name: only what goes on like one, for `server=app` may be code. */
const dataSource = new RegExp(
  String.raw`(?<=(?:host|server|data source|addr|address)=(?:tcp:)?)(${name})(?::(\d+))?(?=\s*;\s*\w[\w ]*=|\s+\w+=|&|["'\`])`,
  'gi',
);

/** `tcp(H:port)`, as Go writes it. */
const goAddress = new RegExp(String.raw`(?<=\b(?:tcp|udp)\()(${name})(?::(\d+))?`, 'g');

/**
 * `host: 'H'`, `"dbHost": "H"`, `redis.host=H`, `rails['db_host'] = 'H'`, `define('DB_HOST', 'H')`: a key that ends in
 * "host" or "address", and the name alone.
 */
const assigned = new RegExp(
  String.raw`(?<=(?:host|hostname|addr|address)(?:["'\`]?\]?\s{0,9}(?:=>?|:=?)\s{0,9}["'\`]?|["'\`]\s{0,9},\s{0,9}["'\`]))(${name})(?=["'\`]|\s*$)`,
  'gi',
);

/**
 * Where a configuration file or a program addresses one of the names as a host: in a URL (R1), with a port (R2), in a
 * data source name or under a key that says so (R4). Comments are passed over.
 */
export function hostMentions(text: string, names: ReadonlySet<string>): HostMention[] {
  const known = [...names];
  const mentions: HostMention[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.length <= longestLine && known.some((one) => line.includes(one)) && !comment.test(line)) {
      for (const one of inLine(line)) {
        if (names.has(one.host)) mentions.push({ ...one, start: start + one.start, end: start + one.end });
      }
    }
    start += line.length + 1;
  }
  return mentions;
}

/** All hosts of a line, in their order; what two patterns find is one mention, the longer one. */
function inLine(line: string): HostMention[] {
  const mentions = [
    ...inUrls(line),
    ...(imageLine.test(line) ? [] : matches(line, hostAndPort)),
    ...[dataSource, goAddress, assigned].flatMap((pattern) => matches(line, pattern)),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  return mentions.filter(({ start }, index) => start !== mentions[index - 1]?.start);
}

/** The hosts of URLs, each with its port or that of the scheme. */
function inUrls(line: string): HostMention[] {
  return [...line.matchAll(authority)].flatMap(({ 0: match, index }) => {
    const scheme = /[a-z]+(?=:\/\/$)/.exec(line.slice(0, index))?.[0] ?? '';
    let at = index + match.lastIndexOf('@') + 1;
    return line
      .slice(at, index + match.length)
      .split(',')
      .flatMap((item) => {
        const start = at;
        at += item.length + 1;
        const [whole = '', host = '', port = schemePorts[scheme]] = hostOfUrl.exec(item) ?? [];
        return host === '' ? [] : [mention(start, whole, host, port)];
      });
  });
}

const hostOfUrl = new RegExp(String.raw`^(${name})(?::(\d+))?`);

/** The matches of a pattern that captures a host, and behind it a port if there is one. */
function matches(line: string, pattern: RegExp): HostMention[] {
  return [...line.matchAll(pattern)].map(({ 0: whole, 1: host = '', 2: port, index }) =>
    mention(index, whole, host, port),
  );
}

function mention(start: number, whole: string, host: string, port: string | number | undefined): HostMention {
  return { start, end: start + whole.length, host, ...(port === undefined ? {} : { port: Number(port) }) };
}
