import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/host.ts';
import { loadProject } from '../../src/parser/compose/load.ts';

const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

/** Inputs of any size; the files beside the Compose file are found by their names. */
const inputs: Readonly<Record<string, (size: number) => string>> = {
  'services that wait for the one before': (size) =>
    `services:\n${repeat(size, (i) => `  s${i}: { image: x${i === 0 ? '' : `, depends_on: [s${i - 1}]`} }\n`)}`,
  'a service that waits for all others': (size) =>
    `services:\n  all: { image: x, depends_on: [${repeat(size, (i) => `s${i},`)}] }\n${repeat(size, (i) => `  s${i}: { image: x }\n`)}`,
  'services that extend one': (size) =>
    `services:\n  base: { image: x, environment: { A: 1, B: 2 } }\n${repeat(size, (i) => `  s${i}: { extends: base, user: "${i}" }\n`)}`,
  'services that extend the one before': (size) =>
    `services:\n${repeat(size, (i) => `  s${i}: { ${i === 0 ? 'image: x' : `extends: s${i - 1}`} }\n`)}`,
  'variables of one service': (size) =>
    `services:\n  web:\n    image: x\n    environment:\n${repeat(size * 5, (i) => `      V${i}: "\${A${i}:-${i}}"\n`)}`,
  'variables of one service as a list': (size) =>
    `services:\n  web:\n    image: x\n    environment:\n${repeat(size * 5, (i) => `      - V${i}=${i}\n`)}`,
  'ports and volumes of one service': (size) =>
    `services:\n  web:\n    image: x\n    ports:\n${repeat(size, (i) => `      - "${i + 1}:${i + 1}"\n`)}    volumes:\n${repeat(size, (i) => `      - /h${i}:/c${i}\n`)}`,
  'anchors and aliases': (size) =>
    `services:\n${repeat(size, (i) => `  s${i}: &s${i} { image: x }\n  t${i}: { <<: *s${i}, user: a }\n`)}`,
  'files that are included': (size) => `include:\n${repeat(size / 5, (i) => `  - part${i}.yaml\n`)}services: {}\n`,
};

/** Milliseconds of the processor, since other tests run beside. */
function milliseconds(text: string): number {
  const host: Host = {
    cwd: '/app',
    environment: {},
    read: (path) => ({
      text: path.includes('part') ? `services:\n  ${path.replaceAll(/\D/g, 's')}${path.length}: { image: x }` : text,
    }),
    readStandardInput: () => ({ failure: 'missing' }),
    kind: (path) => (path.endsWith('.env') ? 'missing' : 'file'),
    list: () => [],
    now: () => 0,
  };
  const start = process.cpuUsage();
  const found: string[] = [];
  loadProject(host, { files: ['/app/compose.yaml'] }, ({ severity, message }) => {
    if (severity === 'error') found.push(message);
  });
  expect(found).toEqual([]);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

describe('four times the input takes about four times as long', () => {
  it.each(Object.entries(inputs))('%s', (_, input) => {
    const [small, large] = [input(200), input(800)];
    milliseconds(small);
    // The shortest of several; 16 times would be quadratic.
    const shortest = (text: string) => Math.min(...Array.from({ length: 3 }, () => milliseconds(text)));
    expect(shortest(large) / shortest(small)).toBeLessThan(10);
  });
});
