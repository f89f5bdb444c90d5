import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './command.ts';
import type { Io } from './io.ts';

/** Writes what a command made to a file that the user named. */
export function writeFile({ host }: Io, path: string, text: string): void {
  try {
    writeFileSync(resolve(host.cwd, path), text);
  } catch (error) {
    throw unwritable(path, error as NodeJS.ErrnoException);
  }
}

/**
 * Replaces the text of a file in one step: whoever reads it meanwhile has the one or the other. Its byte order mark, its
 * mode and its owner stay; of a symbolic link, what it leads to is replaced. Refuses a file that is not as it was.
 */
export function replaceFile(path: string, before: string, after: string): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    accessSync(target, constants.W_OK);
    const mark = byteOrderMark(target);
    if (readFileSync(target, 'utf8') !== mark + before)
      throw new Error('it was changed meanwhile; run the command again');
    const { mode, uid, gid } = statSync(target);
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    writeFileSync(temporary, mark + after, { flag: 'wx', mode });
    own(temporary, uid, gid);
    // Only now, for a change of owner takes away bits, as the umask did.
    chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw unwritable(path, error as NodeJS.ErrnoException);
  }
}

function unwritable(path: string, { code = '', message }: NodeJS.ErrnoException): UsageError {
  return new UsageError(`${path} cannot be written: ${reasons[code] ?? message}.`);
}

/** Why, and what to do. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there. Check the permissions of the file and its directory',
  EISDIR: 'it is a directory. Name a file in it',
  ENOENT: 'its directory does not exist. Create it, or name another',
  ENOSPC: 'the disk is full. Make room, or name a file on another',
  EROFS: 'the disk is read-only. Name a file on another',
};

/** The byte order mark of a file, which is no part of its text; "" where it has none. */
export function byteOrderMark(path: string): string {
  const mark = '\uFEFF';
  return readFileSync(path, 'utf8').startsWith(mark) ? mark : '';
}

/** Gives a file to its owner, where this user may. */
function own(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid);
  } catch {
    // It is this user's then, who could write the other.
  }
}
