import { expect, it } from 'vitest';
import { suggest } from '../../src/source/suggest.ts';

const keys = ['task_size', 'task_role_arn', 'task_execution_role', 'cpus', 'cpuset', 'links'];

it.each([
  ['tsak_size', 'task_size'],
  ['Task_Size', 'task_size'],
  // What begins with the word is meant rather than what only looks like it.
  ['task_role', 'task_role_arn'],
  ['cpu', 'cpus'],
  ['link', 'links'],
  // Too little of a word to tell.
  ['task', undefined],
  ['volumes', undefined],
  ['', undefined],
])('%s: %s', (word, meant) => {
  expect(suggest(word, keys)).toBe(meant);
});
