import type { CommandDefinition } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';

/** The commands for images, which come before a task: a finding about the task does not stop them. */
export const imageCommands: readonly CommandDefinition<GlobalOptions>[] = [
  {
    name: 'push',
    summary: 'build the images of services with "build:" and push them to ECR',
    arguments: [{ usage: '[services...]', summary: 'only these services' }],
    run: onImages('push'),
  },
  {
    name: 'images',
    summary: "list the images in the project's repositories",
    run: onImages('images'),
  },
];

function onImages(name: 'push' | 'images'): CommandDefinition['run'] {
  return async (io, options, args): Promise<number> => {
    const { readableInput } = await import('../offline.ts');
    const input = await readableInput(io, options);
    if (input === undefined) return exitCode.findings;
    const { [name]: run } = await import('../online.ts');
    return run({ io, options, ...input }, { services: args });
  };
}
