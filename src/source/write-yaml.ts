import { Document, isMap, isScalar, isSeq, type Node as YamlNode } from 'yaml';

/**
 * A plain value as a YAML document. Long texts are not folded, and nothing becomes an alias.
 * @param commentAt a comment for a path such as `a[0].b`; that of a list or mapping stands beside the first scalar in it
 */
export function writeYaml(value: unknown, commentAt?: (path: string) => string | undefined): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  if (commentAt !== undefined) comment(document.contents, '', commentAt);
  return document.toString({ lineWidth: 0 });
}

function comment(
  node: YamlNode | null,
  path: string,
  commentAt: (path: string) => string | undefined,
  ofParent?: string,
): void {
  const own = commentAt(path) ?? ofParent;
  if (isScalar(node) && own !== undefined) node.comment = ` ${own}`;
  if (isSeq<YamlNode>(node)) {
    for (const [index, item] of node.items.entries()) {
      comment(item, `${path}[${index}]`, commentAt, index === 0 ? own : undefined);
    }
  }
  if (isMap<{ readonly value: string }, YamlNode>(node)) {
    for (const [index, { key, value }] of node.items.entries()) {
      comment(value, path === '' ? key.value : `${path}.${key.value}`, commentAt, index === 0 ? own : undefined);
    }
  }
}
