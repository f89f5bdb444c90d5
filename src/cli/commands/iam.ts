import { type CommandDefinition, type CommandGroup, type OptionDefinition, UsageError } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import { repeated } from '../repeated.ts';

type Offline = typeof import('../offline.ts');

/** The policies are in a bundle of their own. */
type Printing = typeof import('../iam/print.ts');

export interface IamOptions extends GlobalOptions {
  readonly account?: string;
  readonly trust?: boolean;
  readonly kmsKey?: readonly string[];
  readonly createRoles?: boolean;
  readonly purge?: boolean;
  readonly roleName?: string;
}

const account: OptionDefinition = {
  flags: '--account <id>',
  summary: 'the number of the AWS account (default: that of the roles in ecs-params)',
  parse: parseAccount,
};

const trust: OptionDefinition = { flags: '--trust', summary: 'print who may assume the role in place of its policy' };

const kmsKey: OptionDefinition = {
  flags: '--kms-key <arn>',
  summary: 'a key of your own that secrets are encrypted with; may be repeated',
  parse: parseKey,
};

export const iam: CommandGroup = {
  name: 'iam',
  summary: 'print least-privilege policies for the project: execution, task, deployer',
  commands: [
    {
      name: 'execution',
      summary: 'the policy of the execution role: ECS pulls images, reads secrets and writes logs with it',
      options: [account, trust, kmsKey],
      run: printed('printExecution'),
    },
    {
      name: 'task',
      summary: 'the policy of the task role, which the containers have',
      options: [account, trust],
      run: printed('printTask'),
    },
    {
      name: 'deployer',
      summary: 'the policy of whoever runs compose2fargate',
      arguments: [
        {
          usage: '[commands...]',
          summary:
            'only what these need, such as: push service up (default: all that deploy and look after the project)',
        },
      ],
      options: [
        account,
        { flags: '--create-roles', summary: 'with the right to make roles, as "up --create-roles" does' },
        { flags: '--purge', summary: 'with the right to remove data for good, as "down --purge" does' },
        { flags: '--role-name <name>', summary: 'with the right to make this role, as "registry-creds up" does' },
        kmsKey,
      ],
      run: printed('printDeployer'),
    },
  ],
};

/** Prints a policy of a valid input. */
function printed(name: keyof Printing): CommandDefinition<IamOptions>['run'] {
  return async (io, options, words) => {
    const { validInput }: Offline = await import('../offline.ts');
    // That a role or an image is still to be made is why somebody asks.
    const build = name === 'printDeployer';
    const input = await validInput(io, { ...options, build, createRoles: true }, 'error');
    if (input === undefined) return exitCode.findings;
    const { [name]: print }: Printing = await import('../iam/print.ts');
    return print(io, options, input, words);
  };
}

function parseAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new UsageError(`"${text}" is no AWS account. Write its 12 digits.`);
}

function parseKey(text: string, earlier: unknown): readonly string[] {
  if (!/^arn:[^:]+:kms:[^:]+:\d{12}:key\/.+$/.test(text)) {
    throw new UsageError(
      `"${text}" is no ARN of a KMS key. Write one like arn:aws:kms:eu-west-1:123456789012:key/1234abcd-….`,
    );
  }
  return repeated(earlier, text);
}
