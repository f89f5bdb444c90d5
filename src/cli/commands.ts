import type { CommandDefinition, CommandGroup } from './command.ts';
import { cluster } from './commands/cluster.ts';
import { completion } from './commands/completion.ts';
import { config } from './commands/config.ts';
import { convert } from './commands/convert.ts';
import { explain } from './commands/explain.ts';
import { iam } from './commands/iam.ts';
import { imageCommands } from './commands/images.ts';
import { onlineCommands } from './commands/online.ts';
import { registryCreds } from './commands/registry-creds.ts';
import { secrets } from './commands/secrets.ts';
import { service } from './commands/service.ts';
import { simulator } from './commands/simulator.ts';
import { taskCommands } from './commands/tasks.ts';
import { validate } from './commands/validate.ts';

/** Every command, in the order of the help. */
export const commands: readonly (CommandDefinition | CommandGroup)[] = [
  convert,
  validate,
  config,
  explain,
  ...onlineCommands,
  ...taskCommands,
  service,
  ...imageCommands,
  secrets,
  iam,
  registryCreds,
  simulator,
  cluster,
  completion(() => commands),
];
