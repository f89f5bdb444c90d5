import type { Rule } from '../rule.ts';

/** Bytes that a task definition may have. Source: ECS Developer Guide, "Amazon ECS service quotas". */
const maximum = 64 * 1024;

/** The definition is not larger than ECS stores. */
export const definitionSize: Rule = (definition, find) => {
  const bytes = utf8Length(JSON.stringify(definition));
  if (bytes > maximum) find('fargate/too-large', 'containerDefinitions', { bytes, maximum });
};

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
