import { mapItems, mapValues } from '../../source/build.ts';
import type { Node, ScalarNode } from '../../source/node.ts';
import { resolvePlain } from '../../source/scalar.ts';

/**
 * The tree with each unquoted value that held a variable read as YAML reads its text now: `retries: ${RETRIES}` is a
 * number. ecs-cli put variables into the text of the file before it was read.
 */
export function resolvePlainScalars(node: Node): Node {
  if (node.kind === 'mapping') return mapValues(node, resolvePlainScalars);
  if (node.kind === 'sequence') return mapItems(node, resolvePlainScalars);
  return typeof node.value === 'string' && isPlainWithVariable(node) ? { ...node, ...resolvePlain(node.value) } : node;
}

/** Quotes and the signs of block scalars make a text a string, whatever is in it. */
function isPlainWithVariable({ source: { file, start, end } }: ScalarNode): boolean {
  const text = file.text.slice(start, end);
  return text.includes('$') && !/^['"|>]/.test(text);
}
