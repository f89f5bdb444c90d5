import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import type { DirectoryEntry, Host, ReadResult } from './host.ts';

export type { DirectoryEntry, Host, ReadResult } from './host.ts';

/** The host of this Node process: its files, its environment, its working directory and its clock. */
export function nodeHost(): Host {
  return {
    cwd: forwardSlashes(process.cwd()),
    environment: process.env,
    read,
    readStandardInput: (maxBytes) => decode(readAll(0, maxBytes)),
    kind,
    list,
    now: Date.now,
  };
}

function kind(path: string): ReturnType<Host['kind']> {
  try {
    const stats = statSync(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'special';
  } catch {
    return 'missing';
  }
}

function list(path: string): readonly DirectoryEntry[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .map((entry): DirectoryEntry => {
        const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'special';
        return { name: entry.name, kind };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function read(path: string, maxBytes: number): ReadResult {
  let descriptor: number;
  try {
    // Without waiting: to open a pipe that nobody writes to would never end.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { failure: code === 'EACCES' || code === 'EPERM' ? 'denied' : code === 'EISDIR' ? 'directory' : 'missing' };
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { failure: 'directory' };
    if (!stats.isFile()) return { failure: 'special' };
    return decode(readAll(descriptor, maxBytes));
  } catch {
    return { failure: 'denied' };
  } finally {
    closeSync(descriptor);
  }
}

/** The bytes of a descriptor, up to one more than allowed. */
function readAll(descriptor: number, maxBytes: number): Buffer | 'too-large' {
  const chunks: Buffer[] = [];
  for (let total = 0; ; ) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    const length = readSync(descriptor, chunk);
    if (length === 0) return Buffer.concat(chunks);
    total += length;
    if (total > maxBytes) return 'too-large';
    chunks.push(chunk.subarray(0, length));
  }
}

function decode(bytes: Buffer | 'too-large'): ReadResult {
  if (bytes === 'too-large') return { failure: 'too-large' };
  if (bytes.includes(0)) return { failure: 'binary' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { failure: 'binary' };
  }
}

function forwardSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
