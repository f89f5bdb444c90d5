import type { CommandGroup } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';

export interface SecretsPushOptions extends GlobalOptions {
  readonly from?: string;
  readonly store?: 'secrets-manager' | 'ssm';
  readonly kmsKey?: string;
  readonly dryRun?: boolean;
}

/** Commands for the secrets of a project. A value comes from a file or from stdin, never from the command line. */
export const secrets: CommandGroup = {
  name: 'secrets',
  summary: 'write the secrets of the project to AWS',
  commands: [
    {
      name: 'push',
      summary: 'write the variables of an env file as secrets, and print their lines for ecs-params.yml',
      arguments: [{ usage: '[variables...]', summary: 'only these variables' }],
      options: [
        {
          flags: '--from <path>',
          summary: 'the env file, "-" for stdin (default: --env-file, then stdin)',
          completes: 'files',
        },
        {
          flags: '--store <store>',
          summary: 'secrets-manager (the default) or ssm',
          choices: ['secrets-manager', 'ssm'],
        },
        {
          flags: '--kms-key <key>',
          summary: 'the KMS key that encrypts them: id, ARN or alias (default: that of AWS)',
        },
        { flags: '--dry-run', summary: 'print what would be done, and do nothing' },
      ],
      async run(io, options: SecretsPushOptions, variables) {
        const { readableInput, readSecretValues } = await import('../offline.ts');
        const values = readSecretValues(io, options, variables);
        const input = values && (await readableInput(io, options));
        if (values === undefined || input === undefined) return exitCode.findings;
        const { pushSecrets } = await import('../online.ts');
        const { store = 'secrets-manager', kmsKey, dryRun = false } = options;
        return pushSecrets({ io, options, ...input }, { store, values, dryRun, ...(kmsKey && { kmsKey }) });
      },
    },
  ],
};
