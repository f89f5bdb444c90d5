import type { Correctable, Words } from '../diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** Findings about the form of a Compose file: its keys, the types of their values, what the schema allows. */
export const composeFormCatalogue = {
  'compose/unknown-key': {
    severity: 'error',
    say: (
      p: {
        subject: string;
        key: string;
        suggestion: string | undefined;
        /** What the key of an old file has become. */
        successor: string | undefined;
      } & Correctable,
    ): Words => ({
      message: `${p.subject} has no key "${p.key}"${p.successor === undefined ? '' : ' any more'}.`,
      help:
        p.successor === undefined
          ? (didYouMean(p.suggestion) ?? 'Remove it; a key of your own begins with "x-".')
          : `Write ${p.successor} instead.`,
    }),
  },
  'compose/invalid-name': {
    severity: 'error',
    say: (p: { section: string; name: string }): Words => ({
      message: `"${p.name}" is no name for one of the ${p.section}.`,
      help: 'Use letters, digits, ".", "-" and "_" only.',
    }),
  },
  'compose/missing-key': {
    severity: 'error',
    say: (p: { subject: string; key: string }): Words => ({
      message: `${p.subject} needs the key "${p.key}".`,
      help: `Add "${p.key}:".`,
    }),
  },
  'compose/schema-type': {
    severity: 'error',
    say: (p: { subject: string; expected: string; found: string }): Words => ({
      message: `${p.subject} must be ${p.expected}, and is ${p.found}.`,
      help: p.found === 'empty' ? 'Give it a value, or remove it.' : undefined,
    }),
  },
  'compose/wrong-type': {
    severity: 'error',
    say: (p: { path: string; text: string; type: 'int' | 'float' | 'bool' }): Words => ({
      message: `${p.path} must be ${castWords[p.type]}, and is ${p.text === '' ? 'an empty string' : `"${p.text}"`}.`,
    }),
  },
  'compose/boolean-word': {
    severity: 'warning',
    say: (p: { text: string; value: string }): Words => ({
      message: `"${p.text}" is no YAML boolean; it is taken for ${p.value}.`,
      help: `Write ${p.value}.`,
    }),
  },
  'compose/not-allowed': {
    severity: 'error',
    say: (
      p: {
        subject: string;
        found: string;
        allowed: readonly string[];
        suggestion: string | undefined;
      } & Correctable,
    ): Words => ({
      message: `${p.subject} cannot be "${p.found}": it is one of ${p.allowed.join(', ')}.`,
      help: didYouMean(p.suggestion),
    }),
  },
  'compose/duplicate-item': {
    severity: 'error',
    say: (p: { subject: string }): Words => ({
      message: `${p.subject} has the same item twice.`,
      help: 'Remove one of the two.',
    }),
  },
  'compose/out-of-range': {
    severity: 'error',
    say: (p: { subject: string; found: string; limit: string }): Words => ({
      message: `${p.subject} is ${p.found}, and must be ${p.limit}.`,
    }),
  },
  'compose/malformed': {
    severity: 'error',
    say: (p: { subject: string; found: string; pattern: string }): Words => ({
      message: `${p.subject} cannot be "${p.found}": it must match ${p.pattern}.`,
    }),
  },
  'compose/blank': {
    severity: 'error',
    say: (p: { path: string }): Words => ({ message: `${p.path} must not be empty.` }),
  },
} as const;

const castWords: Readonly<Record<'int' | 'float' | 'bool', string>> = {
  int: 'a whole number',
  float: 'a number',
  bool: 'true or false',
};
