/**
 * What an input may cost. Far above what people write by hand, far below what would exhaust a machine: a file of
 * 10,000 services passes, a few lines of aliases that stand for a billion nodes do not.
 */
export const limits: {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Nodes of one document, every alias counted with all that it stands for. */
  readonly nodes: number;
  /** Levels of nesting, aliases followed. */
  readonly depth: number;
} = {
  fileBytes: 32 * 1024 * 1024,
  nodes: 3_000_000,
  depth: 200,
};
