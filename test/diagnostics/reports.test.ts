import { describe, expect, it } from 'vitest';
import { type Diagnostic, diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Checked, FormatOptions } from '../../src/diagnostics/format/format.ts';
import { github } from '../../src/diagnostics/format/github.ts';
import { gitlab } from '../../src/diagnostics/format/gitlab.ts';
import { junit } from '../../src/diagnostics/format/junit.ts';
import { markdown } from '../../src/diagnostics/format/markdown.ts';
import { sarif } from '../../src/diagnostics/format/sarif.ts';
import { SourceFile } from '../../src/source/source.ts';

const file = new SourceFile(
  '/repo/a dir/compose.yaml',
  'services:\n  web:\n    imagee: nginx\n    command: |\n      a\n',
);
const at = (text: string) => {
  const start = file.text.indexOf(text);
  return { file, start, end: start + text.length };
};

const key = (name: string, text = 'imagee') =>
  diagnostic('params/unknown-key', { key: name, where: 'web', suggestion: 'image' }, at(text));
const missing = diagnostic('input/missing', { what: 'Compose file', path: 'x.yaml' });
const info: Diagnostic = { ...key('b'), severity: 'info' };
const related: Diagnostic = { ...key('c'), related: [{ message: 'service "web"', source: at('web') }] };

const options: FormatOptions = {
  displayPath: (path) => path.replace('/repo/', ''),
  version: '1.2.3',
  fails: ({ severity }) => severity === 'error',
  hash: (text) => `<${text.replaceAll('\n', '|')}>`,
  rulePages: {},
};
const input = (...diagnostics: Diagnostic[]): Checked => ({ name: 'a dir', diagnostics });

describe('github', () => {
  it('escapes what its commands would take for their own, and gives lines and columns', () => {
    expect(github([input(key('100%, a:b'))], options)).toBe(
      '::error file=a dir/compose.yaml,line=3,endLine=3,col=5,endColumn=10,title=params/unknown-key' +
        '::ecs-params has no key "100%25, a:b" in web.%0ADid you mean "image"?\n',
    );
  });

  it('gives no columns over several lines, and no place where there is none', () => {
    const [several, none] = github([input(key('a', 'imagee: nginx\n    command'), missing)], options).split('\n');
    expect(several).toContain('line=3,endLine=4,title=');
    expect(none).toBe('::error title=input/missing::The Compose file x.yaml does not exist.');
  });

  it('puts errors first, ten of each severity, and counts the rest', () => {
    const many = Array.from({ length: 12 }, (_, index) => key(String(index)));
    const lines = github([input(info, ...many)], options)
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => line.slice(0, 8))).toEqual([...Array(10).fill('::error '), '::notice', 'GitHub s']);
    expect(lines.at(-1)).toBe('GitHub shows 10 of each; not shown: 2 errors.');
  });
});

// The members that GitLab requires: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
describe('gitlab', () => {
  it('has description, check_name, fingerprint, severity, path and first line of each', () => {
    expect(JSON.parse(gitlab([input(key('a'), missing)], options))).toEqual([
      {
        description: 'ecs-params has no key "a" in web.\nDid you mean "image"?',
        check_name: 'params/unknown-key',
        fingerprint: '<a dir/compose.yaml|params/unknown-key|ecs-params has no key "a" in web.|0>',
        severity: 'major',
        location: { path: 'a dir/compose.yaml', lines: { begin: 3, end: 3 } },
      },
      expect.objectContaining({ location: { path: 'a dir', lines: { begin: 1, end: 1 } } }),
    ]);
  });

  it('tells findings apart that say the same', () => {
    const prints = JSON.parse(gitlab([input(key('a'), key('a', 'web'))], options)).map(
      (issue: { fingerprint: string }) => issue.fingerprint,
    );
    expect(new Set(prints).size).toBe(2);
  });
});

describe('junit', () => {
  it('has a suite an input, a case a finding, a failure where the run fails', () => {
    const xml = junit([input(key('<&">'), info), { name: 'b', diagnostics: [] }], options);
    expect(xml).toContain('<testsuites name="compose2fargate" tests="3" failures="1">');
    expect(xml).toContain('<testsuite name="a dir" tests="2" failures="1">');
    expect(xml).toContain(
      '<failure type="error" message="ecs-params has no key &quot;&lt;&amp;&quot;&gt;&quot; in web.">',
    );
    expect(xml.match(/<system-out>/g)).toHaveLength(1);
    expect(xml).toContain('<testcase classname="b" name="no findings"/>');
  });
});

describe('markdown', () => {
  it('shows findings as a table in which nothing is markup, and infos folded', () => {
    const text = markdown([input(key('|@all <b>`x`'), info)], options);
    expect(text).toContain('1 error, 1 info.');
    expect(text).toContain('| ❌ error | <code>a dir/compose.yaml:3:5</code> | ');
    expect(text).toContain('&#124;&#64;all &#60;b&#62;&#96;x&#96;');
    expect(text).toContain('<details><summary>1 info</summary>');
  });

  it('sums the task up', () => {
    const containers = [{ name: 'web', image: 'nginx', memory: 512, ports: ['80/tcp'] }];
    const task = { family: 'shop', cpu: '256', memory: '1024', containers };
    const text = markdown([{ name: 'a', diagnostics: [], task }], options);
    expect(text).toContain('No findings.');
    expect(text).toContain('Task definition <code>shop</code>: 256 CPU units, 1024 MiB, 1 container<');
    expect(text).toContain('| <code>web</code> | <code>nginx</code> |  | 512 | 80/tcp |');
  });
});

describe('sarif', () => {
  it('points with UTF-16 columns into paths relative to the root', () => {
    const { version, runs } = JSON.parse(sarif([input(related, missing)], options));
    expect(version).toBe('2.1.0');
    expect(runs[0].columnKind).toBe('utf16CodeUnits');
    expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      'input/missing',
      'params/unknown-key',
    ]);
    expect(runs[0].results[0]).toEqual({
      ruleId: 'params/unknown-key',
      ruleIndex: 1,
      level: 'error',
      message: { text: 'ecs-params has no key "c" in web.\nDid you mean "image"?' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20dir/compose.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 11 },
          },
        },
      ],
      relatedLocations: [
        {
          id: 0,
          message: { text: 'service "web"' },
          physicalLocation: {
            artifactLocation: { uri: 'a%20dir/compose.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 6 },
          },
        },
      ],
      partialFingerprints: { 'compose2fargate/v1': '<params/unknown-key|ecs-params has no key "c" in web.>' },
    });
    expect(runs[0].results[1].locations[0].physicalLocation.artifactLocation.uri).toBe('a%20dir');
  });

  // The members that GitHub requires of a rule: docs.github.com, "SARIF support for code scanning",
  // "reportingDescriptor object".
  it('says of each rule what its page says', () => {
    const markdown = '# input/missing\n\n**error** · No `x`.\n\nNot\n[there](https://x.y/).\n\n## Why\n\nSo.\n';
    const { runs } = JSON.parse(sarif([input(missing)], { ...options, rulePages: { 'input/missing': markdown } }));
    expect(runs[0].tool.driver.rules).toEqual([
      {
        id: 'input/missing',
        shortDescription: { text: 'No `x`.' },
        fullDescription: { text: 'Not there (https://x.y/).' },
        help: { text: expect.stringContaining('\n\nWHY\n\nSo.\n'), markdown },
        defaultConfiguration: { level: 'error' },
      },
    ]);
  });

  // SARIF 2.1.0 §3.55 to §3.57: the members that a fix must have.
  it('offers the fix of a finding that has one', () => {
    const correction = { written: 'imagee', meant: 'image' };
    const misspelt = diagnostic(
      'params/unknown-key',
      { key: 'imagee', where: '', suggestion: '', correction },
      at('imagee'),
    );
    const [result] = JSON.parse(sarif([input(misspelt)], options)).runs[0].results;
    expect(result.fixes).toEqual([
      {
        description: { text: 'Replace imagee with image.' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'a%20dir/compose.yaml', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 11 },
                insertedContent: { text: 'image' },
              },
            ],
          },
        ],
      },
    ]);
  });
});
