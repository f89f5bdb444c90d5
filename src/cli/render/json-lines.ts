import { locationJson } from '../../diagnostics/format/json.ts';
import type { Source } from '../../source/source.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import type { Renderer } from './renderer.ts';
import { surroundingsOf, wordsOf } from './words.ts';

/** One JSON document a line on stderr: `{ code, level, message, help, data }`, a source as its location in a file. */
export function jsonLines(io: Io, options: GlobalOptions): Renderer {
  const surroundings = surroundingsOf(io, options);
  return {
    show(event) {
      if (options.quiet && event.level !== 'error') return;
      const { message, help } = wordsOf(event, surroundings) ?? {};
      const { code, level, data } = event;
      const line = JSON.stringify({ code, level, message, help, data: located(data, surroundings.displayPath) });
      io.error.write(`${line}\n`);
    },
    async close() {},
  };
}

/** Data with their sources as plain values, by the name that findings have for them. */
function located(data: unknown, shown: (path: string) => string): unknown {
  if (Array.isArray(data)) return data.map((one) => located(one, shown));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) =>
      key === 'source' && value !== undefined
        ? ['location', locationJson(value as Source, shown)]
        : [key, located(value, shown)],
    ),
  );
}
