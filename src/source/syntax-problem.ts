import type { ErrorCode } from 'yaml';

/** What an error of the YAML library means to whoever wrote the file; those not listed speak for themselves. */
const words: readonly { readonly code: ErrorCode; readonly pattern?: RegExp; readonly problem: string }[] = [
  { code: 'TAB_AS_INDENT', problem: 'A tab indents this line, and YAML takes spaces only' },
  { code: 'MISSING_CHAR', pattern: /closing .quote/, problem: 'A quote is not closed' },
  { code: 'BAD_INDENT', pattern: /^Flow/, problem: 'A bracket or brace is not closed before this line' },
  { code: 'BLOCK_AS_IMPLICIT_KEY', problem: 'The next line is indented deeper, though this one has a value already' },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    problem: 'A key goes on over several lines; a colon is missing, or the indentation is off',
  },
];

/** An error of the YAML library, in words without a full stop. */
export function syntaxProblem(code: ErrorCode, message: string): string {
  return words.find((row) => row.code === code && (row.pattern?.test(message) ?? true))?.problem ?? message;
}
