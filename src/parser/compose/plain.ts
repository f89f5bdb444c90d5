import type { Node, ScalarNode } from '../../source/node.ts';

/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The value of a tree, without its places: what a JSON Schema looks at. An int beyond 2^53 loses its last digits. */
export function plain(node: Node): Json {
  if (node.kind === 'scalar') return typeof node.value === 'bigint' ? Number(node.value) : node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  const object: Record<string, Json> = {};
  for (const [key, { value }] of node.entries) {
    // Assigning to `__proto__` would set the prototype.
    if (key === '__proto__') Object.defineProperty(object, key, { value: plain(value), enumerable: true });
    else object[key] = plain(value);
  }
  return object;
}

/** A scalar as Go prints it, which is what a container gets to see of `1.50` or `2024-01-01`; null is "". */
export function scalarText(node: ScalarNode): string {
  const { type, value } = node;
  if (value === null) return '';
  if (type === 'float' && typeof value === 'number') return floatText(value);
  if (type === 'timestamp') return timestampText(String(value));
  return String(value);
}

/** Go's %v of a float: the shortest digits, with an exponent of two digits where it is below -4 or at least 6. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const [mantissa = '0', exponentText = '+0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  // JavaScript prints plain digits down to 1e-6.
  if (exponent >= -4 && exponent < 6) return Object.is(value, -0) ? '-0' : String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Go's way to print a time: a date alone is midnight in UTC. */
function timestampText(text: string): string {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = ''] =
    /^(\d+)-(\d+)-(\d+)(?:[Tt ]+(\d+):(\d+):(\d+)(\.\d+)? *(.*))?$/.exec(text) ?? [];
  const two = (part: string | undefined) => String(part).padStart(2, '0');
  const offset = zone === '' || zone === 'Z' ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`;
  const decimals = fraction.replace(/0+$/, '').replace(/^\.$/, '');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${decimals} ${offset}`;
}
