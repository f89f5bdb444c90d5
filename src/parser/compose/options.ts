/** What the command line says about which project to load; every member may be left out. */
export interface LoadOptions {
  /** Compose files in their order, `-` for standard input; none: `COMPOSE_FILE`, then a search. */
  readonly files?: readonly string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  /** Only these services and what they depend on; none: all. */
  readonly services?: readonly string[];
}
