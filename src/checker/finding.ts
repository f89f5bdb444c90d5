import { type Code, type Diagnostic, diagnostic, type Parameters } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import { parentPath } from './path.ts';

/** Gives the place that a path such as `containerDefinitions[0].memory` came from, where it has one of its own. */
export type Locate = (path: string) => Source | undefined;

/** Another path that has to do with a finding. */
export interface RelatedPath {
  readonly message: string;
  readonly path: string;
}

/** Takes a finding at a path. */
export type Find = <C extends Code>(
  code: C,
  path: string,
  parameters: Parameters<C>,
  related?: readonly RelatedPath[],
) => void;

/** A `Find` that turns paths into places. A path without a place has that of its nearest parent that has one. */
export function finder(locate: Locate, report: (diagnostic: Diagnostic) => void): Find {
  return (code, path, parameters, related = []) => {
    const places = related.flatMap((each) => {
      const source = place(each.path, locate);
      return source === undefined ? [] : [{ message: each.message, source }];
    });
    report(diagnostic(code, parameters, place(path, locate), places));
  };
}

function place(path: string, locate: Locate): Source | undefined {
  let at = path;
  for (;;) {
    const source = locate(at);
    if (source !== undefined || at === '') return source;
    at = parentPath(at);
  }
}
