type Parameter = string | Parameter[] | { [name: string]: Parameter };

/**
 * The parameters of a form as nested members: `Filter.1.Value.2=x` is the second value of the first filter. An empty list
 * is sent as an empty text; either says as much as none.
 */
export function queryInput(body: string): Record<string, Parameter> {
  const root: Record<string, Parameter> = {};
  for (const [path, value] of new URLSearchParams(body)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let level = root;
    for (const name of names) {
      level[name] ??= {};
      level = level[name] as Record<string, Parameter>;
    }
    level[last] = value;
  }
  const given = Object.entries(root).filter(([, value]) => value !== '');
  return Object.fromEntries(given.map(([name, value]) => [name, listed(value)]));
}

/** Members numbered 1, 2, 3 are the items of a list, below a `member` in the form of all services but EC2. */
function listed(value: Parameter): Parameter {
  if (typeof value === 'string') return value;
  if ('member' in value && Object.keys(value).length === 1) return listed(value['member'] as Parameter);
  const entries = Object.entries(value).map(([name, member]) => [name, listed(member)] as const);
  return entries.every(([name]) => /^\d+$/.test(name))
    ? entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member)
    : Object.fromEntries(entries);
}

/** An XML document: a mapping becomes elements, a list an element with one of that name for each item. */
export function xml(root: string, content: object, item = 'item'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${elements(content, item)}</${root}>`;
}

function elements(content: unknown, item: string): string {
  if (Array.isArray(content)) return content.map((one) => `<${item}>${elements(one, item)}</${item}>`).join('');
  if (typeof content !== 'object' || content === null) return escaped(String(content));
  return Object.entries(content)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${elements(value, item)}</${name}>`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
