import type { Words } from '../diagnostic.ts';
import { servicesInWords } from './services-in-words.ts';

/** Findings about secrets that would be read by others. None of them says or quotes a value. */
export const secretCatalogue = {
  'secret/plaintext': {
    severity: 'warning',
    confidential: true,
    say: (p: { services: readonly string[]; variables: readonly string[]; rewritten: readonly string[] }): Words => {
      const one = p.variables.length === 1;
      return {
        message: `${list(p.variables)} of ${servicesInWords(p.services)} ${one ? 'looks like a secret and stands' : 'look like secrets and stand'} in the task definition as plain text, for everybody who may read it.`,
        help: [
          `Keep ${one ? 'it' : 'them'} in Secrets Manager, from an env file, FILE:`,
          `compose2fargate secrets push --from FILE ${p.variables.map(shellWord).join(' ')}`,
          'It prints the lines for ecs-params.yml, whose secrets take the place of variables.',
          ...(p.rewritten.length === 0
            ? []
            : [`In ${list(p.rewritten)} write 127.0.0.1 for the other service: nothing is rewritten in a secret.`]),
        ].join('\n'),
      };
    },
  },
} as const;

/** A word as a shell reads it. */
function shellWord(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** `A`, `A and B`, `A, B and C`. */
function list(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
}
