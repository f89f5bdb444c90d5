import { describe, expect, test } from 'vitest';
import type { LoadOptions } from '../../../src/parser/compose/options.ts';
import type { Node } from '../../../src/source/node.ts';
import { type Source, sourceText } from '../../../src/source/source.ts';
import { load } from './project-in-memory.ts';

/** A place as `file:line:column text`. */
function place(source: Source): string {
  const { line, column } = source.file.position(source.start);
  return `${source.file.path.replace('/work/', '')}:${line}:${column} ${sourceText(source)}`;
}

/** Where the value at a path of a project comes from: its place, its rule, its related places. */
function sourceOf(
  files: string | Readonly<Record<string, string>>,
  path: string,
  options: LoadOptions = {},
  environment: Readonly<Record<string, string>> = {},
) {
  const { project, findings } = load(files, options, environment);
  if (project === undefined) throw new Error(findings.join('\n'));
  const node = path.split('.').reduce<Node | undefined>((at, step) => {
    if (at?.kind === 'sequence') return at.items[Number(step)];
    return at?.kind === 'mapping' ? at.entries.get(step)?.value : undefined;
  }, project.root);
  if (node === undefined) throw new Error(`nothing at ${path}`);
  const related = (node.related ?? []).map(({ message, source }) => `${message}: ${place(source)}`);
  return [place(node.source), ...(node.rule === undefined ? [] : [`by ${node.rule}`]), ...related];
}

describe('anchors', () => {
  const text = `x-image: &image nginx
x-common: &common
  restart: always
  environment: {A: 1}
services:
  web:
    <<: *common
    image: *image
`;

  test('an alias stands where it is used', () => {
    expect(sourceOf(text, 'services.web.image')).toEqual([
      'compose.yaml:8:12 *image',
      'the anchor &image: compose.yaml:1:17 nginx',
    ]);
  });

  test('a merged value stands where it is merged, and what is in it where it is written', () => {
    expect(sourceOf(text, 'services.web.restart')).toEqual([
      'compose.yaml:7:9 *common',
      'the anchor &common: compose.yaml:3:12 always',
    ]);
    expect(sourceOf(text, 'services.web.environment.A')).toEqual(['compose.yaml:4:20 1', 'by text of a scalar']);
  });

  test('a mapping merged in place has its own place', () => {
    expect(sourceOf('services: {web: {<<: {image: x}}}', 'services.web.image')).toEqual(['compose.yaml:1:30 x']);
  });

  test('a merge of a merge names both anchors', () => {
    const nested = 'x-a: &a {user: me}\nx-b: &b {<<: *a}\nservices:\n  web: {image: x, <<: *b}\n';
    expect(sourceOf(nested, 'services.web.user')).toEqual([
      'compose.yaml:4:23 *b',
      'the anchor &b: compose.yaml:2:14 *a',
      'the anchor &a: compose.yaml:1:16 me',
    ]);
  });
});

describe('variables', () => {
  test('a value names the line of .env that supplied it, once', () => {
    const files = { 'compose.yaml': 'services:\n  web:\n    image: "a${TAG}b${TAG}"\n', '.env': 'OTHER=1\nTAG=2\n' };
    expect(sourceOf(files, 'services.web.image')).toEqual([
      'compose.yaml:3:12 "a${TAG}b${TAG}"',
      'TAG is set here: .env:2:1 TAG=2',
    ]);
  });

  test('the process environment has no place', () => {
    expect(sourceOf('services: {web: {image: "${TAG}"}}', 'services.web.image', {}, { TAG: 'x' })).toEqual([
      'compose.yaml:1:25 "${TAG}"',
    ]);
  });

  test('a value from an env_file stands there, without its name', () => {
    const files = {
      'compose.yaml': 'services:\n  web:\n    image: x\n    env_file: [a.env, {path: b.env, format: raw}]\n',
      'a.env': '# first\nexport A = "one"\n',
      'b.env': '  B=two\r\n',
    };
    expect(sourceOf(files, 'services.web.environment.A')).toEqual(['a.env:2:12 "one"', 'by line of an env_file']);
    expect(sourceOf(files, 'services.web.environment.B')).toEqual(['b.env:1:5 two', 'by line of an env_file']);
    expect(sourceOf(files, 'services.web.environment')[0]).toBe(
      'compose.yaml:4:15 [a.env, {path: b.env, format: raw}]',
    );
  });

  test('environment overrides env_file', () => {
    const files = {
      'compose.yaml': 'services: {web: {image: x, env_file: a.env, environment: {A: two}}}\n',
      'a.env': 'A=one\n',
    };
    expect(sourceOf(files, 'services.web.environment.A')).toEqual([
      'compose.yaml:1:62 two',
      'what it overrides: a.env:1:3 one',
    ]);
  });

  test('a name without a value takes that of the project', () => {
    const files = { 'compose.yaml': 'services: {web: {image: x, environment: [A]}}\n', '.env': 'A=1\n' };
    expect(sourceOf(files, 'services.web.environment.A')).toEqual([
      'compose.yaml:1:42 A',
      'by variable of the project',
      'A is set here: .env:1:1 A=1',
    ]);
  });
});

describe('several files', () => {
  const base = 'services:\n  web:\n    image: x\n    user: a\n    environment: {A: 1, B: 2}\n';
  const over = (text: string) => ({ 'compose.yaml': base, 'over.yaml': `services:\n  web:\n    ${text}\n` });
  const both: LoadOptions = { files: ['compose.yaml', 'over.yaml'] };

  test('the file that won, and what it overrides', () => {
    expect(sourceOf(over('user: b'), 'services.web.user', both)).toEqual([
      'over.yaml:3:11 b',
      'what it overrides: compose.yaml:4:11 a',
    ]);
    expect(sourceOf(over('user: b'), 'services.web.image', both)).toEqual(['compose.yaml:3:12 x']);
  });

  test('variables of both, however either writes them', () => {
    const files = over('environment: ["B=3"]');
    expect(sourceOf(files, 'services.web.environment.A', both)).toEqual(['compose.yaml:5:22 1', 'by text of a scalar']);
    expect(sourceOf(files, 'services.web.environment.B', both)).toEqual([
      'over.yaml:3:22 3',
      'by list of KEY=value',
      'what it overrides: compose.yaml:5:28 2',
    ]);
  });

  test('!override replaces the whole', () => {
    expect(sourceOf(over('environment: !override {C: c}'), 'services.web.environment', both)).toEqual([
      'over.yaml:3:28 {C: c}',
      'what it overrides: compose.yaml:5:18 {A: 1, B: 2}',
    ]);
  });

  test('extends from another file', () => {
    const files = {
      'compose.yaml': 'services:\n  web:\n    extends: {file: sub/base.yaml, service: b}\n    user: mine\n',
      'sub/base.yaml': 'services:\n  b:\n    image: x\n    user: theirs\n    volumes: [./d:/d]\n',
    };
    expect(sourceOf(files, 'services.web.image')).toEqual(['sub/base.yaml:3:12 x']);
    expect(sourceOf(files, 'services.web.user')).toEqual([
      'compose.yaml:4:11 mine',
      'what it overrides: sub/base.yaml:4:11 theirs',
    ]);
    expect(sourceOf(files, 'services.web.volumes.0.source')).toEqual([
      'sub/base.yaml:5:15 ./d',
      'by short form of volumes',
    ]);
  });

  test('include', () => {
    const files = {
      'compose.yaml': 'include: [sub/compose.yaml]\nservices: {web: {user: mine}}\n',
      'sub/compose.yaml': 'services:\n  web: {image: "x:${TAG}", user: theirs}\n',
      'sub/.env': 'TAG=1\n',
    };
    expect(sourceOf(files, 'services.web.image')).toEqual([
      'sub/compose.yaml:2:16 "x:${TAG}"',
      'TAG is set here: sub/.env:1:1 TAG=1',
    ]);
    expect(sourceOf(files, 'services.web.user')).toEqual([
      'compose.yaml:2:24 mine',
      'what it overrides: sub/compose.yaml:2:34 theirs',
    ]);
  });
});

describe('parts of short forms', () => {
  const service = (text: string) => `volumes: {data: {}}\nservices:\n  web:\n    image: x\n    ${text}\n`;

  test.each<[string, string, readonly string[]]>([
    ['ports: ["80:80/udp"]', 'ports.0.published', ['5:14 80', 'by short form of ports']],
    ['ports: ["80:80/udp"]', 'ports.0.target', ['5:17 80', 'by short form of ports']],
    ['ports: ["80:80/udp"]', 'ports.0.protocol', ['5:20 udp', 'by short form of ports']],
    ['ports: ["80:80/udp"]', 'ports.0.mode', ['5:13 "80:80/udp"', 'by default mode of ports']],
    ['ports: ["[::1]:80-81:90-91"]', 'ports.1.host_ip', ['5:15 ::1', 'by short form of ports']],
    ['ports: ["[::1]:80-81:90-91"]', 'ports.1.target', ['5:26 90-91', 'by short form of ports']],
    ['ports: [80]', 'ports.0.target', ['5:13 80']],
    ['ports: [80]', 'ports.0.protocol', ['5:13 80', 'by default protocol of ports']],
    ['ports: [{target: 80, published: 81}]', 'ports.0.published', ['5:37 81', 'by text of a scalar']],
    ['volumes: ["data:/a:ro,z"]', 'volumes.0.target', ['5:21 /a', 'by short form of volumes']],
    ['volumes: ["data:/a:ro,z"]', 'volumes.0.read_only', ['5:24 ro', 'by short form of volumes']],
    ['volumes: ["./a:/a"]', 'volumes.0.type', ['5:15 "./a:/a"', 'by short form of volumes']],
    ['devices: ["/dev/a:/dev/a:r"]', 'devices.0.target', ['5:23 /dev/a', 'by short form of devices']],
    ['command: echo -c c echo', 'command.2', ['5:22 c', 'by words of a command line']],
    ['command: echo -c c echo', 'command.3', ['5:24 echo', 'by words of a command line']],
    ['command: sh $$HOME', 'command.1', ['5:14 sh $$HOME', 'by words of a command line']],
    ['healthcheck: {test: curl x}', 'healthcheck.test.0', ['5:25 curl x', 'by short form of healthcheck.test']],
    ['environment: ["A=A"]', 'environment.A', ['5:22 A', 'by list of KEY=value']],
    ['mem_limit: 64m', 'mem_limit', ['5:16 64m', 'by size in bytes']],
    ['stop_grace_period: 90s', 'stop_grace_period', ['5:24 90s', 'by duration as Go prints it']],
    ['stop_grace_period: 30s', 'stop_grace_period', ['5:24 30s']],
    ['scale: "2"', 'scale', ['5:12 "2"']],
    ['build: ./app', 'build.context', ['5:12 ./app', 'by path made absolute']],
    ['build: ./app', 'build.dockerfile', ['5:12 ./app', 'by default dockerfile of build']],
    ['networks: {default: {}}', 'networks.default', ['5:25 {}', 'by no attributes']],
    ['labels: {a: !!str 010}', 'labels.a', ['5:23 010', 'by type that a tag names']],
  ])('%s: %s', (text, path, expected) => {
    const [first, ...others] = sourceOf(service(text), `services.web.${path}`);
    expect([first?.replace('compose.yaml:', ''), ...others]).toEqual(expected);
  });

  test('an alias is not taken for the text behind it', () => {
    const text = 'x-p: &p80 "81:80"\nservices:\n  web: {image: x, ports: [*p80]}\n';
    expect(sourceOf(text, 'services.web.ports.0.target')).toEqual([
      'compose.yaml:3:27 *p80',
      'by short form of ports',
      'the anchor &p80: compose.yaml:1:11 "81:80"',
    ]);
  });
});
