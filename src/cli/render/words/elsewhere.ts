import type { Obstacle, UseElsewhere } from '../../../deployer.ts';
import type { EventWords, Surroundings, Words } from './event-words.ts';
import { list } from './list.ts';

/** What the events about roles say to a person. */
export const roleWords: Words<'role'> = {
  'role/stays': ({ role, uses }) => ({
    message: `The files no longer want the role ${role}, but it stays: ${list(uses.map(useWords))}.`,
    help: 'Once nobody needs it, "compose2fargate down --purge" removes it.',
  }),
};

/** Who else uses what a project has made, as a clause. */
export function useWords(use: UseElsewhere): string {
  switch (use.by) {
    case 'tasks':
      return `tasks of ${use.family} run in the cluster ${use.cluster}`;
    case 'service':
      return `the service ${use.family} is in the cluster ${use.cluster}`;
    case 'unknown':
      return `whether ${use.family} also runs in ${use.cluster === undefined ? 'other clusters' : `the cluster ${use.cluster}`} cannot be seen without the permission ${use.permission}`;
  }
}

/** Why a purge is refused that would take away what other clusters or families use, or perhaps use. */
export function purgeElsewhereWords(
  { family: purged, uses }: Extract<Obstacle, { readonly kind: 'purge-in-use-elsewhere' }>,
  commandLine: Surroundings['commandLine'],
): EventWords {
  const commands = uses.flatMap(({ by, family, cluster }) =>
    by === 'unknown'
      ? []
      : commandLine(by === 'service' ? 'service rm' : 'down', { cluster, ...(family === purged ? {} : { family }) }),
  );
  return {
    message: `What --purge would remove ${commands.length > 0 ? 'is' : 'may be'} in use: ${list(uses.map(useWords))}. Nothing was changed.`,
    help:
      commands.length > 0
        ? `Take that down first: ${list(commands)}`
        : 'Ask for a policy as "compose2fargate iam deployer --purge" prints it.',
  };
}
