import { Document, isMap, isScalar, isSeq, stringify, type Node as YamlNode } from 'yaml';

/**
 * A plain value as a YAML document. Long texts are not folded, and nothing becomes an alias.
 * @param commentAt a comment for a path such as `a[0].b`; that of a list or mapping stands beside the first scalar in it
 */
export function writeYaml(value: unknown, commentAt?: (path: string) => string | undefined): string {
  if (commentAt === undefined) return isBlock(value) ? `${blockLines(value, '').join('\n')}\n` : written(value);
  const document = new Document(value, { aliasDuplicateObjects: false });
  comment(document.contents, '', commentAt);
  return document.toString({ lineWidth: 0 });
}

function written(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** Whether a value is a list or mapping with something in it, which takes lines of its own. */
function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/**
 * The lines of a list or mapping. The library writes what takes thought; to make its tree of all the plain words and
 * numbers of a large project would cost more than to load it.
 */
function blockLines(value: object, indent: string): string[] {
  const lines: string[] = [];
  const below = `${indent}  `;
  const add = (part: unknown, start: string, entry: unknown) => {
    const simple = start === '' ? undefined : simpleText(part);
    if (simple !== undefined) lines.push(`${indent}${start} ${simple}`);
    else for (const line of written(entry).slice(0, -1).split('\n')) lines.push(line === '' ? line : indent + line);
  };
  if (Array.isArray(value)) {
    for (const item of value) {
      if (!isBlock(item)) add(item, '-', [item]);
      else {
        const [first = '', ...rest] = blockLines(item, below);
        lines.push(`${indent}- ${first.slice(below.length)}`, ...rest);
      }
    }
    return lines;
  }
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const isSimpleKey = key.length < longestKey && simpleText(key) === key;
    if (!isBlock(part) || !isSimpleKey) add(part, isSimpleKey ? `${key}:` : '', { [key]: part });
    else {
      lines.push(`${indent}${key}:`);
      for (const line of blockLines(part, below)) lines.push(line);
    }
  }
  return lines;
}

/** Texts that are themselves without quotes, wherever they stand: words, paths, URLs, addresses with a port. */
const plainText = /^[A-Za-z_/][\w./@=+-]*(?::[\w./@=+-]+)*$/;
const otherThanText = /^(?:true|false|null)$/i;

/** From here on a key is no simple one in YAML. */
const longestKey = 1_000;

/** A scalar that is written as it is, or in quotes if it is a number's digits; undefined for one that takes thought. */
function simpleText(value: unknown): string | undefined {
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^[1-9]\d*$/.test(value)) return `"${value}"`;
  return plainText.test(value) && !otherThanText.test(value) ? value : undefined;
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
