import type { Words } from '../diagnostic.ts';

/** Findings about secrets that would be read by others. None of them says or quotes a value. */
export const secretCatalogue = {
  'secret/plaintext': {
    severity: 'warning',
    confidential: true,
    say: (p: {
      project: string;
      service: string;
      variables: readonly string[];
      rewritten: readonly string[];
    }): Words => {
      const one = p.variables.length === 1;
      return {
        message: `${list(p.variables)} of service "${p.service}" ${one ? 'looks like a secret and stands' : 'look like secrets and stand'} in the task definition as plain text, for everybody who may read it.`,
        help: [
          `Keep ${one ? 'it' : 'them'} in Secrets Manager:`,
          createCommand(`${p.project}/${p.service}`, p.variables),
          `and name the ${one ? 'ARN' : 'ARNs'} in ecs-params.yml, whose secrets take the place of variables:`,
          'task_definition:',
          '  services:',
          `    ${p.service}:`,
          '      secrets:',
          ...p.variables.flatMap((variable) => [
            `        - name: ${variable}`,
            '          value_from: arn:aws:secretsmanager:…',
          ]),
          ...(p.rewritten.length === 0
            ? []
            : [`In ${list(p.rewritten)} write 127.0.0.1 for the other service: nothing is rewritten in a secret.`]),
        ].join('\n'),
      };
    },
  },
} as const;

/** Asks for each value, so that none of them gets into the shell's history or among the arguments of a process. */
function createCommand(prefix: string, variables: readonly string[]): string {
  // Letters that Secrets Manager has in names, none of which means anything to a shell.
  const names = variables.map((variable) => variable.replace(/[^\w.-]/g, '-'));
  const create = (name: string) =>
    `printf %s "$value" | aws secretsmanager create-secret --name ${prefix}/${name} --secret-string file:///dev/stdin`;
  return names.length === 1
    ? `read -rs value && ${create(names[0] ?? '')}`
    : `for name in ${names.join(' ')}; do printf '%s: ' $name; read -rs value; ${create('$name')}; done`;
}

/** `A`, `A and B`, `A, B and C`. */
function list(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
}
