import { mapItems, mapValues } from '../../source/build.ts';
import type { Node, ScalarNode } from '../../source/node.ts';

/** Where a node stands in a Compose file: keys of mappings and indexes of sequences, from the root. */
export type Path = readonly (string | number)[];

/** A path as people write it: `services.web.ports[0]`. */
export function pathText(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

/**
 * Rules by path. A row's key is a path with `*` for any key or index: `services.*.ports.*.target`; "" is the root. A
 * key spelt out wins over `*`.
 */
export interface PathTable<Row> {
  readonly row: Row | undefined;
  readonly next: ReadonlyMap<string, PathTable<Row>>;
}

/** The table of some rows. */
export function pathTable<Row>(rows: Readonly<Record<string, Row>>): PathTable<Row> {
  interface Growing {
    row: Row | undefined;
    next: Map<string, Growing>;
  }
  const root: Growing = { row: undefined, next: new Map() };
  for (const [pattern, row] of Object.entries(rows)) {
    let table = root;
    for (const step of pattern === '' ? [] : pattern.split('.')) {
      const next: Growing = table.next.get(step) ?? { row: undefined, next: new Map() };
      table.next.set(step, next);
      table = next;
    }
    table.row = row;
  }
  return root;
}

/** The part of a table that applies one step further down; undefined where no row can apply any more. */
export function under<Row>(table: PathTable<Row> | undefined, step: string | number): PathTable<Row> | undefined {
  return (typeof step === 'string' ? table?.next.get(step) : undefined) ?? table?.next.get('*');
}

/** What a row does to the node at its path; undefined leaves the node out. */
export type Rewrite = (node: Node, path: Path) => Node | undefined;

/** A row that looks at scalars only. */
export function ofScalar(change: (node: ScalarNode, path: Path) => Node | undefined): Rewrite {
  return (node, path) => (node.kind === 'scalar' ? change(node, path) : node);
}

/** The tree with the rows applied from the root down. Parts of it that no row can reach are not looked at. */
export function rewrite(node: Node, table: PathTable<Rewrite>): Node | undefined {
  return rewriteBy(node, table, (one, row, path) => row(one, path));
}

/** The tree with what `change` makes of each node that has a row, from the root down. */
export function rewriteBy<Row>(
  node: Node,
  table: PathTable<Row>,
  change: (node: Node, row: Row, path: Path) => Node | undefined,
  path: Path = [],
): Node | undefined {
  const made = table.row === undefined ? node : change(node, table.row, path);
  // What a row makes of a marked node is marked too.
  const rewritten = made === undefined || node.directive === undefined ? made : { ...made, directive: node.directive };
  if (rewritten === undefined || table.next.size === 0) return rewritten;
  const below = (value: Node, step: string | number) => {
    const rest = under(table, step);
    return rest === undefined ? value : rewriteBy(value, rest, change, [...path, step]);
  };
  if (rewritten.kind === 'mapping') return mapValues(rewritten, below);
  if (rewritten.kind === 'sequence') return mapItems(rewritten, below);
  return rewritten;
}

/** Calls the row of every node that has one, from the root down. */
export function visit(node: Node, table: PathTable<(node: Node, path: Path) => void>, path: Path = []): void {
  table.row?.(node, path);
  const below = (value: Node, step: string | number) => {
    const rest = under(table, step);
    if (rest !== undefined) visit(value, rest, [...path, step]);
  };
  if (node.kind === 'mapping') for (const [key, { value }] of node.entries) below(value, key);
  else if (node.kind === 'sequence') node.items.forEach(below);
}
