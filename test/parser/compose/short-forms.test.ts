import { describe, expect, test } from 'vitest';
import { splitShellWords } from '../../../src/parser/compose/shell-words.ts';
import { durationSeconds, durationText, parseByteSize, parseDuration } from '../../../src/parser/compose/units.ts';
import { load } from './project-in-memory.ts';

/** The attribute as it is printed, or what was found about it. */
function attribute(key: string, text: string) {
  const { json, findings } = load(
    `services:\n  a:\n    image: x\n    ${key}: ${text}\nvolumes: {vol: {}}\nsecrets: {s: {file: f}}\nconfigs: {c: {content: c}}\n`,
    {},
    { HOME: '/home/u' },
  );
  return json === undefined ? findings : json.services.a[key];
}

const tcp = { mode: 'ingress', protocol: 'tcp' };

describe('ports', () => {
  test.each<[string, unknown]>([
    ['3000', [{ ...tcp, target: 3000 }]],
    ['"8000:80"', [{ ...tcp, target: 80, published: '8000' }]],
    ['22:22', [{ ...tcp, target: 22, published: '22' }]],
    ['"53:53/UDP"', [{ ...tcp, protocol: 'udp', target: 53, published: '53' }]],
    ['"80:80/tcp/udp"', [{ ...tcp, target: 80, published: '80' }]],
    [
      '"3000-3001"',
      [
        { ...tcp, target: 3000 },
        { ...tcp, target: 3001 },
      ],
    ],
    [
      '"9-10:9-10"',
      [
        { ...tcp, target: 10, published: '10' },
        { ...tcp, target: 9, published: '9' },
      ],
    ],
    ['"8000-9000:80"', [{ ...tcp, target: 80, published: '8000-9000' }]],
    ['"127.0.0.1::5000"', [{ ...tcp, host_ip: '127.0.0.1', target: 5000 }]],
    ['"[::1]:6000:6001"', [{ ...tcp, host_ip: '::1', target: 6001, published: '6000' }]],
    ['":80"', [{ ...tcp, target: 80 }]],
    ['{target: "80", published: 8080}', [{ ...tcp, target: 80, published: '8080' }]],
    ['{target: 80, mode: host, protocol: udp}', [{ mode: 'host', protocol: 'udp', target: 80 }]],
  ])('%s', (port, expected) => {
    expect(attribute('ports', `[${port}]`)).toEqual(expected);
  });

  test.each([
    '"::1:6000:6001"',
    '"80:"',
    '"a:80"',
    '"80-70:80-70"',
    '"80-90:80-81"',
    '"localhost:80:80"',
    '"80:80/http"',
    '"70000"',
    '80.5',
    '""',
  ])('%s is refused', (port) => {
    expect(attribute('ports', `[${port}]`)).toEqual(['compose/port-syntax 4:13']);
  });

  test('the parts have the places of their text', () => {
    const { project } = load('services: {a: {image: x, ports: ["127.0.0.1:8080:80"]}}');
    const text = JSON.stringify(project?.root, (key, value) =>
      key === 'file' ? undefined : value instanceof Map ? [...value] : value,
    );
    expect(text).toContain('"value":80,"source":{"start":49,"end":51}');
    expect(text).toContain('"value":"8080","source":{"start":44,"end":48}');
    expect(text).toContain('"value":"127.0.0.1","source":{"start":34,"end":43}');
  });

  test('one published twice is one', () => {
    expect(attribute('ports', '["80:80", "80:80/tcp"]')).toHaveLength(1);
    expect(attribute('ports', '["80:80", "80:80/udp", "81:80"]')).toHaveLength(3);
  });
});

describe('volumes', () => {
  const bind = { type: 'bind', bind: {} };
  test.each<[string, unknown]>([
    ['vol:/data', { type: 'volume', source: 'vol', target: '/data', volume: {} }],
    ['vol:/data/:ro', { type: 'volume', source: 'vol', target: '/data', read_only: true, volume: {} }],
    ['vol:/data:nocopy', { type: 'volume', source: 'vol', target: '/data', volume: { nocopy: true } }],
    ['./x:/data', { ...bind, source: '/work/x', target: '/data' }],
    ['../x:/data:cached', { ...bind, source: '/x', target: '/data' }],
    ['.:/data', { ...bind, source: '/work', target: '/data' }],
    ['/abs:/data:rshared', { ...bind, source: '/abs', target: '/data', bind: { propagation: 'rshared' } }],
    ['./x:/data:ro,Z', { ...bind, source: '/work/x', target: '/data', read_only: true, bind: { selinux: 'Z' } }],
    ['vol:/data/../x', { type: 'volume', source: 'vol', target: '/x', volume: {} }],
    ['/data', { type: 'volume', target: '/data', volume: {} }],
    ['/d', { type: 'volume', target: '/d' }],
    ['~/x:/data', { ...bind, source: '/home/u/x', target: '/data' }],
    ['~you/x:/data', { ...bind, source: '/home/u/you/x', target: '/data' }],
    ['C:\\x:/data', { ...bind, source: 'C:\\x', target: '/data' }],
    ['v:/data', { type: 'volume', target: 'v:/data', volume: {} }],
  ])('%s', (volume, expected) => {
    expect(attribute('volumes', `['${volume}']`)).toEqual([expected]);
  });

  test.each([
    ['""', 'compose/volume-syntax 4:15'],
    ['"vol:"', 'compose/volume-syntax 4:15'],
    ['":/x"', 'compose/volume-syntax 4:15'],
    ['"vol:/a:ro:z"', 'compose/volume-syntax 4:15'],
    ['"undef:/data"', 'compose/undefined 4:16'],
    ['{type: bind, target: /x}', 'compose/missing-key 4:15'],
    ['{type: volume}', 'compose/missing-key 4:15'],
    ['{target: /x}', 'compose/missing-key 4:15'],
  ])('%s is refused', (volume, finding) => {
    expect(attribute('volumes', `[${volume}]`)).toEqual([finding]);
  });

  test('two on one target', () => {
    const { findings } = load(
      'services:\n  a:\n    image: x\n    tmpfs: /x\n    volumes: ["/b:/x", "/c:/d", {type: tmpfs, target: /d/}]\n',
    );
    expect(findings).toEqual(['compose/mounted-twice 5:19', 'compose/mounted-twice 5:55']);
  });

  test('one target written in two ways is one mount, the last one', () => {
    expect(attribute('volumes', '["./b:/d", "./c:/d/"]')).toEqual([{ ...bind, source: '/work/c', target: '/d' }]);
  });

  test('that a directory is made is said only where it is not', () => {
    const volume = '{type: bind, source: /a, target: /b, bind: {create_host_path: false}}';
    expect(attribute('volumes', `[${volume}]`)[0].bind).toEqual({ create_host_path: false });
  });
});

describe('commands', () => {
  test.each<[string, readonly string[]]>([
    ['nginx -g "daemon off;"', ['nginx', '-g', 'daemon off;']],
    ["sh -c 'a && b'", ['sh', '-c', 'a && b']],
    ['echo "a b" \'c d\' e\\ f', ['echo', 'a b', 'c d', 'e f']],
    ['echo "a\\"b" \'c\\d\'', ['echo', 'a"b', 'c\\d']],
    ['echo a#b # c', ['echo', 'a#b', '#', 'c']],
    ['echo $HOME', ['echo', '$HOME']],
    ['echo $(date +%s) `x y`', ['echo', '$(date +%s)', '`x y`']],
    ['a""b ""', ['ab', '']],
    [' a\n\tb ', ['a', 'b']],
    ['', []],
  ])('%j', (text, words) => {
    expect(splitShellWords(text)).toEqual({ words });
  });

  test.each<[string, readonly string[], number]>([
    ['echo hi && echo bye', ['echo', 'hi'], 8],
    ['echo a | cat', ['echo', 'a'], 7],
    ['echo a >/x', ['echo', 'a'], 7],
    ['echo a 2>/x', ['echo', 'a'], 8],
    ['echo a;b', ['echo', 'a'], 6],
    ['cat <x', ['cat'], 4],
  ])('%j is cut at the operator', (text, words, cutAt) => {
    expect(splitShellWords(text)).toEqual({ words, cutAt });
  });

  test.each(["echo 'x", 'echo "x', 'echo `x', 'echo $(x', 'echo (x)', 'echo x)', 'echo $(a (b))', 'echo \\'])(
    '%j is refused',
    (text) => {
      expect(splitShellWords(text)).toBeTypeOf('string');
    },
  );

  test('a cut is a warning at the operator', () => {
    const { findings, json } = load('services:\n  a:\n    image: x\n    command: echo a && b\n    entrypoint: []\n');
    expect(findings).toEqual(['compose/command-cut 4:21']);
    expect(json.services.a).toMatchObject({ command: ['echo', 'a'], entrypoint: [] });
  });

  test('items of a list must be strings', () => {
    expect(attribute('command', '[a, 1]')).toEqual(['compose/schema-type 4:18']);
  });
});

describe('units', () => {
  test.each<[string, number]>([
    ['2b', 2],
    ['64', 64],
    ['64k', 65536],
    ['64kb', 65536],
    ['64KiB', 65536],
    ['1.5G', 1610612736],
    ['1 gb', 1073741824],
    ['1t', 1099511627776],
    ['1e3', 1000],
  ])('%s is a size', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  test.each(['abc', '', '-1', '64ib', '1kk', 'k'])('%j is no size', (text) => {
    expect(parseByteSize(text)).toBeUndefined();
  });

  test.each<[string, string]>([
    ['1m30s', '1m30s'],
    ['90s', '1m30s'],
    ['500ms', '500ms'],
    ['1d', '24h0m0s'],
    ['1w', '168h0m0s'],
    ['1.5h', '1h30m0s'],
    ['1h1ms', '1h0m0.001s'],
    ['0', '0s'],
    ['10us', '10µs'],
  ])('%s is a duration', (text, printed) => {
    expect(durationText(parseDuration(text) as number)).toBe(printed);
  });

  test.each(['10', '', '1x', '1m 30s', 's', '1.5.5s', '2562048h'])('%j is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('seconds of a duration', () => {
    expect(durationSeconds('1m30s')).toBe(90);
    expect(durationSeconds('0.5s')).toBe(0.5);
    expect(durationSeconds(undefined)).toBeUndefined();
  });

  test.each<[string, string, unknown]>([
    ['mem_limit', '64k', '65536'],
    ['mem_limit', '-1', '-1'],
    ['memswap_limit', '"-1"', '-1'],
    ['mem_limit', '"+1k"', '1024'],
    ['mem_limit', '"-1m"', ['compose/size-syntax 4:16']],
    ['mem_limit', 'abc', ['compose/size-syntax 4:16']],
    ['stop_grace_period', '10', ['compose/schema-type 4:24']],
    ['stop_grace_period', '"10"', ['compose/duration-syntax 4:24']],
  ])('%s: %s', (key, text, expected) => {
    expect(attribute(key, text)).toEqual(expected);
  });

  test('a fraction of a byte is dropped with a warning', () => {
    const { findings, json } = load('services: {a: {image: x, mem_limit: 1.5}}');
    expect(findings).toEqual(['compose/size-ignored 1:37']);
    expect(json.services.a.mem_limit).toBeUndefined();
  });
});

test.each<[string, string, unknown]>([
  [
    'environment',
    '{T: true, F: 1.50, E: 1e6, S: 1e-7, B: 12345678901234567890, O: 010, D: 2024-01-01, N: }',
    {
      T: 'true',
      F: '1.5',
      E: '1e+06',
      S: '1e-07',
      B: '12345678901234567890',
      O: '8',
      D: '2024-01-01 00:00:00 +0000 UTC',
      N: null,
    },
  ],
  ['environment', '[A=1, B=, C, A=2]', { A: '2', B: '', C: null }],
  ['labels', '[a=b, c]', { a: 'b', c: '' }],
  ['labels', '{a: , b: 1}', { a: '', b: '1' }],
  ['depends_on', '{}', undefined],
  ['ulimits', '{}', undefined],
  ['deploy', '', undefined],
  ['deploy', '{update_config: {delay: 0s}}', { update_config: {}, resources: {}, placement: {} }],
  ['pull_refresh_after', '1h', undefined],
  ['cpus', '1.23456789012', 1.2345679],
  ['cpu_shares', '1.5', 1],
  ['pids_limit', '9.9', 9],
  ['blkio_config', '{weight: 300}', { weight: 300 }],
  ['blkio_config', '{weight: "300"}', ['compose/wrong-type 4:28']],
  ['healthcheck', '{retries: 1.5}', { retries: 1 }],
  ['healthcheck', '{retries: -1}', ['compose/wrong-type 4:28']],
  ['deploy', '{restart_policy: {max_attempts: -1}}', ['compose/wrong-type 4:45']],
  ['volumes', '[{type: tmpfs, target: /t, tmpfs: {mode: "0755"}}]', ['compose/wrong-type 4:55']],
  ['gpus', '[{count: "2"}]', [{ count: 2 }]],
  ['gpus', '[{count: two}]', ['compose/wrong-type 4:20']],
  ['devices', '["/a:"]', [{ source: '/a', target: '/a', permissions: 'rwm' }]],
  ['dns', '["", 1.1.1.1]', ['1.1.1.1']],
  ['secrets', '[{target: t}]', ['compose/missing-key 4:15']],
  ['configs', '[{target: t}]', ['compose/missing-key 4:15']],
  ['credential_spec', '{file: spec.json}', { file: 'spec.json' }],
  ['post_start', '[{command: a b, privileged: "true"}]', [{ command: ['a', 'b'], privileged: true }]],
  [
    'pre_stop',
    '[{command: a b, environment: {A: , B: 1.0}}]',
    [{ command: ['a', 'b'], environment: { A: null, B: '1' } }],
  ],
  [
    'pre_start',
    '[{command: a}, {command: b, image: y, per_replica: "true"}]',
    [
      { command: ['a'], image: 'x' },
      { command: ['b'], image: 'y', per_replica: true },
    ],
  ],
  [
    'develop',
    '{watch: [{path: /p, action: sync+exec, target: /t, exec: {command: a "b c"}}]}',
    {
      watch: [{ path: '/p', action: 'sync+exec', target: '/t', exec: { command: ['a', 'b c'] } }],
    },
  ],
  [
    'build',
    '{sbom: true, provenance: false}',
    { context: '/work', dockerfile: 'Dockerfile', sbom: 'true', provenance: 'false' },
  ],
  ['build', '""', { dockerfile: 'Dockerfile' }],
  ['build', '{context: ., args: [A, B=1]}', { context: '/work', dockerfile: 'Dockerfile', args: { B: '1' } }],
  [
    'build',
    '{context: ., additional_contexts: [x=docker-image://y, "z=git@h:r.git", "w=./w"]}',
    {
      context: '/work',
      dockerfile: 'Dockerfile',
      additional_contexts: { x: 'docker-image://y', z: 'git@h:r.git', w: '/work/w' },
    },
  ],
  ['tmpfs', '/x', ['/x']],
  ['dns', '1.1.1.1', ['1.1.1.1']],
  ['expose', '["1", 2, "3-4"]', ['1', '2', '3-4']],
  ['group_add', '[1, "a"]', ['1', 'a']],
  [
    'ulimits',
    '{nofile: 5, core: 0, nproc: {soft: 1, hard: "2"}}',
    { nofile: 5, core: {}, nproc: { soft: 1, hard: 2 } },
  ],
  ['secrets', '[s]', [{ source: 's', target: '/run/secrets/s' }]],
  ['secrets', '[{source: s, mode: 0440}]', [{ source: 's', target: '/run/secrets/s', mode: '0440' }]],
  [
    'configs',
    '[c, {source: c, target: /x, mode: "0400"}]',
    [{ source: 'c' }, { source: 'c', target: '/x', mode: '0400' }],
  ],
  ['extra_hosts', '["b:1.1.1.1", "a=[::1]"]', ['a=::1', 'b=1.1.1.1']],
  ['extra_hosts', '{a: 1.1.1.1, b: [2.2.2.2, 3.3.3.3]}', ['a=1.1.1.1', 'b=2.2.2.2', 'b=3.3.3.3']],
  ['extra_hosts', '["a"]', ['compose/extra-host-syntax 4:19']],
  [
    'devices',
    '["/a:/b:r", "/c"]',
    [
      { source: '/a', target: '/b', permissions: 'r' },
      { source: '/c', target: '/c', permissions: 'rwm' },
    ],
  ],
  ['gpus', 'all', [{ count: -1 }]],
  ['build', './x', { context: '/work/x', dockerfile: 'Dockerfile' }],
  ['build', '{dockerfile_inline: "FROM x"}', { context: '/work', dockerfile_inline: 'FROM x' }],
  ['build', 'https://github.com/x/y.git', { context: 'https://github.com/x/y.git', dockerfile: 'Dockerfile' }],
  ['healthcheck', '{test: curl x}', { test: ['CMD-SHELL', 'curl x'] }],
  ['healthcheck', '{test: [curl, x]}', ['compose/healthcheck-test 4:26']],
  ['pull_policy', 'if_not_present', 'missing'],
  ['environment', '["A =1"]', ['compose/key-space 4:20']],
])('%s: %s', (key, text, expected) => {
  expect(attribute(key, text)).toEqual(expected);
});
