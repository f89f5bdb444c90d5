import { type Code, type Diagnostic, diagnostic, type Parameters } from '../diagnostics/diagnostic.ts';
import { parentPath } from '../fargate/member-path.ts';
import type { Source } from '../source/source.ts';

/**
 * Gives the place that a path such as `containerDefinitions[0].memory` came from, where it has one of its own: that of
 * the value or, if asked and known, that of the member's name, or of the member from its name on.
 */
export type Locate = (path: string, part?: MemberPart) => Source | undefined;

type MemberPart = 'key' | 'member';

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

/** Findings about a member as such, whatever its value: they stand at its name, or at all of it. */
const aboutMembers: Readonly<Partial<Record<Code, MemberPart>>> = {
  'fargate/unknown-member': 'key',
  'fargate/response-members': 'member',
  'fargate/unsupported': 'key',
  'fargate/linux-only': 'key',
  'fargate/firelens-unused': 'key',
  'fargate/unknown-log-option': 'key',
};

/** A `Find` that turns paths into places. A path without a place has that of its nearest parent that has one. */
export function finder(locate: Locate, report: (diagnostic: Diagnostic) => void): Find {
  return (code, path, parameters, related = []) => {
    const part = aboutMembers[code];
    const places = related.flatMap((each) => {
      const source = place(each.path, locate, part);
      return source === undefined ? [] : [{ message: each.message, source }];
    });
    report(diagnostic(code, parameters, place(path, locate, part), places));
  };
}

function place(path: string, locate: Locate, part?: MemberPart): Source | undefined {
  for (let at = path; at !== ''; at = parentPath(at)) {
    const source = locate(at, at === path ? part : undefined);
    if (source !== undefined) return source;
  }
  return locate('');
}
