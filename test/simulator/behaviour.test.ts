import { expect, it } from 'vitest';
import { readBehaviour } from '../../src/simulator.ts';

it('reads what stands under x-simulate', () => {
  expect(readBehaviour({})).toEqual({});
  expect(readBehaviour({ pull: 'denied', health: 'unhealthy', memory: 'exceeded', logs: ['a'] })).toEqual({
    pull: 'denied',
    health: 'unhealthy',
    memory: 'exceeded',
    logs: ['a'],
  });
  expect(readBehaviour({ logs: 'a\n\nb\n' })).toEqual({ logs: ['a', '', 'b'] });
  expect(readBehaviour({ exit: { code: 1, after: '1.5s' } })).toEqual({ exit: { code: 1, after: 1500 } });
  expect(readBehaviour({ exit: { code: 2 } })).toEqual({ exit: { code: 2, after: 0 } });
  expect(readBehaviour({ exit: { after: '2m' } })).toEqual({ exit: { code: 0, after: 120_000 } });
});

it.each([
  ['denied', '', 'x-simulate must be a mapping with any of pull, exit, health, memory, logs, but it is "denied".'],
  [null, '', /must be a mapping .*, but it is null\.$/],
  [{ pul: 'denied' }, 'pul', 'The simulator does not know pul; x-simulate takes pull, exit, health, memory, logs.'],
  [{ constructor: 1 }, 'constructor', /does not know constructor/],
  [{ pull: 'refused' }, 'pull', 'pull must be denied or not-found or rate-limited, but it is "refused".'],
  [{ exit: 1 }, 'exit', 'exit must be a mapping with any of code, after, but it is 1.'],
  [{ exit: { code: 300 } }, 'exit.code', 'exit.code must be a whole number from 0 to 255, but it is 300.'],
  [{ exit: { after: 5 } }, 'exit.after', 'exit.after must be a time with its unit, such as 5s, but it is 5.'],
  [{ exit: { when: '5s' } }, 'exit.when', 'The simulator does not know exit.when; exit takes code, after.'],
  [{ logs: 1 }, 'logs', 'logs must be a text or a list of texts, one a line, but it is 1.'],
])('refuses %j', (value, path, problem) => {
  const reading = readBehaviour(value);
  expect(reading).toMatchObject({ path, problem: expect.stringMatching(problem) });
});
