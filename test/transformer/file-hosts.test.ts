import { describe, expect, it } from 'vitest';
import { type CompileOptions, compile } from '../../src/compile.ts';
import { memoryHost, place } from '../parser/compose/project-in-memory.ts';

/** The findings about files beside the Compose file, as `code path:line:column`. */
function findings(files: Readonly<Record<string, string>>, options: CompileOptions = {}): string[] {
  const { diagnostics } = compile(memoryHost(files), { region: 'us-east-1', ...options });
  return diagnostics
    .filter(({ code }) => /host-in-file|port-taken|files-unread/.test(code))
    .map((finding) => place(finding).replace('transform/', ''));
}

const compose = `
services:
  web:
    image: example.com/web
    build: { context: ., platforms: [linux/amd64] }
  db:
    image: example.com/db
`;
const url = 'postgres://db:5432/shop';

describe('a build context', () => {
  it('is searched, the files nearest to its root first', () => {
    const files = { 'compose.yaml': compose, 'src/a/b.js': `\n"${url}"`, 'z.conf': url };
    expect(findings(files)).toEqual(['host-in-file z.conf:1:12', 'host-in-file src/a/b.js:2:13']);
  });

  it.each([
    ['node_modules/x/index.js'],
    ['web/node_modules/x/index.js'],
    ['.git/config'],
    ['vendor/x.php'],
    ['README.md'],
    ['yarn.lock'],
    ['package-lock.json'],
    ['app.min.js'],
    ['logo.png'],
    ['docker-compose.prod.yml'],
    ['compose.yaml'],
    ['attic/a.js'],
    ['tests/a.js'],
    ['src/a.test.js'],
    ['db/a_test.go'],
    ['docs/a.conf'],
  ])('is not searched in %s', (path) => {
    expect(findings({ '.dockerignore': 'attic', [path]: url, 'compose.yaml': compose })).toEqual([]);
  });

  it('is not searched in a file of more than 1 MiB', () => {
    const text = `${url}\n`;
    expect(findings({ 'compose.yaml': compose, 'a.txt': text + ' '.repeat(1024 * 1024 - text.length) })).toHaveLength(
      1,
    );
    expect(findings({ 'compose.yaml': compose, 'a.txt': text + ' '.repeat(1024 * 1024) })).toEqual([]);
  });

  it('is searched in what .dockerignore takes back in', () => {
    const files = { 'compose.yaml': compose, '.dockerignore': '*\n!src', 'a.txt': url, 'src/b.txt': url };
    expect(findings(files)).toEqual(['host-in-file src/b.txt:1:12']);
  });

  it('ends where there is too much, and says so', () => {
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`src/${index}.js`, 'x']));
    expect(findings({ 'compose.yaml': compose, ...many })).toEqual(['files-unread']);
  });

  it('may hold a default in place of which a variable is set', () => {
    const text = compose.replace('build:', 'environment: { DB_URL: x }\n    build:');
    const line = `connect(process.env.DB_URL || '${url}')`;
    expect(findings({ 'compose.yaml': text, 'a.js': line })).toEqual([]);
    expect(findings({ 'compose.yaml': compose, 'a.js': line })).toEqual(['host-in-file a.js:1:43']);
  });

  it('is not searched when names are not to be rewritten', () => {
    expect(findings({ 'compose.yaml': compose, 'z.conf': url }, { rewriteHosts: false })).toEqual([]);
  });
});

describe('a mount', () => {
  const mounting = (path: string, more = '') => `
services:
  web:
    image: example.com/web
    ports: ["80:80"]
    volumes: ["${path}:/etc/web"]
    links: ["db:store"]${more}
  db:
    image: example.com/db
    container_name: primary
`;

  it.each([
    ['./web.conf', 'web.conf'],
    ['./conf', 'conf/a/web.conf'],
    ['../web.conf', '../web.conf'],
  ])('of %s is searched', (path, file) => {
    expect(findings({ 'compose.yaml': mounting(path), [file]: url })).toEqual([
      `host-in-file ${file.replace('../', '/')}:1:12`,
    ]);
  });

  it('of a directory outside of the project is not', () => {
    expect(findings({ 'compose.yaml': mounting('../conf'), '../conf/web.conf': url })).toEqual([]);
  });

  it('knows siblings by the names of links and containers', () => {
    expect(findings({ 'compose.yaml': mounting('./a'), a: 'http://store/ http://primary/ http://else/' })).toEqual(
      ['host-in-file a:1:8', 'host-in-file a:1:22'].concat(['port-taken a:1:8']),
    );
  });

  it('of a config is searched too', () => {
    const text = `${mounting('data', '\n    configs: [site]')}volumes: { data: }\nconfigs: { site: { file: ./site.conf } }\n`;
    expect(findings({ 'compose.yaml': text, 'site.conf': url })).toEqual(['host-in-file site.conf:1:12']);
  });
});

describe('a port on which a file expects a sibling', () => {
  const withPorts = (web: string, db: string) =>
    compose.replace('build:', `ports: [${web}]\n    build:`).replace(/(example.com\/db)/, `$1\n    ports: [${db}]`);

  it('is taken where another service publishes it', () => {
    const files = { 'compose.yaml': withPorts('"80:80"', ''), a: 'http://db:80 http://db:81 http://db' };
    expect(findings(files).filter((finding) => finding.startsWith('port-taken'))).toEqual(['port-taken a:1:8']);
  });

  it.each([
    ['it is published by nobody', '"8080:8080"', ''],
    ['only UDP is published', '"80:80/udp"', ''],
  ])('is free where %s', (_, web, db) => {
    expect(findings({ 'compose.yaml': withPorts(web, db), a: 'http://db:80' })).toEqual(['host-in-file a:1:8']);
  });
});
