import type { Simulator } from '../../simulator.ts';
import type { Task } from '../../transformer/task.ts';
import { UsageError } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import { openSimulator } from '../online/simulation.ts';
import { findRegion } from '../region.ts';
import { jsonLines } from '../render/json-lines.ts';
import { plainLog } from '../render/plain-log.ts';

/**
 * Serves a simulated account until Ctrl-C, which is its normal end and no failure. The endpoint goes to stdout as soon
 * as it answers; what a shell needs to use it goes to stderr. Throws a `UsageError` for a port that cannot be had.
 */
export async function serve(
  io: Io,
  options: GlobalOptions & { readonly port?: number },
  simulate: Task['simulate'],
): Promise<ExitCode> {
  const renderer = options.json ? jsonLines(io, options) : plainLog(io, options);
  const { simulateState: stateFile, simulateSpeed: speed, port } = options;
  const simulator = await openSimulator(simulate, { stateFile, speed, port }, (event) => renderer.show(event)).catch(
    (error) => {
      throw withoutPort(error, port);
    },
  );
  if (simulator === undefined) return exitCode.findings;
  const environment = environmentOf(simulator, findRegion(io, options));
  renderer.show({ code: 'simulated', level: 'info', data: {} });
  if (!options.json && !options.quiet) io.error.write(instructions(environment, stateFile));
  io.out.write(
    `${options.json ? JSON.stringify({ endpoint: simulator.endpoint, environment }) : simulator.endpoint}\n`,
  );
  await interruption(io.signal);
  await simulator.close();
  return exitCode.done;
}

/** What makes AWS clients use the simulator. Version 1 of the AWS CLI reads AWS_DEFAULT_REGION only. */
function environmentOf({ endpoint }: Simulator, region = ''): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  };
}

function instructions(environment: Readonly<Record<string, string>>, stateFile: string | undefined): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const end = stateFile === undefined ? 'the account is gone then' : `the account stays in ${stateFile}`;
  return `To use it in another terminal (Ctrl-C here ends it; ${end}):\n\n  export ${variables.join(' ')}\n\n`;
}

/** The error of a port that cannot be had, as wrong usage; any other as it is. */
function withoutPort(error: NodeJS.ErrnoException, port = 0): Error {
  if (error.syscall !== 'listen') return error;
  const why = reasons[error.code ?? ''] ?? error.message;
  return new UsageError(
    `Port ${port} cannot be had: ${why}. Name another with --port, or leave it out for a free one.`,
  );
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it',
  EACCES: 'you may not use it',
};

function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
