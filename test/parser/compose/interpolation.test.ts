import { describe, expect, test } from 'vitest';
import { load } from './project-in-memory.ts';

const environment = { A: 'va', B: 'vb', EMPTY: '' };

function value(template: string) {
  const files = `name: t\nservices: {a: {image: x, environment: {K: ${JSON.stringify(template)}}}}`;
  const { json, findings } = load(files, {}, environment);
  return { text: json?.services.a.environment.K, findings: findings.map((finding) => finding.split(' ')[0]) };
}

describe('values', () => {
  test.each([
    ['$A', 'va'],
    ['${A}', 'va'],
    ['x${A}y$B.', 'xvayvb.'],
    ['$$A', '$A'],
    ['$$$A', '$va'],
    ['$1 $(x) a $ b $', '$1 $(x) a $ b $'],
    ['${A:-d}', 'va'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${NONE-d}', 'd'],
    ['${NONE:-}', ''],
    ['${A:+w}', 'w'],
    ['${EMPTY:+w}', ''],
    ['${EMPTY+w}', 'w'],
    ['${NONE+w}', ''],
    ['${A?m}', 'va'],
    ['${EMPTY?m}', ''],
    ['${NONE:-${A}}', 'va'],
    ['${NONE:-${NONE2:-${B}}}', 'vb'],
    ['${NONE-a:-b}', 'a:-b'],
    ['${NONE:-a-b?c}', 'a-b?c'],
    ['${NONE:-{"a":1}}', '{"a":1}'],
    ['${NONE:-{}}', '{}'],
    ['${NONE:-a} and ${A}', 'a and va'],
    ['${A:-${NONE:?x}}', 'va'],
    ['${A:+${B}}', 'vb'],
    ['no variables', 'no variables'],
  ])('%s', (template, expected) => {
    expect(value(template)).toEqual({ text: expected, findings: [] });
  });
});

test.each([
  '${',
  '${}',
  '${ A}',
  '${A }',
  '${A!}',
  '${1A}',
  '${A.b}',
  '${A:=d}',
  '${#A}',
  '${A%x}',
  '${A/x/y}',
  '${A:0:1}',
  '${A:-a\nb}',
  '${NONE:-{}} and ${A}',
])('%j is malformed', (template) => {
  expect(value(template)).toEqual({ text: undefined, findings: ['compose/interpolation-syntax'] });
});

test.each(['${NONE:?why}', '${NONE?}', '${EMPTY:?why}', '${NONE:-${NONE:?why}}'])('%s needs a value', (template) => {
  expect(value(template)).toEqual({ text: undefined, findings: ['compose/variable-required'] });
});

test('a variable that is not set is a warning at its own place, once a place', () => {
  const { findings, json } = load(
    `name: t\nservices:\n  a:\n    image: x:\${TAG}\n    command: [&c "run $X \${X}", *c]\n    user: "\${U:-}"\n`,
  );
  expect(findings).toEqual([
    'compose/variable-unset 4:14',
    'compose/variable-unset 5:23',
    'compose/variable-unset 5:26',
    'compose/variable-unset 5:33',
  ]);
  expect(json.services.a.image).toBe('x:');
});

test('a value keeps its place, and knows the line of .env that supplied it', () => {
  const { project } = load({ 'compose.yaml': 'services:\n  a: {image: "x:$TAG"}\n', '.env': 'OTHER=1\nTAG=2\n' });
  const services = project?.root.entries.get('services')?.value;
  const service = services?.kind === 'mapping' ? services.entries.get('a')?.value : undefined;
  const image = service?.kind === 'mapping' ? service.entries.get('image')?.value : undefined;
  expect(image).toMatchObject({ value: 'x:2' });
  expect(image?.source.file.position(image.source.start)).toEqual({ line: 2, column: 14 });
  const [related] = image?.related ?? [];
  expect(related?.source.file.path).toBe('/work/.env');
  expect(related?.source.file.position(related.source.start)).toEqual({ line: 2, column: 1 });
});

test('keys are not interpolated, but items of lists are', () => {
  const { json } = load('services: {a: {image: x, environment: {"${K:-k}": v}, labels: ["${K:-k}=v"]}}');
  expect(json.services.a.environment).toEqual({ '${K:-k}': 'v' });
  expect(json.services.a.labels).toEqual({ k: 'v' });
});

describe('strings become numbers and booleans where those belong', () => {
  test.each<[string, string, unknown]>([
    ['scale', '2', 2],
    ['cpus', '0.5', 0.5],
    ['privileged', 'true', true],
    ['tty', 'TRUE', true],
    ['init', 'no', false],
  ])('%s: "%s"', (key, text, expected) => {
    expect(load(`services: {a: {image: x, ${key}: "${text}"}}`).json.services.a[key]).toBe(expected);
  });

  test.each(['scale: ""', 'scale: "1.5"', 'tty: "maybe"', 'cpus: "x"'])('%s is an error', (attribute) => {
    const { findings } = load(`services:\n  a:\n    image: x\n    ${attribute}\n`);
    expect(findings).toEqual([`compose/wrong-type 4:${attribute.indexOf('"') + 5}`]);
  });

  test('also in what is not on the top of a service', () => {
    const { json } = load(
      'services: {a: {image: x, depends_on: {b: {condition: service_started, required: "false"}}}, b: {image: y}}',
    );
    expect(json.services.a.depends_on.b.required).toBe(false);
  });

  test('a number of more than 64 bits is none', () => {
    expect(load('services: {a: {image: x, cpu_shares: "99999999999999999999"}}').findings).toEqual([
      'compose/wrong-type 1:38',
    ]);
  });

  test('yes and no are taken with a warning', () => {
    expect(load('services: {a: {image: x, tty: yes}}').findings).toEqual(['compose/boolean-word 1:31']);
  });
});
