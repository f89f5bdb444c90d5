import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { Code } from '../../src/diagnostics/diagnostic.ts';
import { memoryHost, place } from '../parser/compose/project-in-memory.ts';

/** The findings of a code, as `line:column`. */
function findings(code: Code, compose: string, params = 'task_definition: {}'): string[] {
  const host = memoryHost({ 'compose.yaml': compose, 'ecs-params.yml': params });
  return compile(host, { region: 'us-east-1' })
    .diagnostics.filter((finding) => finding.code === code)
    .map((finding) => place(finding).replace(`${code} `, ''));
}

const service = (lines: string) => `services:\n  web:\n${lines.replace(/^/gm, '    ')}\n`;

describe('a pull from Docker Hub', () => {
  const found = (image: string, params?: string) =>
    findings('transform/anonymous-pull', service(`image: ${image}`), params);

  it.each(['nginx', 'nginx:1', 'shop/web', 'docker.io/shop/web'])('of %s is anonymous', (image) =>
    expect(found(image)).toEqual(['3:12']),
  );

  it.each(['ghcr.io/shop/web', 'public.ecr.aws/docker/library/nginx', 'localhost:5000/web'])('%s is none', (image) =>
    expect(found(image)).toEqual([]),
  );

  it('is not anonymous with credentials', () => {
    const credentials = 'repository_credentials: { credentials_parameter: hub }';
    expect(found('nginx', `task_definition: { services: { web: { ${credentials} } } }`)).toEqual([]);
  });

  it('is reported once', () => {
    expect(
      findings('transform/anonymous-pull', 'services: { a: { image: x }, b: { image: x }, c: { image: y } }'),
    ).toEqual(['1:25']);
  });
});

describe('a build without a platform', () => {
  const found = (lines: string, params?: string) =>
    findings('transform/build-platform', service(`image: a\n${lines}`), params);

  it('is reported', () => expect(found('build: .')).toEqual(['4:5']));
  it('has one by the key of the service', () => expect(found('build: .\nplatform: linux/arm64')).toEqual([]));
  it('has one by the key of the build', () =>
    expect(found('build: { context: ., platforms: [linux/amd64] }')).toEqual([]));
  it('is another matter on Windows', () => {
    const platform = 'runtime_platform: { operating_system_family: WINDOWS_SERVER_2022_CORE }';
    expect(found('build: .', `task_definition: { ${platform} }`)).toEqual([]);
  });
});

describe('a health check', () => {
  const found = (image: string, test: string) =>
    findings('transform/health-program', service(`image: ${image}\nhealthcheck: { test: ${test} }`));

  it.each([
    ['shop/web', 'curl -f localhost || exit 1'],
    ['shop/web', '["CMD", "/usr/bin/curl", "localhost"]'],
    ['shop/web', '["CMD-SHELL", "test -f /x && wget -q localhost"]'],
    ['nginx:1.27', 'wget -q localhost'],
    ['mariadb', 'mysqladmin ping'],
    ['mariadb:11.4', 'mysqladmin ping'],
  ])('of %s by %s may lack its program', (image, test) => expect(found(image, test)).toEqual(['4:26']));

  it.each([
    ['nginx:1.27-alpine', 'wget -q localhost'],
    ['mysql:8', 'mysqladmin ping'],
    ['mariadb:10.6.4-focal', 'mysqladmin ping'],
    ['shop/web', 'node curl.js'],
    ['shop/web', 'pg_isready'],
  ])('of %s by %s has it', (image, test) => expect(found(image, test)).toEqual([]));
});

describe('a service that others wait for', () => {
  const found = (health: string, more = '', condition = 'service_healthy') =>
    findings(
      'transform/start-period',
      `services:\n  db:\n    image: a\n    healthcheck: { test: x${health} }${more}\n  web:\n    image: b\n    depends_on: { db: { condition: ${condition} } }\n`,
    );

  it('has little time on a quarter of a vCPU', () => expect(found('')).toEqual(['4:5']));
  it('has time with a start period', () => expect(found(', start_period: 30s')).toEqual([]));
  it('has time on half a vCPU', () => expect(found('', '\n    cpus: 0.5')).toEqual([]));
  it('is waited for to be healthy only', () => expect(found('', '', 'service_started')).toEqual([]));
});

describe('a database', () => {
  const found = (image: string, replicas: number) =>
    findings('transform/database-copies', service(`image: ${image}\nscale: ${replicas}`));

  it.each(['mysql:8', 'bitnami/postgresql', 'mcr.microsoft.com/mssql/server:2022-latest', 'mongo'])(
    '%s is not to be copied',
    (image) => {
      expect(found(image, 2)).toEqual(['3:12']);
      expect(found(image, 1)).toEqual([]);
    },
  );

  it.each(['nginx', 'redis:7', 'shop/mysql-backup'])('is not what %s is', (image) =>
    expect(found(image, 2)).toEqual([]),
  );
});

describe('the address of a WordPress site', () => {
  const found = (more: string) => findings('transform/site-address', service(`image: wordpress:6${more}`));

  it('changes', () => expect(found('')).toEqual(['3:12']));
  it('is fixed by the configuration', () => {
    expect(found(`\nenvironment: { WORDPRESS_CONFIG_EXTRA: "define('WP_HOME', 'https://example.com');" }`)).toEqual([]);
  });
});

describe('an address that is in the image', () => {
  const found = (lines: string, sibling: string) =>
    findings('transform/host-in-image', `${service(lines)}  ${sibling}:\n    image: b\n`);

  it.each([
    ['kibana:8.15.0', 'elasticsearch'],
    ['docker.elastic.co/kibana/kibana:8', 'elasticsearch'],
    ['mongo-express', 'mongo'],
    ['phpmyadmin/phpmyadmin', 'db'],
    ['adminer', 'db'],
    ['wordpress', 'mysql'],
  ])('%s looks for %s', (image, sibling) => {
    expect(found(`image: ${image}`, sibling)).toEqual(['3:12']);
    expect(found(`image: ${image}`, 'other')).toEqual([]);
  });

  it('does not count where a variable says another', () => {
    expect(found('image: kibana\nenvironment: { ELASTICSEARCH_HOSTS: x }', 'elasticsearch')).toEqual([]);
  });
});
