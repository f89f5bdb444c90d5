/** The commands that talk to AWS. This file is a bundle of its own, loaded when one of them runs. */
export type {
  DownOptions,
  LogsOptions,
  OnlineContext,
  PlanOptions,
  PsOptions,
  ServiceRemoveOptions,
  ServiceScaleOptions,
  ServiceUpOptions,
  UpOptions,
} from './online/context.ts';
export { down, down as stop } from './online/down.ts';
export { logs } from './online/logs.ts';
export { ps } from './online/ps.ts';
export { serviceRemove, serviceScale, serviceStop } from './online/service/change.ts';
export { serviceLogs, servicePs } from './online/service/tasks.ts';
export { serviceUp } from './online/service/up.ts';
export { plan, up } from './online/up.ts';
