import type { Node } from './node.ts';

/** How much of something may still be had. */
export class Allowance {
  #left: number;
  #refused = false;

  constructor(limit: number) {
    this.#left = limit;
  }

  /** Whether something was refused already. */
  get isSpent(): boolean {
    return this.#refused;
  }

  /**
   * Takes an amount, and tells whether there was as much. From the first refusal on everything is refused.
   * @param refuse called at the first refusal only, since one finding says it
   */
  spend(amount: number, refuse: () => void): boolean {
    if (this.#refused) return false;
    this.#left -= amount;
    this.#refused = this.#left < 0;
    if (this.#refused) refuse();
    return !this.#refused;
  }
}

/** Characters of a text that cost as much as a node. */
const charactersOfNode = 64;

/** What a text costs, in nodes. */
export function textCost(length: number): number {
  return 1 + Math.floor(length / charactersOfNode);
}

/** What a tree costs, in nodes; long texts count as several. */
export function treeCost(node: Node): number {
  if (node.kind === 'scalar') return textCost(typeof node.value === 'string' ? node.value.length : 0);
  let cost = 1;
  if (node.kind === 'mapping') for (const { value } of node.entries.values()) cost += treeCost(value);
  else for (const item of node.items) cost += treeCost(item);
  return cost;
}
