import { nodeHost } from '../node.ts';
import { exitCode } from './exit-code.ts';
import type { Io, Output } from './io.ts';
import { main } from './main.ts';

/** The process around the command line: its streams, its signals, its exit code. */
function processIo(argv: readonly string[]): Io {
  let interrupted = new AbortController();
  let handedOver = false;
  const { signal } = interrupted;
  process.on('SIGINT', () => {
    if (handedOver) return;
    // The second Ctrl-C is for a program that does not listen.
    if (interrupted.signal.aborted) process.exit(exitCode.interrupted);
    interrupted.abort();
  });
  const plain = argv.includes('--no-color') || Boolean(process.env['NO_COLOR']);
  return {
    host: nodeHost(),
    out: output(process.stdout, plain),
    error: output(process.stderr, plain),
    signal,
    nextInterrupt: () => {
      interrupted = new AbortController();
      return interrupted.signal;
    },
    async handOver(program) {
      handedOver = true;
      try {
        return await program();
      } finally {
        handedOver = false;
      }
    },
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: (question: string) => ask(question, signal) } : {}),
  };
}

/** Asks on the terminal and waits for a line; the end of the input, or Ctrl-C, is no answer. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline');
  process.stderr.write(question);
  // The terminal is left as it is: it turns Ctrl-C into the signal that all else listens to.
  const lines = createInterface({ input: process.stdin, terminal: false });
  const answer = await new Promise<string | undefined>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  lines.close();
  // An input that stays open must not keep the process.
  process.stdin.unref();
  if (answer === undefined) process.stderr.write('\n');
  return answer ?? '';
}

function output(stream: NodeJS.WriteStream, plain: boolean): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader who has seen enough (`| head`) is no error, and whom talk does not reach cannot be told.
    if (error.code === 'EPIPE' || stream !== process.stdout) return;
    process.stderr.write(`error: The output cannot be written: ${error.message}.\n`);
    process.exitCode ||= exitCode.usage;
  });
  return {
    write: (text) => stream.write(text),
    isTerminal: stream.isTTY === true,
    color: stream.isTTY === true && !plain,
    columns: stream.columns ?? 80,
  };
}

const argv = process.argv.slice(2);
main(argv, processIo(argv)).then(
  (code) => {
    // The output may have failed by now.
    if (code !== exitCode.done) process.exitCode = code;
  },
  (error: unknown) => {
    const detail = error instanceof Error && process.env['COMPOSE2FARGATE_DEBUG'] ? error.stack : String(error);
    process.stderr.write(`error: This is a fault of compose2fargate itself: ${detail}\n`);
    process.stderr.write(
      'Please report it with the files that caused it. COMPOSE2FARGATE_DEBUG=1 shows where it happened.\n',
    );
    process.exitCode = 70;
  },
);
