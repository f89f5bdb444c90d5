/** Where the account is and who asks. What is absent the SDK finds out by its own chain. */
export interface Connection {
  readonly region?: string;
  /** Address of another endpoint than AWS's, for every service. */
  readonly endpoint?: string;
  readonly profile?: string;
  /** Fixed credentials; the user's own are then never read. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Who asks, as far as an error has to name it. */
export interface Caller {
  /** Absent where none was named. */
  readonly profile?: string;
  /** The files in which profiles stand. */
  readonly profileFiles: readonly string[];
  readonly region?: string;
}

/** Who asks by a connection: what it leaves open is as the SDK finds it. */
export function callerOf({ profile = process.env['AWS_PROFILE'], region }: Connection): Caller {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  return {
    profileFiles: [AWS_CONFIG_FILE || '~/.aws/config', AWS_SHARED_CREDENTIALS_FILE || '~/.aws/credentials'],
    ...(profile ? { profile } : {}),
    ...(region === undefined ? {} : { region }),
  };
}

/** The part of a client's configuration that is the same for every service. */
export interface ClientConfiguration extends Connection {
  readonly disableHostPrefix: boolean;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
  readonly logger: Logger;
}

/** Takes what the SDK would say on the console. */
type Logger = Readonly<Record<'trace' | 'debug' | 'info' | 'warn' | 'error', () => void>>;

const silent = () => undefined;
const silence: Logger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/** How long one request may take, in milliseconds, before the SDK tries it again. */
const connectionTimeout = 5_000;
const requestTimeout = 30_000;

/** The configuration that all clients of a connection share. */
export function clientConfiguration(connection: Connection): ClientConfiguration {
  // Node's own version is no concern of the user's; the SDK would print a warning of eight lines.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  return {
    ...connection,
    // `data-127.0.0.1` is no host.
    disableHostPrefix: connection.endpoint !== undefined || process.env['AWS_ENDPOINT_URL'] !== undefined,
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
    // Without one it warns on the console, of AWS_PROFILE beside keys for one.
    logger: silence,
  };
}
