import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { down, logs, ps, up } from '../../../src/cli/online.ts';
import { shop, simulate, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

describe('ps', () => {
  test('nothing runs: it says so on stderr, and ends well', async () => {
    expect(await ps(terminal.context(shop()), {})).toBe(0);
    expect(terminal.out).toBe('');
    expect(terminal.error).toContain('No task of shop runs in the cluster default.');
  });

  test('a row a container', async () => {
    await up(terminal.context(shop()), {});
    expect(await ps(terminal.context(shop()), {})).toBe(0);
    const [head, db, web, ...rest] = terminal.out.trimEnd().split('\n');
    expect(head).toMatch(/^CONTAINER +TASK +STATE +HEALTH +ADDRESS +PRIVATE ADDRESS +REVISION +UPTIME$/);
    expect(db).toMatch(/^db +[0-9a-f]{32} +RUNNING +HEALTHY +- +172\.31\.\d+\.\d+ +shop:1 +\d+s$/);
    expect(web).toMatch(/^web +[0-9a-f]{32} +RUNNING +- +http:\/\/203\.0\.113\.\d+ +172\.31\.\d+\.\d+ +shop:1 +\d+s$/);
    expect(rest).toEqual([]);
  });

  test('a terminal that is too narrow gets short ids', async () => {
    await up(terminal.context(shop()), {});
    const onTerminal = (columns: number) => {
      const context = terminal.context(shop());
      return { ...context, io: { ...context.io, out: { ...context.io.out, isTerminal: true, columns } } };
    };
    await ps(onTerminal(120), {});
    expect(terminal.out).toMatch(/^web +[0-9a-f]{32} /m);
    await ps(onTerminal(80), {});
    expect(terminal.out).toMatch(/^web +[0-9a-f]{8} +RUNNING/m);
    expect(Math.max(...terminal.out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test('--all shows stopped tasks and why they stopped', async () => {
    await up(terminal.context(shop()), {});
    await down(terminal.context(shop()), {});
    await ps(terminal.context(shop()), {});
    expect(terminal.out).toBe('');
    await ps(terminal.context(shop()), { all: true });
    expect(terminal.out).toMatch(/web .* STOPPED \(\d+\) .* Stopped by compose2fargate: down/);
  });

  test('--desired-status shows those that run, or those that have stopped', async () => {
    await up(terminal.context(shop()), {});
    await down(terminal.context(shop()), {});
    await up(terminal.context(shop()), {});
    await ps(terminal.context(shop()), { desiredStatus: 'STOPPED' });
    expect(terminal.out).toMatch(/web .* STOPPED \(\d+\) .* Stopped by compose2fargate: down/);
    expect(terminal.out).not.toContain('RUNNING');
    await ps(terminal.context(shop()), { desiredStatus: 'RUNNING' });
    expect(terminal.out).toContain('RUNNING');
    expect(terminal.out).not.toMatch(/STOPPED|REASON/);
  });
});

describe('logs', () => {
  test('lines of all containers, each with its name before it', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{logs: [one, "\\u001b[31mtwo"]}', web: '{logs: [three]}' }) };
    await up(terminal.context(task), {});
    expect(await logs(terminal.context(shop()), {})).toBe(0);
    expect(terminal.out.split('\n')).toEqual(
      expect.arrayContaining(['db  | one', 'db  | \\x1b[31mtwo', 'web | three']),
    );
  });

  test('only some services, only the last lines', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{logs: [one, two]}', web: '{logs: [three]}' }) };
    await up(terminal.context(task), {});
    await logs(terminal.context(shop()), { services: ['db'], tail: 1 });
    expect(terminal.out).toBe('db | two\n');
    expect(await logs(terminal.context(shop()), { services: ['cache'] })).toBe(2);
    expect(terminal.error).toContain('It has db, web.');
    expect(await logs(terminal.context(shop()), { services: ['wbe'] })).toBe(2);
    expect(terminal.error).toContain('Did you mean "web"?');
  });

  test('no lines but new ones', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{logs: [one, two]}' }) };
    await up(terminal.context(task), {});
    expect(await logs(terminal.context(shop()), { tail: 0 })).toBe(0);
    expect(await logs(terminal.context(shop()), { since: { ago: 0 } })).toBe(0);
    expect(terminal.out).toBe('');
  });

  test('the last lines that match, not those of the last lines that do', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{logs: [GET /a, GET /b, ready, done]}' }) };
    await up(terminal.context(task), {});
    await logs(terminal.context(shop()), { services: ['db'], tail: 1, grep: /^GET/g });
    expect(terminal.out).toBe('db | GET /b\n');
    await logs(terminal.context(shop()), { services: ['db'], tail: 3, grep: /^GET|done/ });
    expect(terminal.out).toBe('db | GET /a\ndb | GET /b\ndb | done\n');
  });

  test('of the task that stopped last, when none runs', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{logs: [boom], exit: {code: 1, after: 1s}}' }) };
    await up(terminal.context(task), {});
    await logs(terminal.context(shop()), {});
    expect(terminal.out).toContain('db  | boom\n');
  });

  test('--follow ends with Ctrl-C', async () => {
    await up(terminal.context(shop()), {});
    const following = logs(terminal.context(shop()), { follow: true });
    setTimeout(() => terminal.interrupt.abort(), 300);
    expect(await following).toBe(130);
    expect(terminal.out).toContain('web | ');
    const lines = terminal.out.trim().split('\n');
    expect(new Set(lines).size).toBe(lines.length);
  });
});

describe('down', () => {
  test('says what it stops before it waits for that', async () => {
    await up(terminal.context(shop()), {});
    await down(terminal.context(shop()), {});
    expect(terminal.error).toMatch(/Stop task \w+\.\n(?:.*\n)*Task \w+ is STOPPED/);
    expect(terminal.error.match(/Stop task/g)).toHaveLength(1);
  });

  test('stops the tasks and says what stays', async () => {
    await up(terminal.context(shop()), {});
    expect(await down(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toMatch(/is STOPPED/);
    expect(terminal.error).toMatch(/What stays:\n {2}revision shop:1: .*\n.*\n {2}log group \/ecs\/shop: /);
    expect(terminal.out).toBe('');
  });

  test('is done when nothing runs', async () => {
    expect(await down(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain('No task of shop runs');
  });
});
