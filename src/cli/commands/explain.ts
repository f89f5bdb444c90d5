import type { CommandDefinition } from '../command.ts';

type Offline = typeof import('../offline.ts');

export const explain: CommandDefinition = {
  name: 'explain',
  summary: 'say what a finding or a stop reason means, or where a member of the task definition came from',
  arguments: [
    {
      usage: '<what...>',
      summary:
        'a code (fargate/task-size), a stop reason ("CannotPullContainerError: …") or a path (containerDefinitions[0].memory)',
    },
  ],
  configuration: 'may-be-wrong',
  async run(io, options, words) {
    const { explain }: Offline = await import('../offline.ts');
    return explain(io, options, words);
  },
};
