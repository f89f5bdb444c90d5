import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import type { Renderer } from './renderer.ts';
import { formatEvent, surroundingsOf, wordsOf } from './words.ts';

/** A line a change, for logs of a pipeline; with `-q` only errors. */
export function plainLog(io: Io, options: GlobalOptions): Renderer {
  const surroundings = surroundingsOf(io, options);
  return {
    show(event) {
      if (options.quiet && event.level !== 'error') return;
      const words = wordsOf(event, surroundings);
      if (words !== undefined) {
        io.error.write(
          formatEvent(event, words, {
            color: io.error.color,
            columns: io.error.isTerminal ? io.error.columns : 120,
            displayPath: surroundings.displayPath,
          }),
        );
      }
    },
    async close() {},
  };
}
