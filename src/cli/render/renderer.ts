import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import type { OnlineEvent } from '../online/event.ts';
import { jsonLines } from './json-lines.ts';
import { LiveView } from './live-view.ts';
import { plainLog } from './plain-log.ts';

/** Shows events as they come, on stderr. */
export interface Renderer {
  show(event: OnlineEvent): void;
  /** Shows what is still held back; nothing is shown after it. */
  close(): Promise<void>;
}

/** The live view needs so many columns; a terminal of unknown width says 0. */
const narrowest = 40;

/** JSON lines with `--json`, a live view on a terminal if it may be, else a line a change; with `-q` only what went wrong. */
export function rendererFor(io: Io, options: GlobalOptions, live = true): Renderer {
  if (options.json) return jsonLines(io, options);
  if (live && !options.quiet && io.error.isTerminal && io.error.columns >= narrowest) return new LiveView(io, options);
  return plainLog(io, options);
}
