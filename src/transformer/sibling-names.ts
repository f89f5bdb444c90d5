/** A text in which names of siblings became 127.0.0.1: each as it stood and as it is now, such as `db:3306`. */
export interface Rewritten {
  readonly text: string;
  readonly changes: readonly { readonly before: string; readonly after: string }[];
}

/** 127.0.0.1 and never `localhost`: MySQL's clients take that for a Unix socket, and it may be ::1. */
const loopback = '127.0.0.1';

/** What ends a name: anything that could not be part of a host name. */
const end = String.raw`(?![\w.-])`;
/** The pattern of a host name, as far as services may be called so. */
export const name: string = String.raw`[A-Za-z0-9_][\w.-]*`;

/** `scheme://[user[:password]@]HOST[:port][,HOST[:port]…]`; the list ends where another URL begins. */
export const authority: RegExp =
  /(?<=[A-Za-z][\w+.-]*:\/\/)[^\s/?#"'`,;]*(?:,(?![A-Za-z][\w+.-]*:\/\/)[^\s/?#"'`,;]*)*/g;

/** `HOST:port` at the start or behind what separates words; `1@HOST:port`, as Kafka writes its voters. */
export const hostAndPort: RegExp = new RegExp(
  String.raw`(?<=(?:^|[\s,;=|"'\`(\[])(?:\d+@)?)(${name}):(\d{2,5})${end}`,
  'g',
);

/** `host=H`, `server=H`, `data source=H`, `addr=H`, `tcp(H)`. */
const dataSource = new RegExp(
  String.raw`(?<=(?:^|[\s;,?&"'(])(?:host|server|data source|addr|address)\s*=\s*(?:tcp:)?|\b(?:tcp|udp)\()(${name})`,
  'gi',
);

/**
 * How the names of variables and flags end that hold addresses. `NO_PROXY` lists what is reached without one, and
 * `cluster.initial_master_nodes` of Elasticsearch the nodes by their own names.
 */
const addressEnding = String.raw`(?:HOSTS?|HOST_?NAME|ADDR|ADDRESS|SERVERS?|ENDPOINT|BROKERS?|(?<!initial_(?:master|cluster_manager)_)NODES?|UPSTREAM|PEERS|SEEDS?|URL|URI|MASTER|PRIMARY|REPLICA|(?<!\bNO_)PROXY|DSN)`;

const addressName = new RegExp(`${addressEnding}$`, 'i');

/** `-Dredis.host=H`, `--db-host=H`: a flag that holds an address, among others in one value. */
const flagOfHost = new RegExp(String.raw`(?<=(?:^|[\s"'])--?\w[\w.-]*${addressEnding}=)(${name})${end}`, 'gi');

/** `-h H` and `--host H` of the usual clients, and the host that nc is told to try. */
const shellHost = new RegExp(
  String.raw`(?<=(?:\s-h\s*|\s--host(?:name)?[=\s]\s*|\bnc(?:\s+-\w+)*\s+))(${name})${end}`,
  'g',
);

/** Names of variables whose `name:number` is an image and its tag. */
const imageName = /(?:IMAGE|TAG|VERSION)S?$/i;

/** Rewrites the value of a variable; its name tells whether a bare word is an address. */
export function rewriteValue(key: string, value: string, names: ReadonlySet<string>): Rewritten {
  return new Rewriter(value, names)
    .urls()
    .hostsWithPorts(imageName.test(key))
    .dataSources()
    .flags()
    .wholeValue(addressName.test(key))
    .result();
}

/**
 * Rewrites a line for a shell: URLs, `host:port`, data sources, flags that hold addresses, and the host options of the
 * usual clients.
 */
export function rewriteShell(line: string, names: ReadonlySet<string>): Rewritten {
  return new Rewriter(line, names).urls().hostsWithPorts(false).dataSources().flags().shellOptions().result();
}

/**
 * The sibling's name that stands as a word in the value of a variable or flag that holds addresses; in a URL, where the
 * host is certain, no other part is suspected.
 */
export function suspectedName(key: string, value: string, names: ReadonlySet<string>): string | undefined {
  if (!addressName.test(key)) return undefined;
  const words = value.replace(/[A-Za-z][\w+.-]*:\/\/\S*/g, '').match(/[A-Za-z0-9_][\w.-]*/g);
  return words?.find((word) => names.has(word));
}

class Rewriter {
  #text: string;
  readonly #names: ReadonlySet<string>;
  readonly #changes: { before: string; after: string }[] = [];

  constructor(text: string, names: ReadonlySet<string>) {
    this.#text = text;
    this.#names = names;
  }

  urls(): this {
    return this.#replace(authority, (match) => {
      const at = match.lastIndexOf('@') + 1;
      const hosts = match.slice(at).split(',');
      return match.slice(0, at) + hosts.map((host) => this.#host(host)).join(',');
    });
  }

  hostsWithPorts(areImages: boolean): this {
    return areImages ? this : this.#replace(hostAndPort, (match) => this.#host(match));
  }

  dataSources(): this {
    return this.#replace(dataSource, (match) => this.#host(match));
  }

  flags(): this {
    return this.#replace(flagOfHost, (match) => this.#host(match));
  }

  shellOptions(): this {
    return this.#replace(shellHost, (match) => this.#host(match));
  }

  wholeValue(isAddress: boolean): this {
    const hosts = this.#text.split(',');
    if (isAddress && hosts.every((host) => this.#names.has(host.trim()))) {
      this.#text = hosts.map((host) => host.replace(host.trim(), this.#host(host.trim()))).join(',');
    }
    return this;
  }

  result(): Rewritten {
    return { text: this.#text, changes: this.#changes };
  }

  #replace(pattern: RegExp, change: (match: string) => string): this {
    this.#text = this.#text.replace(pattern, change);
    return this;
  }

  /** A host, with or without a port: 127.0.0.1 in place of a sibling's name. */
  #host(host: string): string {
    const [name = '', port] = host.split(':', 2);
    if (!this.#names.has(name)) return host;
    const after = port === undefined ? loopback : `${loopback}:${port}`;
    this.#changes.push({ before: host, after });
    return after;
  }
}
