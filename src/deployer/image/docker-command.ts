import { ExecaError, execa } from 'execa';
import { type Docker, DockerError, pushedDigest, repositoryDigest } from './docker.ts';

/** How many lines of docker's output say why it failed. */
const tellingLines = 10;

export interface DockerOptions {
  /** Where relative paths start. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends docker. */
  readonly signal: AbortSignal;
  /** Takes each line that docker prints while it builds and pushes. */
  readonly onLine: (line: string) => void;
}

/** The `docker` on this machine's PATH. This file is a bundle of its own: only commands that build need it. */
export function dockerCommand({ directory, environment, signal, onLine }: DockerOptions): Docker {
  /** Runs docker with words that no shell sees, and gives what it prints; each line is shown unless it is for us. */
  const run = async (action: DockerError['action'], words: readonly string[], input = '', shown = true) => {
    const lines: string[] = [];
    try {
      const running = execa('docker', words, {
        cwd: directory,
        env: environment,
        extendEnv: false,
        input,
        all: true,
        buffer: false,
        cancelSignal: signal,
      });
      for await (const line of running.iterable({ from: 'all' })) {
        lines.push(line);
        if (shown) onLine(line);
      }
      await running;
      return lines.join('\n');
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      const words = lines.filter((line) => line.trim() !== '').slice(-tellingLines);
      const missing = error.code === 'ENOENT';
      throw new DockerError(
        action,
        words.length === 0 ? error.originalMessage || error.shortMessage : words.join('\n'),
        missing,
      );
    }
  };
  return {
    async probe() {
      // Unlike --version, it asks the daemon.
      await run('probe', ['version', '--format', '{{.Server.Version}}'], '', false);
    },
    async build({ platform, flags, context, dockerfile }, reference) {
      const words = ['build', '--platform', platform, '--tag', reference, ...flags, context];
      await run('build', words, dockerfile);
    },
    async login({ host, username, password }) {
      await run('login', ['login', '--username', username, '--password-stdin', host], password, false);
    },
    async push(reference) {
      const digest = pushedDigest(await run('push', ['push', reference]));
      if (digest !== undefined) return digest;
      const inspected = await run('push', ['inspect', '--format', '{{json .RepoDigests}}', reference], '', false);
      const found = repositoryDigest(listIn(inspected), reference);
      if (found === undefined) throw new DockerError('push', `docker does not tell the digest of ${reference}`);
      return found;
    },
  };
}

function listIn(json: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}
