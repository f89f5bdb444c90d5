/** How many items are named before the rest is counted. */
const named = 5;

/** Items with commas between them; those after the fifth are counted. */
export function list(items: readonly string[]): string {
  const rest = items.length - named;
  return rest > 0 ? `${items.slice(0, named).join(', ')} and ${rest} more` : items.join(', ');
}
