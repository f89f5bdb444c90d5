import { describe, expect, test } from 'vitest';
import { load } from './project-in-memory.ts';

const service = (text: string) => `services: {a: {${text}}}`;

describe('which files', () => {
  test.each<[string, Record<string, string>, string]>([
    ['compose.yaml before the others', { 'compose.yaml': '1', 'docker-compose.yml': '2' }, '1'],
    ['compose.yml before docker-compose.yml', { 'compose.yml': '1', 'docker-compose.yml': '2' }, '1'],
    ['an override beside it', { 'docker-compose.yml': '1', 'docker-compose.override.yml': '2' }, '2'],
    ['one in a directory above', { '../compose.yaml': '1' }, '1'],
  ])('%s', (_, images, expected) => {
    const files = Object.entries(images).map(([path, image]) => [path, service(`image: x:${image}`)]);
    expect(load(Object.fromEntries(files), { projectName: 'p' }).json.services.a.image).toBe(`x:${expected}`);
  });

  test('several default files are a warning', () => {
    const files = { 'compose.yaml': service('image: x'), 'docker-compose.yml': service('image: y') };
    expect(load(files).diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['compose/several-files', 'There are several Compose files: compose.yaml is used, docker-compose.yml is not.'],
    ]);
  });

  test('none at all', () => {
    const { diagnostics } = load({ 'other.txt': '' });
    expect(diagnostics[0]).toMatchObject({ code: 'compose/no-file' });
    expect(diagnostics[0]?.message).toContain('/work');
    expect(diagnostics[0]?.help).toContain('compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml');
  });

  test('an address is not fetched, and a file of that name is read', () => {
    const address = 'https://example.com/c.yml';
    expect(load({}, { files: [address] }).findings).toEqual(['compose/remote-file']);
    const here = { 'github.com/x/c.yml': service('image: x') };
    expect(load(here, { files: ['github.com/x/c.yml'] }).json.services.a.image).toBe('x');
  });

  test('an override is not added to files that are named', () => {
    const files = { 'compose.yaml': service('image: x'), 'compose.override.yaml': service('user: u') };
    expect(load(files, { files: ['compose.yaml'] }).json.services.a.user).toBeUndefined();
    expect(load(files, {}, { COMPOSE_FILE: 'compose.yaml' }).json.services.a.user).toBeUndefined();
    expect(load(files).json.services.a.user).toBe('u');
  });

  test("COMPOSE_FILE names several, with a separator of one's own", () => {
    const files = { 'a.yml': service('image: x'), 'b.yml': service('user: u') };
    expect(load(files, {}, { COMPOSE_FILE: 'a.yml:b.yml' }).json.services.a).toMatchObject({ image: 'x', user: 'u' });
    const separated = { COMPOSE_FILE: 'a.yml,b.yml', COMPOSE_PATH_SEPARATOR: ',' };
    expect(load(files, {}, separated).json.services.a.user).toBe('u');
  });

  test('standard input', () => {
    const { json } = load({ '-': service('image: x, build: ./b') }, { files: ['-'] });
    expect(json.services.a.build.context).toBe('/work/b');
  });

  test.each<[string, Record<string, string>, string]>([
    ['missing', {}, 'input/missing'],
    ['a directory', { 'a.yml/x': '' }, 'input/directory'],
  ])('a named file that is %s', (_, files, code) => {
    expect(load(files, { files: ['a.yml'] }).findings).toEqual([code]);
  });

  test('relative paths start beside the first file, or in the project directory', () => {
    const files = { 'sub/a.yml': service('image: x, build: ./b'), 'other/b.yml': service('volumes: ["./v:/v"]') };
    const { json } = load(files, { files: ['sub/a.yml', 'other/b.yml'] });
    expect(json.services.a.build.context).toBe('/work/sub/b');
    expect(json.services.a.volumes[0].source).toBe('/work/sub/v');
    const moved = load(files, { files: ['sub/a.yml'], projectDirectory: 'p' });
    expect(moved.json.services.a.build.context).toBe('/work/p/b');
    expect(moved.json.name).toBe('p');
  });

  test('~ is the home directory', () => {
    const { json } = load(service('image: x, volumes: ["~/x:/x"]'), {}, { HOME: '/home/u' });
    expect(json.services.a.volumes[0].source).toBe('/home/u/x');
  });
});

describe('which variables', () => {
  const shown = (outcome: ReturnType<typeof load>) => outcome.json.services.a.user;
  const compose = service('image: x, user: "${V-none}"');

  test.each<[string, Record<string, string>, Parameters<typeof load>[1], Record<string, string>, string]>([
    ['the shell before .env', { '.env': 'V=file' }, {}, { V: 'shell' }, 'shell'],
    ['.env', { '.env': 'V=file' }, {}, {}, 'file'],
    [
      'the last --env-file, and .env not at all',
      { '.env': 'V=0', '1': 'V=1', '2': 'V=2' },
      { envFiles: ['1', '2'] },
      {},
      '2',
    ],
    ['COMPOSE_ENV_FILES', { '.env': 'V=0', '1': 'V=1' }, {}, { COMPOSE_ENV_FILES: '1' }, '1'],
    ['COMPOSE_DISABLE_ENV_FILE', { '.env': 'V=0' }, {}, { COMPOSE_DISABLE_ENV_FILE: '1' }, 'none'],
  ])('%s', (_, files, options, environment, expected) => {
    expect(shown(load({ ...files, 'compose.yaml': compose }, options, environment))).toBe(expected);
  });

  test('with -f, only the .env beside the file', () => {
    const files = { '.env': 'V=here', 'sub/c.yml': compose };
    expect(shown(load(files, { files: ['sub/c.yml'] }))).toBe('none');
    expect(shown(load({ ...files, 'sub/.env': 'V=sub' }, { files: ['sub/c.yml'] }))).toBe('sub');
  });

  test('with COMPOSE_FILE, that of the current directory before that of the project', () => {
    const files = {
      '.env': 'COMPOSE_FILE=sub/c.yml\nV=here',
      'sub/c.yml': service('image: "x:${W}", user: "$V"'),
      'sub/.env': 'V=sub\nW=sub',
    };
    const { json } = load(files);
    expect(json.services.a).toMatchObject({ user: 'here', image: 'x:sub' });
  });

  test('a missing --env-file is an error', () => {
    expect(load(compose, { envFiles: ['nope'] }).findings).toEqual(['input/missing']);
  });

  test('environment and env_file supply no variables to the Compose file', () => {
    const { json } = load({
      'compose.yaml': service('image: x, env_file: e, environment: {V: 1}, user: "${V-none}"'),
      e: 'V=2',
    });
    expect(json.services.a.user).toBe('none');
  });
});

describe("the project's name", () => {
  const compose = 'name: My.App\nservices: {a: {image: x}}';
  test.each<[string, string, Parameters<typeof load>[1], Record<string, string>, string]>([
    ['name: of the file, normalised', compose, {}, {}, 'myapp'],
    ['COMPOSE_PROJECT_NAME', compose, {}, { COMPOSE_PROJECT_NAME: 'env' }, 'env'],
    ['-p', compose, { projectName: 'flag' }, { COMPOSE_PROJECT_NAME: 'env' }, 'flag'],
    ['the directory', service('image: x'), {}, {}, 'work'],
    ['the last name', 'name: a\nservices: {a: {image: x}}\n---\nname: b\n', {}, {}, 'b'],
    ['an interpolated name', 'name: "${N}-x"\nservices: {a: {image: x}}', {}, { N: 'n' }, 'n-x'],
  ])('%s', (_, text, options, environment, expected) => {
    const { project, json } = load(text, options, environment);
    expect(project?.name).toBe(expected);
    expect(json.networks.default.name).toBe(`${expected}_default`);
  });

  test('one that is given must be right', () => {
    expect(load(compose, { projectName: 'Bad' }).findings).toEqual(['compose/project-name']);
    expect(load({ 'compose.yaml': compose, '.env': 'COMPOSE_PROJECT_NAME=_x' }).findings).toEqual([
      'compose/project-name .env:1:1',
    ]);
  });

  test('it can be used in the file', () => {
    expect(load('name: n\nservices: {a: {image: "x:$COMPOSE_PROJECT_NAME"}}').json.services.a.image).toBe('x:n');
  });
});

test('an empty name in an override does not take the name away', () => {
  expect(load('name: n\nservices: {a: {image: x}}\n---\nname: ""\n').json.name).toBe('n');
});

test('--profile takes one profile, COMPOSE_PROFILES a list', () => {
  const text = 'services: {a: {image: x}, b: {image: x, profiles: [p]}}';
  const names = (profiles: string[], environment: Record<string, string>) =>
    Object.keys(load({ 'compose.yaml': text }, { profiles }, environment).json.services);
  expect(names(['q,p'], {})).toEqual(['a']);
  expect(names(['q', 'p'], {})).toEqual(['a', 'b']);
  expect(names([], { COMPOSE_PROFILES: 'q, p' })).toEqual(['a', 'b']);
});

describe('include', () => {
  test('brings its services, with paths and variables of its own', () => {
    const { json } = load({
      'compose.yaml': 'include: [sub/c.yml]\nservices: {main: {image: "m:${V}"}}',
      '.env': 'V=main\n',
      'sub/c.yml': 'name: ignored\nservices: {lib: {image: "l:${V}-${W}", volumes: ["./d:/d"], env_file: e}}',
      'sub/.env': 'V=sub\nW=sub\n',
      'sub/e': 'E=1',
    });
    expect(json.name).toBe('work');
    expect(json.services.lib).toMatchObject({ image: 'l:main-sub', environment: { E: '1' } });
    expect(json.services.lib.volumes[0].source).toBe('/work/sub/d');
    expect(json.services.main.image).toBe('m:main');
  });

  test('on a clash of names, the including file wins', () => {
    const { json } = load({
      'compose.yaml': 'include: [{path: [b.yml, c.yml]}]\nservices: {a: {image: own}}',
      'b.yml': 'services: {a: {image: b, user: b, working_dir: /b}}',
      'c.yml': 'services: {a: {user: c}}',
    });
    expect(json.services.a).toMatchObject({ image: 'own', user: 'c', working_dir: '/b' });
  });

  test('a circle', () => {
    const { findings, diagnostics } = load({
      'compose.yaml': 'include: [b.yml]\nservices: {a: {image: x}}',
      'b.yml': 'include: [compose.yaml]\nservices: {b: {image: x}}',
    });
    expect(findings).toEqual(['compose/include-cycle b.yml:1:11']);
    expect(diagnostics[0]?.message).toContain('compose.yaml -> b.yml -> compose.yaml');
  });

  test('what is included can be extended', () => {
    const { json } = load({
      'compose.yaml': 'include: [b.yml]\nservices: {a: {extends: b, user: u}}',
      'b.yml': 'services: {b: {image: y}}',
    });
    expect(json.services.a).toMatchObject({ image: 'y', user: 'u' });
  });

  test('variables without a value: those in a list are its own, those in a mapping the project’s', () => {
    const { json } = load({
      'compose.yaml': 'include: [sub/c.yml]\nservices: {a: {image: x}}',
      'sub/c.yml': 'services: {b: {image: y, environment: [V]}, c: {image: z, environment: {V: , W: }}}',
      'sub/.env': 'V=sub\n',
      '.env': 'W=main\n',
    });
    expect(json.services.b.environment).toEqual({ V: 'sub' });
    expect(json.services.c.environment).toEqual({ V: null, W: 'main' });
  });

  test('a project directory that is not there is taken for a file in one', () => {
    const included = (files: Record<string, string>) =>
      load({
        'compose.yaml': 'include: [{path: sub/c.yml, project_directory: p/q}]\nservices: {a: {image: x}}',
        'sub/c.yml': 'services: {b: {build: .}}',
        ...files,
      }).json.services.b.build.context;
    expect(included({ 'p/q/x': '' })).toBe('/work/p/q');
    expect(included({})).toBe('/work/p');
  });

  test('nothing at all, and no variables', () => {
    expect(load('include:\nservices: {a: {image: x}}').findings).toEqual([]);
    const { json } = load({
      'compose.yaml': 'include: [{path: sub/c.yml, env_file: /dev/null}]\nservices: {a: {image: x}}',
      'sub/c.yml': 'services: {b: {image: "y:${V-none}"}}',
      'sub/.env': 'V=sub\n',
    });
    expect(json.services.b.image).toBe('y:none');
  });

  test.each(['https://github.com/x/y.git#main:c.yml', 'git@github.com:x/y.git', 'oci://registry/x:1'])(
    '%s is not fetched',
    (address) => {
      const included = load(`include:\n  - ${address}\nservices: {a: {image: x}}`);
      expect(included.findings).toEqual(['compose/remote-file 2:5']);
      expect(included.diagnostics[0]?.message).toContain(address);
      expect(load(`services:\n  a:\n    extends: {service: b, file: "${address}"}\n`).findings).toContain(
        'compose/remote-file 3:33',
      );
    },
  );

  test('a missing file', () => {
    expect(load('services: {a: {image: x}}\ninclude:\n  - nope.yml\n').findings).toEqual(['input/missing 3:5']);
  });
});

describe('extends', () => {
  test('a file that is left empty is this one', () => {
    expect(load('services: {a: {extends: {service: b, file: }}, b: {image: x}}').json.services.a.image).toBe('x');
  });

  test('everything is inherited, the own wins', () => {
    const { json } = load(
      'services:\n  a: {extends: b, command: z, environment: {A: 1}}\n  b: {extends: {service: c}, environment: [A=0, B=2], ports: ["1:1"]}\n  c: {image: x, user: u}\n',
    );
    expect(json.services.a).toMatchObject({ image: 'x', user: 'u', command: ['z'], environment: { A: '1', B: '2' } });
    expect(json.services.a.ports).toHaveLength(1);
  });

  test('from another file, with paths that start there', () => {
    const { json } = load({
      'compose.yaml': 'services: {a: {extends: {file: ext/b.yml, service: b}}}',
      'ext/b.yml': 'services: {b: {extends: {file: deep/c.yml, service: c}, build: ., volumes: ["./v:/v"]}}',
      'ext/deep/c.yml': 'services: {c: {image: "x:${V-none}", env_file: e}}',
      'ext/deep/e': 'E=1',
      'ext/.env': 'V=ignored',
    });
    expect(json.services.a).toMatchObject({ image: 'x:none', environment: { E: '1' } });
    expect(json.services.a.build.context).toBe('/work/ext');
    expect(json.services.a.volumes[0].source).toBe('/work/ext/v');
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'a service that is not there',
      { 'compose.yaml': 'services:\n  web: {image: x}\n  a: {extends: wbe}\n' },
      ['compose/extends-undefined 3:16'],
    ],
    [
      'a file that is not there',
      { 'compose.yaml': 'services:\n  a: {extends: {file: n.yml, service: b}}\n' },
      ['input/missing 2:23'],
    ],
    [
      'a circle',
      { 'compose.yaml': 'services:\n  a: {extends: b, image: x}\n  b: {extends: a, image: x}\n' },
      ['compose/extends-cycle 3:16'],
    ],
    [
      'a dependency that did not come along',
      {
        'compose.yaml': 'services: {a: {extends: {file: b.yml, service: b}}}',
        'b.yml': 'services:\n  b: {image: y, depends_on: [c]}\n  c: {image: c}\n',
      },
      ['compose/undefined b.yml:2:30'],
    ],
  ])('%s', (_, files, expected) => {
    expect(load(files).findings).toContain(expected[0]);
  });
});
