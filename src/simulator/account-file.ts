import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, posix, win32 } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './account.ts';

/** The account's file cannot be used; the message names it and says what to do. */
export class AccountFileError extends Error {}

/** The first line of the file. The version grows when calls recorded before can no longer be replayed. */
const HEADER = JSON.stringify({ file: "compose2fargate's simulated AWS account", version: 1 });

/** How long to wait between two tries to lock the file, in milliseconds. */
const RETRY = 25;

/** No change takes nearly so long, in milliseconds: an older lock was left behind, even if its process number lives. */
const OLDEST_LOCK = 10_000;

/**
 * Where the simulated account is kept unless the user names a file: in the user's state folder, which is
 * `$XDG_STATE_HOME`, `~/.local/state` or, on Windows, `%LOCALAPPDATA%`. Undefined when none of them is known.
 */
export function defaultStateFile(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string | undefined {
  const { XDG_STATE_HOME: state, HOME: home, LOCALAPPDATA: local } = environment;
  const name = ['compose2fargate', 'simulator.jsonl'];
  if (platform === 'win32') return local ? win32.join(local, ...name) : undefined;
  // The XDG Base Directory Specification has relative paths ignored.
  if (state?.startsWith('/')) return posix.join(state, ...name);
  return home ? posix.join(home, '.local', 'state', ...name) : undefined;
}

/** The calls that changed an account, one JSON document a line, in a file that several commands share. */
export class AccountFile {
  readonly #path: string;
  readonly #patience: number;

  /** `patience` is how long to wait for another command that changes the file, in milliseconds. */
  constructor(path: string, patience = 5000) {
    this.#path = path;
    this.#patience = patience;
  }

  /** Changes whenever the file does; undefined while there is none. */
  stamp(): string | undefined {
    try {
      const { mtimeMs, size, ino } = statSync(this.#path);
      return `${mtimeMs} ${size} ${ino}`;
    } catch {
      return undefined;
    }
  }

  /**
   * Hands over every call, oldest first; none when there is no file or an empty one. Throws `AccountFileError`, also
   * when `take` throws: a call that cannot be made again makes the file as useless as one that cannot be read.
   */
  read(take: (call: Call) => void): void {
    const [header, ...lines] = this.#text()
      .split('\n')
      .filter((line) => line !== '');
    if (header !== undefined && header !== HEADER) {
      throw this.#unusable('it is no account of this version of the simulator');
    }
    for (const [index, line] of lines.entries()) {
      try {
        take(JSON.parse(line));
      } catch {
        throw this.#unusable(`line ${index + 2} is damaged`);
      }
    }
  }

  /** Writes all calls; a reader sees the file as it was or as it is, never half of it. */
  write(calls: readonly Call[]): void {
    const temporary = `${this.#path}.${process.pid}.tmp`;
    // The environment of a container may hold secrets: nobody else reads the file.
    writeFileSync(temporary, [HEADER, ...calls.map((call) => JSON.stringify(call)), ''].join('\n'), { mode: 0o600 });
    renameSync(temporary, this.#path);
  }

  /**
   * Does something while no other command changes the file. Waits if one does; the lock of a
   * process that died is taken over. Throws `AccountFileError` when the wait is in vain.
   */
  async locked<T>(work: () => T): Promise<T> {
    await this.#lock();
    try {
      return work();
    } finally {
      rmSync(this.#lockPath, { force: true });
    }
  }

  get #lockPath(): string {
    return `${this.#path}.lock`;
  }

  async #lock(): Promise<void> {
    const deadline = Date.now() + this.#patience;
    while (!(this.#tryLock() || (await this.#takeOver()))) {
      if (Date.now() > deadline) {
        throw new AccountFileError(
          `The simulated account ${this.#path} is in use by process ${this.#lockHolder() ?? 'unknown'}. ` +
            `Wait for that command to end; if there is none, delete ${this.#lockPath}.`,
        );
      }
      await sleep(RETRY);
    }
  }

  #tryLock(): boolean {
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      writeFileSync(this.#lockPath, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw new AccountFileError(`The simulated account ${this.#path} cannot be written: ${(error as Error).message}.`);
    }
  }

  /** Replaces a lock that was left behind by our own. Of several that try at once the last to write has it. */
  async #takeOver(): Promise<boolean> {
    if (!this.#isLeftBehind()) return false;
    const own = `${this.#lockPath}.${process.pid}`;
    writeFileSync(own, String(process.pid));
    renameSync(own, this.#lockPath);
    await sleep(2 * RETRY);
    return this.#lockHolder() === process.pid;
  }

  #isLeftBehind(): boolean {
    const holder = this.#lockHolder();
    if (holder !== undefined && !isAlive(holder)) return true;
    const written = statSync(this.#lockPath, { throwIfNoEntry: false })?.mtimeMs;
    return written !== undefined && Date.now() - written > OLDEST_LOCK;
  }

  #lockHolder(): number | undefined {
    try {
      const holder = Number(readFileSync(this.#lockPath, 'utf8'));
      return holder > 0 ? holder : undefined;
    } catch {
      return undefined;
    }
  }

  #text(): string {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new AccountFileError(`The simulated account ${this.#path} cannot be read: ${(error as Error).message}.`);
    }
  }

  #unusable(why: string): AccountFileError {
    return new AccountFileError(
      `The simulated account ${this.#path} cannot be read: ${why}. Delete the file to begin a new account.`,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
