import type { Source } from '../../source/source.ts';
import { displayPath } from '../findings.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import type { Renderer } from './renderer.ts';
import { wordsOf } from './words.ts';

/** One JSON document a line on stderr: `{ code, level, message, help, data }`, a source as path, line and column. */
export function jsonLines(io: Io, options: Pick<GlobalOptions, 'quiet'>): Renderer {
  const shown = displayPath(io.host);
  return {
    show(event) {
      if (options.quiet && event.level !== 'error') return;
      const { message, help } = wordsOf(event, shown) ?? {};
      const { code, level, data } = event;
      const line = JSON.stringify({ code, level, message, help, data }, (key, value) =>
        key === 'source' ? place(value, shown) : value,
      );
      io.error.write(`${line}\n`);
    },
    async close() {},
  };
}

function place(source: Source, shown: (path: string) => string): { path: string; line: number; column: number } {
  return { path: shown(source.file.path), ...source.file.position(source.start) };
}
