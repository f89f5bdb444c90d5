import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** What `git apply` and `patch -p1` take to change a text into another. */
export function unifiedDiff(path: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
