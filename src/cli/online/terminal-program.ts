import { execa } from 'execa';

/**
 * Runs a program that has the terminal to itself, and gives its exit code; undefined where it could not be started or a
 * signal ended it. This file is a bundle of its own, since few commands start programs.
 */
export async function runInTerminal(program: string, words: readonly string[]): Promise<number | undefined> {
  return (await execa(program, words, { stdio: 'inherit', reject: false })).exitCode;
}
