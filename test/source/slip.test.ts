import { describe, expect, it } from 'vitest';
import { misspeltNames, slipOf } from '../../src/source/slip.ts';

describe('a slip of the hand', () => {
  const keys = ['command', 'ports', 'expose', 'external', 'pull_policy', 'cpus', 'HTTP', 'HTTP2', 'SERVER_2019'];

  it.each([
    ['comand', 'command'],
    ['commmand', 'command'],
    ['commend', 'command'],
    ['prots', 'ports'],
    ['Command', 'command'],
    ['xternal', 'external'],
    ['externall', 'external'],
    ['pull-policy', 'pull_policy'],
  ])('%s means %s', (word, meant) => {
    expect(slipOf(word, keys)).toEqual({ written: word, meant });
  });

  it.each([
    ['comnad s', 'two characters away'],
    ['rposts', 'two characters away'],
    ['cpu', 'short, and may be another word'],
    ['HTTPS', 'as near to one as to another'],
    ['SERVER_2018', 'another number'],
    ['ports', 'right'],
  ])('%s is none: it is %s', (word) => {
    expect(slipOf(word, keys)).toBeUndefined();
  });
});

it('corrects no name that stands beside what it means, nor two that mean the same', () => {
  const names = ['ports', 'prots', 'exposse', 'expos', 'comand', 'x-own'];
  expect([...misspeltNames(names, ['ports', 'expose', 'command']).keys()]).toEqual(['comand']);
});
