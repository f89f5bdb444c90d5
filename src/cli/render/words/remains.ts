import type { Leftover } from '../../../deployer.ts';
import type { OnlineEvent } from '../../online/event.ts';
import { useWords } from './elsewhere.ts';
import type { EventWords, Words } from './event-words.ts';
import { list } from './list.ts';

/** What each kind of leftover is called, why it is kept, and what removes one. */
const kinds: Readonly<Record<Leftover['kind'], Kind>> = {
  revision: {
    noun: 'revision',
    kept: 'the history of the project, which costs nothing',
    command: 'ecs deregister-task-definition',
    argument: '--task-definition',
  },
  'log-group': {
    noun: 'log group',
    kept: 'logs, which cost a little for each stored GB',
    command: 'logs delete-log-group',
    argument: '--log-group-name',
  },
  repository: {
    noun: 'ECR repository',
    kept: 'images, which cost about 0.10 USD a month for each GB',
    command: 'ecr delete-repository',
    argument: '--force --repository-name',
  },
  secret: {
    noun: 'secret',
    kept: 'data, which costs 0.40 USD a month',
    command: 'secretsmanager delete-secret',
    argument: '--secret-id',
  },
  // Its policies go before it, which takes several commands.
  role: { noun: 'role', kept: 'it reads the secrets of registries, and costs nothing' },
  parameter: {
    noun: 'parameter',
    kept: 'data, which costs nothing',
    command: 'ssm delete-parameter',
    argument: '--name',
  },
  cluster: {
    noun: 'cluster',
    kept: 'others may use it, and it costs nothing',
    command: 'ecs delete-cluster',
    argument: '--cluster',
  },
  'security-group': { noun: 'security group', kept: '' },
  'file-system': { noun: 'EFS file system', kept: '' },
};

interface Kind {
  readonly noun: string;
  readonly kept: string;
  /** What the AWS CLI is told to remove one, and the option that takes its name. */
  readonly command?: string;
  readonly argument?: string;
}

/** What a purge says to a person. */
export const purgeWords: Words<'purge'> = {
  'purge/destroys': ({ operations }) => ({
    message: ['This cannot be undone:', ...operations.map((sentence) => `  ${sentence}.`)].join('\n'),
  }),
  'purge/unconfirmed': () => ({
    message: 'Nobody is there to ask whether to go on, so nothing was done.',
    help: 'Say yes beforehand with --yes.',
  }),
  'purge/declined': () => ({ message: 'Nothing was done.' }),
};

/** What stays of a project, each with why and how it is removed. */
export function remainsWords({
  leftovers,
  purge,
}: Extract<OnlineEvent, { readonly code: 'tasks/remains' }>['data']): EventWords {
  return {
    message: [
      'What stays:',
      ...leftovers.flatMap(leftoverLines),
      ...(purge === undefined
        ? []
        : [`To remove what the project made of it, and all its images and secrets: ${purge}`]),
    ].join('\n'),
  };
}

function leftoverLines(leftover: Leftover): readonly string[] {
  const { name, region, why } = leftover;
  const { noun, command, argument } = kinds[leftover.kind];
  const line = `  ${noun} ${name}: ${reason(leftover)}`;
  return why === 'kept' && command !== undefined
    ? [line, `    aws ${command} --region ${region} ${argument} ${name}`]
    : [line];
}

function reason({ kind, why, uses = [] }: Leftover): string {
  switch (why) {
    case 'kept':
      return kinds[kind].kept;
    case 'foreign':
      return kind === 'cluster' ? 'another project made it' : 'it lacks the tag by which this project knows its own';
    case 'in-use':
      return 'services or tasks of others are in it';
    case 'used-elsewhere':
      return list(uses.map(useWords));
    case 'never-removed':
      return 'data, which is never removed';
  }
}
