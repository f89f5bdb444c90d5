/**
 * The only door from the core to the world. The core asks a host for texts, variables and the time, so that it runs
 * as well in a browser, over files that exist in memory only. `node.ts` holds the host of a Node process.
 */
export interface Host {
  /** Absolute path of the current directory, with forward slashes. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a file, by its absolute path. Never throws, and never reads more than `maxBytes`. */
  read(path: string, maxBytes: number): ReadResult;
  /** The text of standard input. */
  readStandardInput(maxBytes: number): ReadResult;
  /** What stands at an absolute path, symbolic links followed. */
  kind(path: string): 'file' | 'directory' | 'special' | 'missing';
  /** What a directory holds, by absolute path, sorted by name; nothing where it cannot be read. Never throws. */
  list(path: string): readonly DirectoryEntry[];
  /** Milliseconds since 1970. */
  now(): number;
}

/** A name in a directory. A symbolic link is not followed: it is `special`, so that a walk always ends. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'special';
}

/** A file's text without its byte order mark, or why there is none to be had. */
export type ReadResult =
  | { readonly text: string }
  | {
      /**
       * `special`: a device, a pipe or a socket. `binary`: it holds NUL bytes or is no UTF-8. `exhausted`: the files
       * read before it have used up what a project may have.
       */
      readonly failure: 'missing' | 'directory' | 'special' | 'denied' | 'too-large' | 'binary' | 'exhausted';
    };
