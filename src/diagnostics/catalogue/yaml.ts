import type { Words } from '../diagnostic.ts';

/** Findings about a YAML or JSON text as such, whatever it is meant for. */
export const yamlCatalogue = {
  'yaml/syntax': {
    severity: 'error',
    say: (p: { problem: string }): Words => ({ message: `This is not valid YAML: ${sentence(p.problem)}` }),
  },
  'yaml/empty': {
    severity: 'error',
    say: (_: Readonly<Record<string, never>>): Words => ({
      message: 'The file is empty.',
      help: 'Write the mapping that belongs in it, or leave the file out.',
    }),
  },
  'yaml/empty-document': {
    severity: 'error',
    say: (_: Readonly<Record<string, never>>): Words => ({
      message: '"---" begins a document of the file, and nothing stands in it.',
      help: 'Remove the "---".',
    }),
  },
  'yaml/duplicate-key': {
    severity: 'error',
    say: (p: { key: string }): Words => ({
      message: `The key "${p.key}" is defined twice in one mapping.`,
      help: 'Remove one of the two, or give it another name.',
    }),
  },
  'yaml/key-not-string': {
    severity: 'error',
    say: (p: { key: string; type: string }): Words =>
      p.type === 'mapping' || p.type === 'sequence'
        ? { message: `A ${p.type} cannot be a key.`, help: 'Write a single word as the key.' }
        : {
            message: `YAML reads the key "${p.key}" as ${keyTypes[p.type] ?? p.type}, and a key must be a string.`,
            help: 'Put the key in quotes.',
          },
  },
  'yaml/not-finite': {
    severity: 'error',
    say: (p: { text: string; meaning: string }): Words => ({
      message: `${p.text} is YAML's word for ${p.meaning}, and no value can be that.`,
      help: 'Put it in quotes to mean the word itself.',
    }),
  },
  'yaml/tag-mismatch': {
    severity: 'error',
    say: (p: { tag: string; text: string }): Words => ({
      message: `The tag ${p.tag} does not fit ${p.text === '' ? 'an empty value' : `"${p.text}"`}.`,
      help: 'Remove the tag, or write a value of its type.',
    }),
  },
  'yaml/merge-not-mapping': {
    severity: 'error',
    say: (p: { kind: string }): Words => ({
      message: `"<<" merges mappings, and this is a ${p.kind}.`,
      help: 'Give it an alias of a mapping (<<: *name), or a list of such aliases.',
    }),
  },
  'yaml/unknown-anchor': {
    severity: 'error',
    say: (p: { name: string }): Words => ({
      message: `No anchor "&${p.name}" stands before this alias in the document.`,
      help: 'Define the anchor above its first use; anchors do not reach across documents, nor into themselves.',
    }),
  },
  'yaml/too-many-nodes': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `With its aliases followed, the document has more than ${p.limit.toLocaleString('en')} nodes, which is the limit; long texts count as several.`,
      help: 'Use fewer aliases of aliases, or divide the file.',
    }),
  },
  'yaml/too-deep': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `The document is nested deeper than ${p.limit} levels, which is the limit.`,
    }),
  },
} as const;

const keyTypes: Readonly<Record<string, string>> = {
  int: 'a number',
  float: 'a number',
  bool: 'a boolean',
  null: 'null',
  timestamp: 'a date',
};

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
