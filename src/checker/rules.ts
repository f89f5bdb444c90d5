import type { Rule } from './rule.ts';
import { containerSizes } from './rules/container-sizes.ts';
import { definitionSize } from './rules/definition-size.ts';
import { dependencies } from './rules/dependencies.ts';
import { environment } from './rules/environment.ts';
import { essential } from './rules/essential.ts';
import { fileSystems } from './rules/file-systems.ts';
import { firelens } from './rules/firelens.ts';
import { healthChecks } from './rules/health-checks.ts';
import { logs } from './rules/logs.ts';
import { platform } from './rules/platform.ts';
import { ports } from './rules/ports.ts';
import { proxy } from './rules/proxy.ts';
import { registries } from './rules/registries.ts';
import { roles } from './rules/roles.ts';
import { secretAccounts } from './rules/secret-accounts.ts';
import { systemControls } from './rules/system-controls.ts';
import { taskSize } from './rules/task-size.ts';
import { ulimits } from './rules/ulimits.ts';
import { uniqueNames } from './rules/unique-names.ts';
import { volumes } from './rules/volumes.ts';

/** What looks at several members, in the order in which it is reported. */
export const rules: readonly Rule[] = [
  platform,
  taskSize,
  containerSizes,
  uniqueNames,
  essential,
  environment,
  ports,
  dependencies,
  healthChecks,
  volumes,
  fileSystems,
  logs,
  firelens,
  proxy,
  ulimits,
  systemControls,
  roles,
  registries,
  secretAccounts,
  definitionSize,
];
