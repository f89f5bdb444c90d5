import { describe, expect, test } from 'vitest';
import { load } from './project-in-memory.ts';

/** A service `a` of several files, each the attributes of its `a`. */
function merged(...parts: readonly string[]) {
  const documents = parts.map((part, at) => `services: {a: {${at === 0 ? 'image: x, ' : ''}${part}}}`);
  const resources = 'networks: {n: {}, m: {}}\nvolumes: {vol: {}, other: {}}\nsecrets: {s: {file: f}, t: {file: g}}\n';
  const { json, findings } = load(`name: p\n${resources}${documents.join('\n---\n')}`);
  return json?.services.a ?? findings;
}

test.each<[string, string, Record<string, unknown>]>([
  ['user: a', 'user: b', { user: 'b' }],
  ['user: a', 'user: null', { user: 'a' }],
  ['command: [a]', 'command: b c', { command: ['b', 'c'] }],
  ['command: [a]', 'command: null', { command: null }],
  ['entrypoint: [a]', 'entrypoint: []', { entrypoint: [] }],
  ['cap_add: [A, B]', 'cap_add: [B, C]', { cap_add: ['A', 'B', 'C'] }],
  ['cap_add: [A]', 'cap_add: []', { cap_add: ['A'] }],
  ['environment: {A: 1, B: 2}', 'environment: ["B=3", "C"]', { environment: { A: '1', B: '3', C: null } }],
  ['environment: [A=1]', 'environment: {A: null}', { environment: { A: null } }],
  ['labels: [a=1]', 'labels: {b: 2}', { labels: { a: '1', b: '2' } }],
  ['dns: 1.1.1.1', 'dns: [8.8.8.8, 1.1.1.1]', { dns: ['1.1.1.1', '8.8.8.8'] }],
  ['tmpfs: /a', 'tmpfs: [/b, /a]', { tmpfs: ['/a', '/b'] }],
  ['extra_hosts: ["h:1.1.1.1"]', 'extra_hosts: {h: 2.2.2.2}', { extra_hosts: ['h=1.1.1.1', 'h=2.2.2.2'] }],
  ['ulimits: {nofile: {soft: 1, hard: 2}}', 'ulimits: {nofile: 5}', { ulimits: { nofile: 5 } }],
  ['networks: [n]', 'networks: {n: {aliases: [b]}, m: }', { networks: { n: { aliases: ['b'] }, m: null } }],
  ['build: ./a', 'build: {target: t}', { build: { context: '/work/a', target: 't', dockerfile: 'Dockerfile' } }],
  [
    'logging: {driver: d, options: {a: "1"}}',
    'logging: {options: {b: "2"}}',
    { logging: { driver: 'd', options: { a: '1', b: '2' } } },
  ],
  ['logging: {driver: d, options: {a: "1"}}', 'logging: {driver: e}', { logging: { driver: 'e' } }],
  [
    'healthcheck: {test: [CMD, a], retries: 3}',
    'healthcheck: {test: b}',
    { healthcheck: { test: ['CMD-SHELL', 'b'], retries: 3 } },
  ],
  [
    'volumes: ["vol:/d"]',
    'volumes: ["other:/d", "vol:/e"]',
    {
      volumes: [
        { type: 'volume', source: 'other', target: '/d', volume: {} },
        { type: 'volume', source: 'vol', target: '/e', volume: {} },
      ],
    },
  ],
  [
    'secrets: [s]',
    'secrets: [{source: t, target: /run/secrets/s}]',
    { secrets: [{ source: 't', target: '/run/secrets/s' }] },
  ],
  [
    'ports: ["80:80"]',
    'ports: ["81:80", "80:80"]',
    {
      ports: [
        { mode: 'ingress', protocol: 'tcp', published: '80', target: 80 },
        { mode: 'ingress', protocol: 'tcp', published: '81', target: 80 },
      ],
    },
  ],
  ['ports: ["80:80"]', 'ports: !reset []', {}],
  [
    'ports: ["80:80"]',
    'ports: !override ["81:81"]',
    { ports: [{ mode: 'ingress', protocol: 'tcp', published: '81', target: 81 }] },
  ],
  ['environment: {A: 1, B: 2}', 'environment: {A: !reset null}', { environment: { B: '2' } }],
  ['environment: [A=1]', 'environment: {A: !reset null}', { environment: { A: '1' } }],
  ['environment: {A: 1}', 'environment: !override {C: 3}', { environment: { C: '3' } }],
])('%s + %s', (base, over, expected) => {
  const service = merged(base, over);
  expect(service).toMatchObject(expected);
  if (Object.keys(expected).length === 0) expect(service.ports).toBeUndefined();
});

describe('what cannot be merged', () => {
  test('another form', () => {
    const { findings, diagnostics } = load(
      'services:\n  a:\n    image: x\n    ports: ["80:80"]\n---\nservices:\n  a:\n    ports: 81\n',
    );
    expect(findings).toEqual(['compose/cannot-override 8:12']);
    const [related] = diagnostics[0]?.related ?? [];
    expect(related?.source.file.position(related.source.start)).toEqual({ line: 4, column: 12 });
  });

  test('equal items of a list that has no key', () => {
    expect(merged('security_opt: [a]', 'security_opt: [a]')).toEqual(['compose/duplicate-item 7:31']);
  });
});

test('a fragment need not be complete, the whole must be', () => {
  expect(merged('depends_on: {}', 'user: u')).toMatchObject({ user: 'u' });
});

test('services keep the order in which they first appear', () => {
  const { project } = load('services: {z: {image: x}, a: {image: x}}\n---\nservices: {b: {image: x}, a: {user: u}}');
  const services = project?.root.entries.get('services')?.value;
  expect(services?.kind === 'mapping' && [...services.entries.keys()]).toEqual(['z', 'a', 'b']);
});

test('extensions merge as any other mapping', () => {
  const { json } = load('x-a: {b: 1, c: [1]}\nservices: {a: {image: x}}\n---\nx-a: {d: 2, c: [2]}\n');
  expect(json['x-a']).toEqual({ b: 1, c: [1, 2], d: 2 });
});

test('a port whose published port is a number is another one than that of a text', () => {
  const { ports } = merged('ports: ["80:80"]', 'ports: [{target: 80, published: 80, mode: host}]');
  expect(ports.map(({ mode }: { mode: string }) => mode)).toEqual(['ingress', 'host']);
});

test('pools of one subnet are merged', () => {
  const { json } = load(
    'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {ipam: {config: [{subnet: s, gateway: g}]}}}\n---\nnetworks: {n: {ipam: {config: [{subnet: s, ip_range: r}, {subnet: t}]}}}\n',
  );
  expect(json.networks.n.ipam.config).toEqual([{ subnet: 's', gateway: 'g', ip_range: 'r' }, { subnet: 't' }]);
});
