import { expect, it } from 'vitest';
import { plainText } from '../../src/diagnostics/format/plain-text.ts';

const markdown = `# a/code

**error** · One \`thing\`.

Words of a line
and the next.

## Why

- A [page](https://example.com/a-long-address).
- Another
  one
\`\`\`yaml compose.yaml
services:

  web: {}
\`\`\`
After it.

\`\`\`sh
docker build .
\`\`\`
`;

it('has no markup but that of code, names the files of fences, and gives addresses', () => {
  expect(plainText(markdown)).toBe(`\
a/code

error · One \`thing\`.

Words of a line and the next.

WHY

- A page (https://example.com/a-long-address).
- Another one

  compose.yaml
    services:

      web: {}

After it.

    docker build .
`);
});

it('breaks lines between words, and those of a list behind its mark', () => {
  expect(plainText('Words of a line.\n\n- one two three\n- https://example.com/a\n', 9)).toBe(
    'Words of\na line.\n\n- one two\n  three\n- https://example.com/a\n',
  );
});
