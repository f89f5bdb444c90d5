import type { CommandDefinition, CommandGroup } from '../command.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { type Vocabulary, vocabularies } from './vocabulary.ts';
import { zsh } from './zsh.ts';

type Script = (all: readonly [Vocabulary, ...Vocabulary[]]) => string;

const scripts: Readonly<Record<string, Script>> = { bash, zsh, fish };

/** The script that makes a shell complete the commands; undefined for a shell that has none. */
export function completionScript(
  shell: string,
  commands: readonly (CommandDefinition | CommandGroup)[],
): string | undefined {
  return Object.hasOwn(scripts, shell) ? scripts[shell]?.(vocabularies(commands)) : undefined;
}
