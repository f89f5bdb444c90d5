import type { Find } from './finding.ts';
import type { ReadableDefinition } from './readable.ts';

/** Looks at members that have to agree with each other, and reports where they do not. */
export type Rule = (definition: ReadableDefinition, find: Find) => void;
