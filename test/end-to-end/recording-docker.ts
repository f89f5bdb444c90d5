import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../folder.ts';

export interface DockerCall {
  readonly words: readonly string[];
  readonly stdin: string;
}

/** The digest of an image of the tests. */
export function digest(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}

/** A docker that writes down how it was called, and fails where it is told to. */
const recorder = (registry: string) => `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const [command, ...words] = process.argv.slice(2);
const stdin = readFileSync(0, 'utf8');
appendFileSync(process.env.RECORD, JSON.stringify({ words: [command, ...words], stdin }) + '\\n');
if (process.env.FAIL === command) { console.error('docker says no'); process.exit(1); }
if (command === 'build') console.error('#1 building');
if (command === 'push' && process.env.DIGEST) console.log('latest: digest: ' + process.env.DIGEST + ' size: 528');
if (command === 'inspect') console.log(JSON.stringify(['elsewhere/web@${digest('e')}', '${registry}/shop/web@${digest('f')}']));
`;

/** A recording docker, and the variables that put it on the PATH: FAIL names a command, DIGEST is what a push prints. */
export function recordingDocker(registry: string): {
  readonly environment: Readonly<Record<string, string>>;
  calls(): readonly DockerCall[];
} {
  const bin = folder({ docker: recorder(registry) });
  chmodSync(join(bin, 'docker'), 0o755);
  const record = join(bin, 'calls.jsonl');
  writeFileSync(record, '');
  return {
    environment: { PATH: bin, RECORD: record, DIGEST: digest('a') },
    calls: () =>
      readFileSync(record, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as DockerCall),
  };
}
