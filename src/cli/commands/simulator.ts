import { type CommandDefinition, UsageError } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';

type Offline = typeof import('../offline.ts');

/** The simulator is in a bundle of its own, without the SDK. */
type Serving = typeof import('../simulator.ts');

interface ServeOptions extends GlobalOptions {
  readonly port?: number;
}

export const simulator: CommandDefinition<ServeOptions> = {
  name: 'simulator',
  summary: 'serve a simulated AWS account to any AWS client until Ctrl-C',
  options: [{ flags: '--port <n>', summary: 'port on 127.0.0.1 (default: any that is free)', parse: parsePort }],
  async run(io, given) {
    const options = { ...given, simulate: true };
    // Without -f no project is looked for: the account is for all that its clients run.
    const { validInput }: Offline = await import('../offline.ts');
    const input = options.file === undefined ? undefined : await validInput(io, options, 'error');
    if (options.file !== undefined && input === undefined) return exitCode.findings;
    const { serve }: Serving = await import('../simulator.ts');
    return serve(io, options, input?.task.simulate ?? new Map());
  },
};

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`"${text}" is no port. Write a number up to 65535; 0 stands for any that is free.`);
}
