import { stringify } from 'yaml';

/** A plain value as a YAML document. Long texts are not folded, and nothing becomes an alias. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
