/** The commands that talk to AWS. This file is a bundle of its own, loaded when one of them runs. */
import { building } from './online/build.ts';
import { plan as planTasks } from './online/plan.ts';
import { serviceUp as upService } from './online/service/up.ts';
import { up as upTasks } from './online/up.ts';

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
export { images } from './online/images.ts';
export { logs } from './online/logs.ts';
export { ps } from './online/ps.ts';
export { push } from './online/push.ts';
export { registryCredsUp } from './online/registry-creds.ts';
export { run } from './online/run.ts';
export { scale } from './online/scale.ts';
export { pushSecrets } from './online/secrets.ts';
export { serviceScale, serviceStop } from './online/service/change.ts';
export { serviceRemove } from './online/service/remove.ts';
export { serviceLogs, servicePs } from './online/service/tasks.ts';

/** `up`; with `--build`, the images are built and pushed before. */
export const up: typeof upTasks = building(upTasks);
/** `plan`; with `--build`, of the images too. */
export const plan: typeof planTasks = building(planTasks, { dry: true });
/** `service up`, as `up`. */
export const serviceUp: typeof upService = building(upService);
