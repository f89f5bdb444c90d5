import { describe, expect, test } from 'vitest';
import { child, type Node } from '../../../src/source/node.ts';
import { load } from './project-in-memory.ts';

describe('what the schema refuses, at its own place', () => {
  test.each<[string, string, string, string | undefined]>([
    [
      'services:\n  web:\n    imagee: x\n',
      'compose/unknown-key 3:5',
      'Service "web" has no key "imagee".',
      'Did you mean "image"?',
    ],
    [
      'services:\n  web:\n    build: .\n    dockerfile: D\n',
      'compose/unknown-key 4:5',
      'Service "web" has no key "dockerfile" any more.',
      'Write "dockerfile:" below "build:" instead.',
    ],
    [
      'services: {a: {image: x}}\nconfgs: {}\n',
      'compose/unknown-key 2:1',
      'The Compose file has no key "confgs".',
      'Did you mean "configs"?',
    ],
    [
      'services:\n  a:\n    image: x\n    build:\n      contxt: .\n',
      'compose/unknown-key 5:7',
      '"build" of service "a" has no key "contxt".',
      'Did you mean "context"?',
    ],
    [
      'services:\n  a:\n    image: x\n    ports:\n      - {tarrget: 80}\n',
      'compose/unknown-key 5:10',
      '"ports[0]" of service "a" has no key "tarrget".',
      'Did you mean "target"?',
    ],
    [
      'services:\n  a:\n    image: x\n    environment: 5\n',
      'compose/schema-type 4:18',
      '"environment" of service "a" must be a mapping or a list, and is a number.',
      undefined,
    ],
    [
      'services:\n  a:\n    image: x\n    ports:\n',
      'compose/schema-type 4:11',
      '"ports" of service "a" must be a list, and is empty.',
      'Give it a value, or remove it.',
    ],
    [
      'services:\n  a:\n',
      'compose/schema-type 2:5',
      'Service "a" must be a mapping, and is empty.',
      'Give it a value, or remove it.',
    ],
    [
      'services: {a: {image: x, depends_on: {a: {required: true}}}}\n',
      'compose/missing-key 1:42',
      '"depends_on.a" of service "a" needs the key "condition".',
      'Add "condition:".',
    ],
    [
      'services:\n  a:\n    image: x\n    depends_on: {a: {condition: service_healty}}\n',
      'compose/not-allowed 4:33',
      '"depends_on.a.condition" of service "a" cannot be "service_healty": it is one of service_started, service_healthy, service_completed_successfully.',
      'Did you mean "service_healthy"?',
    ],
    [
      'services: {a: {image: x, gpus: {}}}\n',
      'compose/schema-type 1:32',
      '"gpus" of service "a" must be a string or a list, and is a mapping.',
      undefined,
    ],
    [
      'services: {a: {image: x, cgroup: []}}\n',
      'compose/schema-type 1:34',
      '"cgroup" of service "a" must be a string, and is a list.',
      undefined,
    ],
    [
      'services: {a: {image: x, ulimits: {nofile: {soft: 1}}}}\n',
      'compose/missing-key 1:44',
      '"ulimits.nofile" of service "a" needs the key "hard".',
      'Add "hard:".',
    ],
    [
      'services: {"a b": {image: x}}\n',
      'compose/invalid-name 1:12',
      '"a b" is no name for one of the services.',
      undefined,
    ],
    [
      'services: {a: {image: x, container_name: c}}\n',
      'compose/malformed 1:42',
      '"container_name" of service "a" cannot be "c": it must match [a-zA-Z0-9][a-zA-Z0-9_.-]+.',
      undefined,
    ],
    [
      'services: {a: {image: x, oom_score_adj: 5000}}\n',
      'compose/out-of-range 1:41',
      '"oom_score_adj" of service "a" is 5000, and must be at most 1000.',
      undefined,
    ],
  ])('%j', (text, finding, message, help) => {
    const { findings, diagnostics } = load(text);
    expect(findings).toEqual([finding]);
    expect(diagnostics[0]?.message).toBe(message);
    if (help !== undefined) expect(diagnostics[0]?.help).toBe(help);
  });

  test('a value behind an alias is shown where it is used', () => {
    const { findings, diagnostics } = load('x-e: &e 5\nservices: {a: {image: x, environment: *e}}\n');
    expect(findings).toEqual(['compose/schema-type 2:39']);
    expect(diagnostics[0]?.related[0]?.message).toBe('the anchor &e');
  });

  test('several mistakes are all found', () => {
    expect(load('services:\n  a: {image: x, foo: 1}\n  b: {image: y, prots: []}\n').findings).toEqual([
      'compose/unknown-key 2:17',
      'compose/unknown-key 3:17',
    ]);
  });

  test('a file of the first version', () => {
    const { findings, diagnostics } = load('web:\n  image: x\n  links: [db]\ndb:\n  image: y\n');
    expect(findings).toEqual(['compose/no-services-key 1:1']);
    expect(diagnostics[0]?.message).toContain('web, db');
    expect(diagnostics[0]?.help).toContain('services:');
  });

  test('a file that is a list', () => {
    expect(load('- a\n').findings).toEqual(['compose/not-a-mapping 1:1']);
  });

  test.each(["'2'", "'2.1'", "'3.8'"])('version: %s says nothing', (version) => {
    const { findings, json } = load(`version: ${version}\nservices: {a: {image: x}}\n`);
    expect(findings).toEqual([]);
    expect(json.version).toBeUndefined();
  });
});

describe('what does not fit together', () => {
  const a = (attributes: string, rest = '') => `services:\n  a:\n    image: x\n    ${attributes}\n${rest}`;
  test.each<[string, string, string]>([
    ['no image', 'services:\n  a: {command: x}\n', 'compose/no-image 2:3'],
    ['an undefined network', a('networks: [n]'), 'compose/undefined 4:16'],
    ['an undefined secret', a('secrets: [n]'), 'compose/undefined 4:15'],
    ['an undefined config', a('configs: [n]'), 'compose/undefined 4:15'],
    ['an undefined dependency', a('depends_on: [n]'), 'compose/undefined 4:18'],
    [
      'an undefined optional dependency',
      a('depends_on: {n: {condition: service_started, required: false}}'),
      'compose/undefined 4:18',
    ],
    ['itself as a dependency', a('depends_on: [a]'), 'compose/dependency-cycle 4:18'],
    [
      'a circle through links',
      a('depends_on: [b]', '  b: {image: y, links: ["a:z"]}\n'),
      'compose/dependency-cycle 5:25',
    ],
    [
      'network_mode and networks',
      a('network_mode: host\n    networks: {n: }', 'networks: {n: }\n'),
      'compose/exclusive 5:5',
    ],
    ['network_mode of an unknown service', a('network_mode: "service:n"'), 'compose/undefined 4:19'],
    ['scale and replicas', a('scale: 2\n    deploy: {replicas: 3}'), 'compose/distinct-values 4:12'],
    ['negative scale', a('scale: -1'), 'compose/negative-scale 4:12'],
    [
      'memory twice',
      a('mem_limit: 1g\n    deploy: {resources: {limits: {memory: 2g}}}'),
      'compose/distinct-values 4:16',
    ],
    [
      'memory beside other limits',
      a('mem_limit: 1g\n    deploy: {resources: {limits: {cpus: "1"}}}'),
      'compose/distinct-values 4:16',
    ],
    ['cpus twice', a('cpus: 1\n    deploy: {resources: {limits: {cpus: "2"}}}'), 'compose/distinct-values 4:11'],
    ['a name for several', a('scale: 2\n    container_name: cc'), 'compose/container-name-scaled 5:5'],
    [
      'one name for two',
      a('container_name: cc', '  b: {image: x, container_name: cc}\n'),
      'compose/container-name-taken 5:33',
    ],
    ['two Dockerfiles', a('build: {dockerfile: D, dockerfile_inline: E}'), 'compose/exclusive 4:28'],
    [
      'a platform that is not built',
      a('platform: linux/arm64\n    build: {platforms: [linux/amd64]}'),
      'compose/platform-not-built 4:15',
    ],
    [
      'an external volume with a driver',
      a('user: u', 'volumes: {v: {external: true, driver: d}}\n'),
      'compose/external-attribute 5:31',
    ],
    ['a config of two sources', a('user: u', 'configs: {c: {content: a, file: b}}\n'), 'compose/exclusive 5:15'],
    ['a secret of none', a('user: u', 'secrets: {s: {name: n}}\n'), 'compose/one-needed 5:14'],
    ['an address that is none', a('ports: [{target: 80, host_ip: x}]'), 'compose/not-an-address 4:35'],
    ['a secret that only a driver has', a('user: u', 'secrets: {s: {driver: d}}\n'), 'compose/one-needed 5:14'],
    [
      'a build that takes from no service',
      a('build: {additional_contexts: {q: "service:n"}}'),
      'compose/undefined 4:38',
    ],
    [
      'a build that takes from what is not built',
      a('build: {additional_contexts: {q: "service:b"}}', '  b: {image: y}\n'),
      'compose/not-built 4:38',
    ],
    ['count and ids of devices', a('gpus: [{count: 1, device_ids: ["0"]}]'), 'compose/exclusive 4:23'],
  ])('%s', (_, text, expected) => {
    expect(load(text).findings).toContain(expected);
    expect(load(text).project).toBeUndefined();
  });

  test.each([
    'cpus: 0.5\n    deploy: {resources: {limits: {cpus: "0.5"}}}',
    'scale: 3\n    deploy: {replicas: 3}',
    'mem_limit: 1g\n    deploy: {replicas: 1}',
    'build: {additional_contexts: {q: "service:a"}}',
  ])('%j fits', (attributes) => {
    expect(load(a(attributes)).findings).toEqual([]);
  });

  test('a name that is nearly right gets a suggestion', () => {
    const { diagnostics } = load(a('networks: [frnt]', 'networks: {front: {}}\n'));
    expect(diagnostics[0]?.help).toBe('Did you mean "front"?');
  });
});

describe('profiles', () => {
  const text =
    'services:\n  a: {image: x}\n  b: {image: x, profiles: [dev]}\n  c: {image: x, profiles: [test], depends_on: [b]}\n';
  const names = (outcome: ReturnType<typeof load>) => Object.keys(outcome.json.services);

  test.each<[Parameters<typeof load>[1], Record<string, string>, readonly string[]]>([
    [{}, {}, ['a']],
    [{ profiles: ['dev'] }, {}, ['a', 'b']],
    [{ profiles: ['*'] }, {}, ['a', 'b', 'c']],
    [{}, { COMPOSE_PROFILES: 'dev,test' }, ['a', 'b', 'c']],
    [{ services: ['b'] }, {}, ['b']],
  ])('%j %j', (options, environment, expected) => {
    expect(names(load(text, options, environment))).toEqual(expected);
  });

  test('a dependency that is not active', () => {
    expect(load(text, { profiles: ['test'] }).findings).toEqual(['compose/dependency-disabled 4:48']);
  });
});

test('a service selected brings what it depends on, and nothing that is not used stays', () => {
  const { json } = load(
    'services:\n  a: {image: x, depends_on: [b], networks: [n]}\n  b: {image: x}\n  c: {image: x, volumes: ["v:/v"]}\nnetworks: {n: , m: }\nvolumes: {v: }\n',
    { services: ['a'] },
  );
  expect(Object.keys(json.services)).toEqual(['a', 'b']);
  expect(Object.keys(json.networks)).toEqual(['n', 'default']);
  expect(json.volumes).toBeUndefined();
});

test('a service that does not exist', () => {
  const { diagnostics } = load('services: {web: {image: x}}', { services: ['wbe'] });
  expect(diagnostics[0]).toMatchObject({ code: 'compose/no-service', help: 'Did you mean "web"?' });
});

test('what Compose implies is written out, with its rule', () => {
  const { json, project } = load(
    'services:\n  a: {image: x, links: ["b:c"], volumes_from: ["d:ro"], pid: "service:e"}\n  b: {image: x}\n  d: {image: x}\n  e: {image: x, ports: ["80"]}\n',
  );
  expect(json.services.a.depends_on).toEqual({
    b: { condition: 'service_started', restart: true, required: true },
    e: { condition: 'service_started', restart: true, required: true },
    d: { condition: 'service_started', required: true },
  });
  const at = (...path: string[]) => path.reduce<Node | undefined>((node, key) => child(node, key), project?.root);
  expect(at('services', 'a', 'depends_on', 'b')?.rule).toBe('implied dependency');
  expect(at('services', 'a', 'networks')?.rule).toBe('default network');
  const dependency = at('services', 'a', 'depends_on', 'b')?.source;
  expect(dependency?.file.position(dependency.start)).toEqual({ line: 2, column: 25 });
});

test('extensions survive in the tree, and at the top level in print', () => {
  const { json, project } = load('x-a: {b: 1}\nservices: {web: {image: x, x-simulate: {fail: true}}}');
  expect(json['x-a']).toEqual({ b: 1 });
  expect(json.services.web['x-simulate']).toBeUndefined();
  const service = child(child(project?.root, 'services'), 'web');
  expect(child(child(service, 'x-simulate'), 'fail')).toMatchObject({ value: true });
});

test('every node of a project has its place in a file', () => {
  const { project } = load(
    'services:\n  a:\n    build: .\n    ports: ["80:80", 81]\n    volumes: ["./x:/x", "v:/v"]\n    depends_on: [b]\n    secrets: [s]\n    healthcheck: {test: x}\n  b: {image: x, gpus: all}\nvolumes: {v: }\nsecrets: {s: {environment: S}}\n',
  );
  const walk = (node: Node) => {
    const { file, start, end } = node.source;
    expect(start).toBeLessThanOrEqual(end);
    expect(end).toBeLessThanOrEqual(file.text.length);
    if (node.kind === 'sequence') node.items.forEach(walk);
    if (node.kind === 'mapping') for (const { value } of node.entries.values()) walk(value);
  };
  walk(project?.root as Node);
});
