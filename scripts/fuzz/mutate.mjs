/** Numbers between 0 and 1 that follow from a seed (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What hands write wrong, and what parsers trip over. */
const dictionary = [
  ...[
    '\n',
    ' ',
    '  ',
    '\t',
    '\r\n',
    '\r',
    ':',
    ': ',
    '- ',
    '? ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '|',
    '>',
    '|2-',
    '#',
    ' #',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '&a ',
    '*a',
    '<<: *a',
    '<<: [*a, *a]',
    '!reset ',
    '!override ',
    '!!str ',
    '!!binary ',
  ],
  ...['$', '$$', '${', '}', '${A}', '$A', '${A:-b}', '${A?x}', '${A:+${B-c}}', '${A:-${A:-', '$(', '${1}', '${A:-{}}'],
  ...[
    'null',
    '~',
    'true',
    'yes',
    '.nan',
    '.inf',
    '-.inf',
    '2024-01-01',
    '0o17',
    '0x1f',
    '0b1',
    '1_000',
    '010',
    '22:22',
  ],
  ...[
    '0',
    '-1',
    '1e3',
    '1e308',
    '1e400',
    '-0',
    '0.1',
    '65535',
    '65536',
    '2147483648',
    '9007199254740993',
    '18446744073709551616',
  ],
  ...['128m', '1.5g', '-1m', '30s', '1h30m', '1d', '0.25', '1e-7', '5mi', '1ks'],
  ...[
    'services:',
    'image: x',
    'build: .',
    'ports: ["80"]',
    '8000-8010:80',
    '[::1]:80:80/udp',
    '1-65535',
    '::',
    '127.0.0.1::80',
  ],
  ...[
    'extends: web',
    'extends: {service: web}',
    'include: [compose.yaml]',
    'depends_on: [web]',
    'env_file: .env',
    'profiles: [x]',
  ],
  ...[
    'network_mode: service:web',
    'volumes_from: [web]',
    'links: [web:db]',
    'x-a: &a {b: c}',
    '__proto__: 1',
    'constructor: {}',
  ],
  ...[
    'secrets: [s]',
    'configs: [{source: c}]',
    'deploy: {replicas: 2}',
    'healthcheck: {test: [NONE]}',
    'command: a "b',
    'ulimits: {nofile: 1}',
  ],
  ...[
    'é',
    '😀',
    '\ud83d',
    '\ufeff',
    '\u0085',
    '\u2028',
    '\u00a0',
    '\u200b',
    '\u0007',
    '\u001b[31m',
    '\u0000',
    '\u007f',
    '\uffff',
  ],
  ...[
    '\\',
    '\\n',
    '\\x41',
    '\\u0041',
    '\\"',
    'export ',
    'A=',
    'A=B=C',
    "A='x",
    'A: b',
    '=',
    '`',
    '&&',
    ';',
    '/',
    '..',
    '~/',
    'C:\\x',
  ],
  ...[
    '"family":',
    '"containerDefinitions": [',
    '{"name":"a"}',
    'arn:aws:iam::1:role/x',
    'version: 1',
    'task_definition:',
    'run_params:',
  ],
];

const lines = (text) => text.split('\n');

/** Changes of a text, each as a slip of the hand, a bad merge or malice would make it. */
const mutations = [
  (text, { at }) => text.slice(0, at(text)) + text.slice(at(text)),
  (text, { at, pick }) => splice(text, at(text), 0, pick(dictionary)),
  (text, { at, pick }) => splice(text, at(text), 1, pick(dictionary)),
  (text, { at, below }) => splice(text, at(text), below(12), ''),
  (text, { at, below }) => splice(text, at(text), 1, String.fromCharCode(below(0x180))),
  (text, { at, below }) => {
    const start = at(text);
    return splice(text, start, 1, String.fromCharCode(text.charCodeAt(start) ^ (1 << below(7))));
  },
  (text, { below }) =>
    lines(text)
      .toSpliced(below(lines(text).length), 1)
      .join('\n'),
  (text, { below }) => {
    const all = lines(text);
    return all.toSpliced(below(all.length), 0, all[below(all.length)]).join('\n');
  },
  (text, { below }) => {
    const all = lines(text);
    const [one, other] = [below(all.length), below(all.length)];
    return all.with(one, all[other]).with(other, all[one]).join('\n');
  },
  (text, { below }) => {
    const all = lines(text);
    const [from, count, by] = [below(all.length), 1 + below(6), below(5) - 2];
    const moved = (line) => (by < 0 ? line.replace(new RegExp(`^ {0,${-by}}`), '') : ' '.repeat(by) + line);
    return all.map((line, index) => (index >= from && index < from + count ? moved(line) : line)).join('\n');
  },
  (text, { pick }) => replaceMatch(text, /\d+/g, pick, () => pick(dictionary)),
  (text, { pick }) => replaceMatch(text, /[\w./-]+/g, pick, () => pick(dictionary)),
  (text, { pick, below }) => replaceMatch(text, /[\w./-]+/g, pick, (word) => word.repeat(1 + below(4))),
  (text, { pick }) =>
    replaceMatch(text, /: \S.*/g, pick, () => pick([':', ': {}', ': []', ': null', ': ""', ': *a', ': &a b'])),
  (text, { pick, other }) => {
    const all = lines(other);
    return replaceMatch(text, /^.*$/gm, pick, () => pick(all));
  },
  (text, { at, below, other }) => {
    const start = at(other);
    return splice(text, at(text), below(20), other.slice(start, start + below(120)));
  },
  (text, { pick }) => replaceMatch(text, /^( *)([\w-]+):/gm, pick, (key) => `${key} &a`),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\ufeff${text}`,
];

function splice(text, at, removed, added) {
  return text.slice(0, at) + added + text.slice(at + removed);
}

function replaceMatch(text, pattern, pick, change) {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const match = pick(found);
  return splice(text, match.index, match[0].length, change(match[0]));
}

/** What is added to a folder so that its files have something to name. */
const companions = {
  '.env': 'A=1\nB=${A}x\nexport C="d $A" # e\n',
  'a.env': "X=1\nY='2'\n",
};

/** The input of a case: a fixture's files with one to six changes. The same numbers give the same input. */
export function inputOf(corpus, seed, number) {
  const random = generator(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b));
  const below = (limit) => Math.floor(random() * limit);
  const pick = (all) => all[below(all.length)];
  const fixture = pick(corpus);
  const files = { ...(random() < 0.3 ? companions : {}), ...fixture.files };
  for (let count = 1 + below(6); count > 0; count -= 1) {
    const path = pick(Object.keys(files));
    const other = pick(Object.values(pick(corpus).files));
    files[path] = pick(mutations)(files[path], { at: (text) => below(text.length + 1), below, pick, other });
  }
  return { name: fixture.name, files };
}
