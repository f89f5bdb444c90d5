/**
 * What an input may cost. Far above what people write by hand (5,000 ordinary services have 4 MB, 540,000 signs,
 * 250,000 nodes), far below what would exhaust a machine: what is beyond is refused before it is done.
 */
export const limits: {
  /** Bytes of one file, and of all files of a project together, each counted as often as it is read. */
  readonly bytes: number;
  /** Line ends, commas, brackets, quotes and the like, counted in the same way before anything is parsed. */
  readonly signs: number;
  /** Levels of nesting, aliases followed; of files that include each other; of variables within variables. */
  readonly depth: number;
  /** Nodes of one document, every alias counted with all that it stands for. */
  readonly nodes: number;
  /** Nodes of all models that a project is put together from: of each document, include, extended service and override. */
  readonly projectNodes: number;
  /** Characters that variables add to one file. */
  readonly substituted: number;
  /** Ports of a project, ranges written out. */
  readonly ports: number;
  /** Services of one task that are looked at: ECS takes ten. */
  readonly containers: number;
  /** Findings that are reported: nobody reads more. */
  readonly findings: number;
} = {
  bytes: 16 * 1024 * 1024,
  signs: 800_000,
  depth: 200,
  nodes: 600_000,
  projectNodes: 2_000_000,
  substituted: 8_000_000,
  ports: 100_000,
  containers: 200,
  findings: 1_000,
};
