/** The commands that talk to AWS. This file is a bundle of its own, loaded when one of them runs. */

export { clusterDown } from './online/cluster/down.ts';
export { clusterUp } from './online/cluster/up.ts';
export type {
  AccountContext,
  ClusterDownOptions,
  ClusterUpOptions,
  DownOptions,
  ExecOptions,
  LogsOptions,
  OnlineContext,
  PlanOptions,
  PsOptions,
  RunOptions,
  ScaleOptions,
  ServiceRemoveOptions,
  ServiceScaleOptions,
  ServiceUpOptions,
  UpOptions,
} from './online/context.ts';
export { down, stop } from './online/down.ts';
export { exec } from './online/exec.ts';
export { logs } from './online/logs.ts';
export { plan } from './online/plan.ts';
export { ps } from './online/ps.ts';
export { run } from './online/run.ts';
export { scale } from './online/scale.ts';
export { serviceRemove, serviceScale, serviceStop } from './online/service/change.ts';
export { serviceLogs, servicePs } from './online/service/tasks.ts';
export { serviceUp } from './online/service/up.ts';
export { up } from './online/up.ts';
