import { describe, expect, test } from 'vitest';
import { pushedDigest, repositoryDigest, repositoryOf } from '../../../src/deployer/image/docker.ts';
import { type ImageBuild, imageBuilds } from '../../../src/deployer/image/image-build.ts';
import type { Project } from '../../../src/parser/compose/project.ts';
import type { MappingNode } from '../../../src/source/node.ts';
import { SourceFile } from '../../../src/source/source.ts';
import { parseYaml } from '../../../src/source/yaml.ts';

/** The builds of a normalised project, in which short forms are long and paths absolute. */
function buildsOf(yaml: string, runtimePlatform = {}): readonly ImageBuild[] {
  const file = new SourceFile('/project/compose.yaml', yaml);
  const [root] = parseYaml(file, () => undefined);
  const project: Project = { name: 'shop', directory: '/project', files: [file], root: root as MappingNode };
  return imageBuilds(project, { runtimePlatform });
}

const build = (members: string, rest = '') =>
  buildsOf(`services:\n  web:\n    build: {context: /project/app, ${members}}\n${rest}`)[0];

describe('what docker build is told', () => {
  test.each([
    ['dockerfile: docker/Dockerfile', ['--file', '/project/app/docker/Dockerfile']],
    ['dockerfile: ../Dockerfile', ['--file', '/project/Dockerfile']],
    ['dockerfile: /elsewhere/Dockerfile', ['--file', '/elsewhere/Dockerfile']],
    ['args: {A: "1", B: null}', ['--build-arg', 'A=1', '--build-arg', 'B']],
    ['target: prod', ['--target', 'prod']],
    ['labels: {a: b}', ['--label', 'a=b']],
    ['cache_from: [a, b]', ['--cache-from', 'a', '--cache-from', 'b']],
    ['additional_contexts: {r: /project/x}', ['--build-context', 'r=/project/x']],
    ['no_cache: true, pull: false', ['--no-cache']],
    ['extra_hosts: [a=1.2.3.4]', ['--add-host', 'a=1.2.3.4']],
    ['shm_size: "64"', ['--shm-size', '64']],
    ['ssh: [default, deploy=~/.ssh/key]', ['--ssh', 'default', '--ssh', 'deploy=~/.ssh/key']],
    ['ulimits: {nofile: {soft: 1, hard: 2}, nproc: 5}', ['--ulimit', 'nofile=1:2', '--ulimit', 'nproc=5']],
    ['provenance: "false"', ['--provenance', 'false']],
  ])('%s', (members, flags) => {
    expect(build(members)?.flags).toEqual(flags);
  });

  test('a secret by its place, never by its value', () => {
    const secrets = 'secrets:\n  a: {file: /project/a.txt}\n  b: {environment: TOKEN}\n';
    expect(build('secrets: [{source: a}, {source: b, target: c}]', secrets)?.flags).toEqual([
      ...['--secret', 'id=a,src=/project/a.txt'],
      ...['--secret', 'id=c,env=TOKEN'],
    ]);
  });

  test('a remote context keeps its Dockerfile', () => {
    const [web] = buildsOf(
      'services:\n  web:\n    build: {context: "https://github.com/a/b.git#main", dockerfile: d/Dockerfile}\n',
    );
    expect(web).toMatchObject({ context: 'https://github.com/a/b.git#main', flags: ['--file', 'd/Dockerfile'] });
  });
});

test('the platform is the one that the task runs on', () => {
  const yaml = 'services:\n  web: {platform: linux/amd64, build: {context: /a}}\n';
  expect(buildsOf(yaml)[0]?.platform).toBe('linux/amd64');
  expect(buildsOf(yaml, { cpuArchitecture: 'ARM64' })[0]?.platform).toBe('linux/arm64');
});

test.each([
  ['web', undefined, { repository: 'shop/web', tag: 'latest' }],
  ['My.Web__2-', undefined, { repository: 'shop/my.web__2', tag: 'latest' }],
  ['a_.b', undefined, { repository: 'shop/a-b', tag: 'latest' }],
  ['web', 'app', { repository: 'app', tag: 'latest' }],
  ['web', 'localhost:5000/app:2', { registry: 'localhost:5000', repository: 'app', tag: '2' }],
])('the image of %s, which is named %s, goes to where it belongs', (service, image, target) => {
  const named = image === undefined ? '' : `, image: "${image}"`;
  expect(buildsOf(`services:\n  ${service}: {build: {context: /a}${named}}\n`)[0]?.target).toEqual(target);
});

describe('digests', () => {
  const [one, other] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

  test('the last line of a push counts', () => {
    expect(pushedDigest(`1: digest: ${one} size: 1\nlatest: digest: ${other} size: 528\n`)).toBe(other);
    expect(pushedDigest('denied')).toBeUndefined();
  });

  test('of the repositories of an image, the one that it was pushed to', () => {
    expect(repositoryDigest([`h/ab@${one}`, `h/a@${other}`], 'h/a:1')).toBe(other);
    expect(repositoryDigest([], 'h/a:1')).toBeUndefined();
    expect(repositoryOf('localhost:5000/a')).toBe('localhost:5000/a');
  });
});
