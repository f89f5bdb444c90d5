/** The commands that talk to AWS. This file is a bundle of its own, loaded when one of them runs. */
export type {
  DownOptions,
  LogsOptions,
  OnlineContext,
  PlanOptions,
  PsOptions,
  UpOptions,
} from './online/context.ts';
export { down, down as stop } from './online/down.ts';
export { logs } from './online/logs.ts';
export { plan } from './online/plan.ts';
export { ps } from './online/ps.ts';
export { up } from './online/up.ts';
