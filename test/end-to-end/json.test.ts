import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { cli, simulated } from './cli.ts';

const compose = `name: shop
services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    volumes: [data:/data]
    x-simulate: {logs: [hello]}
  job:
    image: busybox:1.37
    restart: "no"
    x-simulate: {exit: {code: 3, after: 2s}}
volumes:
  data:
`;

interface Line {
  readonly code: string;
  readonly level: string;
  readonly data: { readonly location?: unknown };
}

/** Every line of stderr as an event; one that is none fails the test. */
function events(error: string): readonly Line[] {
  const lines = error.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const event = JSON.parse(line);
    expect(event).toMatchObject({
      code: expect.stringMatching(/^[a-z]+(?:\/[a-z-]+)?$/),
      level: expect.stringMatching(/^(?:info|warning|error)$/),
      data: expect.any(Object),
    });
    expect(Object.keys(event).filter((key) => !['code', 'level', 'message', 'help', 'data'].includes(key))).toEqual([]);
    return event;
  });
}

const place = {
  path: expect.any(String),
  start: { line: expect.any(Number), column: expect.any(Number) },
  end: { line: expect.any(Number), column: expect.any(Number) },
};

describe('--json', () => {
  it('every command prints one document on stdout and nothing but events on stderr', async () => {
    const account = simulated();
    const cwd = folder({ 'compose.yaml': compose });
    const commands = [
      'plan',
      'up',
      'ps',
      'scale 2',
      'run job',
      'down',
      'service up',
      'service ps',
      'service scale 2',
      'service stop',
      'service rm',
    ];
    for (const command of commands) {
      const { out, error } = await cli(cwd, '--json', ...account, ...command.split(' '));
      expect(events(error).map(({ code }) => code)).toContain('simulated');
      expect(JSON.parse(out), command).toBeTypeOf('object');
    }
  }, 60_000);

  it('findings are events too, and where they are is told as in every other event', async () => {
    const account = simulated();
    const cwd = folder({ 'compose.yaml': compose.replace('logs: [hello]', 'pull: not-found') });
    const { code, error } = await cli(cwd, 'up', '--json', ...account);
    expect(code).toBe(4);
    const told = new Map(events(error).map((event) => [event.code, event]));
    expect(told.get('transform/host-port-dropped')).toMatchObject({ level: 'warning', data: { location: place } });
    expect(told.get('task/failed')).toMatchObject({ level: 'error', data: { location: place } });
  });
});
