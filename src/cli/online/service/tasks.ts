import type { ExitCode } from '../../exit-code.ts';
import type { LogsOptions, OnlineContext, PsOptions } from '../context.ts';
import { logs } from '../logs.ts';
import { ps } from '../ps.ts';

/** `service ps`: the containers of the service's tasks. */
export function servicePs(context: OnlineContext, options: PsOptions): Promise<ExitCode> {
  return ps({ ...context, ofService: true }, options);
}

/** `service logs`: what the containers of the service's tasks have written. */
export function serviceLogs(context: OnlineContext, options: LogsOptions): Promise<ExitCode> {
  return logs({ ...context, ofService: true }, options);
}
