import type { Node } from '../../source/node.ts';
import { type Operator, type Use, usesOf } from './template.ts';

/** A variable that Compose files use, and what they say of it. */
export interface UsedVariable {
  readonly name: string;
  /** Whether a use of it is an error where it has no value: `${NAME:?word}`. */
  readonly required: boolean;
  /** What stands for it where it has no value: `${NAME:-word}`; "" where nothing does. */
  readonly defaultValue: string;
  /** What stands for it where it has a value: `${NAME:+word}`; "" where nothing does. */
  readonly alternateValue: string;
}

/** The variables that documents use, as they are written, by name. Of several defaults the first counts. */
export function usedVariables(documents: readonly Node[]): readonly UsedVariable[] {
  const found = new Map<string, UsedVariable>();
  for (const use of documents.flatMap(usesIn)) found.set(use.name, withUse(found.get(use.name), use));
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function usesIn(node: Node): readonly Use[] {
  if (node.kind === 'sequence') return node.items.flatMap(usesIn);
  if (node.kind === 'mapping') return [...node.entries.values()].flatMap(({ value }) => usesIn(value));
  return typeof node.value === 'string' ? usesOf(node.value) : [];
}

/** What the word after an operator is to its variable. */
const says: Readonly<Record<Operator, (word: string) => Partial<UsedVariable>>> = {
  ':-': (word) => ({ defaultValue: word }),
  '-': (word) => ({ defaultValue: word }),
  ':?': () => ({ required: true }),
  '?': () => ({ required: true }),
  ':+': (word) => ({ alternateValue: word }),
  '+': (word) => ({ alternateValue: word }),
};

function withUse(known: UsedVariable | undefined, { name, operator, word }: Use): UsedVariable {
  const said = operator === undefined ? {} : says[operator](word);
  return {
    name,
    required: known?.required || said.required || false,
    defaultValue: known?.defaultValue || said.defaultValue || '',
    alternateValue: known?.alternateValue || said.alternateValue || '',
  };
}
