import { plainText } from '../../diagnostics/format/plain-text.ts';
import type { StopReason } from '../../fargate/stop-reasons.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';

/** Prints why ECS stopped a task that gives such a text as its reason, and what to do. */
export function printStopReason(io: Io, options: GlobalOptions, text: string, { cause, remedy }: StopReason): ExitCode {
  const words = plainText(`cause: ${cause}\n\nremedy: ${remedy}`, Math.min(io.out.columns, 100));
  io.out.write(options.json ? jsonDocument({ text, cause, remedy }) : words);
  return exitCode.done;
}
