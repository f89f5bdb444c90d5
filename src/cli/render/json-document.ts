/** A value as the one JSON document that a command prints with `--json`. */
export function jsonDocument(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
