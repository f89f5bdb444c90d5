import type { Tag } from '../../fargate/task-definition.ts';
import { type CommandGroup, UsageError } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import { parseTags } from '../tags.ts';

export interface RegistryCredsOptions extends GlobalOptions {
  readonly roleName?: string;
  /** Set by `--no-role`. */
  readonly role?: boolean;
  readonly updateExistingSecrets?: boolean;
  readonly outputDir?: string;
  /** Set by `--no-output-file`. */
  readonly outputFile?: boolean;
  readonly tags?: readonly Tag[];
  readonly dryRun?: boolean;
}

/** Logins of private registries, as ecs-cli has them: the same file, the same options. */
export const registryCreds: CommandGroup = {
  name: 'registry-creds',
  summary: 'keep the logins of private registries in Secrets Manager',
  commands: [
    {
      name: 'up',
      summary: 'make a secret of each login, and write the file by which "up" pulls images with them',
      arguments: [{ usage: '<file>', summary: 'YAML with registry_credentials', completes: 'files' }],
      options: [
        {
          flags: '--role-name <name>',
          summary: 'the execution role that the file names, allowed to read the secrets; made if it is missing',
          parse: parseRole,
        },
        { flags: '--no-role', summary: 'make no execution role, and name none in the file (default)' },
        { flags: '--update-existing-secrets', summary: 'give secrets that are there already the login of the file' },
        { flags: '--output-dir <path>', summary: 'where to write the file (default: the current directory)' },
        { flags: '--no-output-file', summary: 'print what would be in the file, and write none' },
        { flags: '--tags <k=v,...>', summary: 'tags of the secrets that are made; may be repeated', parse: parseTags },
        { flags: '--dry-run', summary: 'print what would be done, and do nothing' },
      ],
      async run(io, options: RegistryCredsOptions, [path = '']) {
        if (options.role === false && options.roleName !== undefined) {
          throw new UsageError('--role-name and --no-role exclude each other.');
        }
        const { readRegistryLogins } = await import('../offline.ts');
        const input = await readRegistryLogins(io, options, path);
        if (input === undefined) return exitCode.findings;
        const { registryCredsUp } = await import('../online.ts');
        return registryCredsUp({ io, options, ...input }, { ...options, logins: input.logins });
      },
    },
  ],
};

/** Source: IAM API Reference, CreateRole, `RoleName`. */
function parseRole(text: string): string {
  if (/^[\w+=,.@-]{1,64}$/.test(text)) return text;
  throw new UsageError(`"${text}" is no name of a role. Write it without its ARN and path.`);
}
