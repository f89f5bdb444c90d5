import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.ts';
import { isCode } from '../../src/diagnostics/diagnostic.ts';
import { readRulePage } from '../../src/diagnostics/rule-page.ts';
import { memoryHost } from '../parser/compose/project-in-memory.ts';
import { run } from '../run.ts';
import { type Files, filesIn, pagesOnDisk, section } from './rule-pages.ts';

const pages = pagesOnDisk();

describe('docs/rules', () => {
  it('has a page of every code', () => {
    expect(Object.keys(catalogue).filter((code) => !pages.has(code))).toEqual([]);
  });

  it('has no page of a code that is none', () => {
    expect([...pages.keys()].filter((code) => !isCode(code))).toEqual([]);
  });

  it('says of no two codes the same', () => {
    for (const part of ['summary', 'meaning'] as const) {
      const texts = [...pages.values()].map((page) => readRulePage(page)?.[part]);
      expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
    }
  });
});

describe.each([...pages])('%s', (code, markdown) => {
  const example = filesIn(section(markdown, 'Example'));
  const remedy = filesIn(section(markdown, 'Remedy'));

  it('is named by its page, with its severity and one sentence', () => {
    const page = readRulePage(markdown);
    expect(page).toMatchObject({ code, severity: isCode(code) ? catalogue[code].severity : '' });
    expect(page?.summary).toMatch(/^[^\n]+\.$/);
    // GitHub's code scanning takes no more (docs.github.com, "SARIF support for code scanning").
    expect(page?.meaning.length).toBeLessThan(1024);
  });

  it('has its sections in order, each with something in it, and a source', () => {
    const headings = [...markdown.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);
    expect(headings).toEqual(['Why', 'Example', 'Remedy', 'Source']);
    expect(headings.filter((heading) => section(markdown, heading).trim() === '')).toEqual([]);
    expect(section(markdown, 'Source')).toMatch(/^- /m);
  });

  if (Object.keys(example).length > 0) {
    it('is found in its example', async () => {
      expect(await findingsOf(example)).toContain(code);
    });
  }

  if (Object.keys(remedy).length > 0) {
    it('is mended by its remedy', async () => {
      expect(await findingsOf({ ...example, ...remedy })).not.toContain(code);
    });
  }
});

/** The codes that `validate` prints of files; of a task definition where there is no project. */
async function findingsOf(files: Files): Promise<readonly string[]> {
  const isDefinition = Object.keys(files).every((name) => name.endsWith('.json') && name !== 'package.json');
  const { error } = await run(['validate', ...(isDefinition ? Object.keys(files) : [])], {
    cwd: '/work',
    host: memoryHost(files, { AWS_REGION: 'eu-central-1' }),
  });
  return [...error.matchAll(/ \[([a-z]+\/[a-z0-9-]+)\]$/gm)].map(([, found = '']) => found);
}
