import { join, resolve } from 'pathe';
import { execute, hasChanges, planRegistryLogins, planRegistryRole, registrySecret, withLast } from '../../deployer.ts';
import { credentialsFileName, newestCredentialsFile } from '../../parser/registry-creds/file-name.ts';
import { limits } from '../../source/limits.ts';
import { shortPath } from '../../source/read.ts';
import { writeYaml } from '../../source/write-yaml.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';
import { writeFile } from '../write-file.ts';
import type { OnlineContext, RegistryCredsOptions } from './context.ts';
import { formatPlan, summaries } from './plan-text.ts';
import { changeOf } from './secrets.ts';
import { inSession } from './session.ts';

/** `registry-creds up`: keeps logins as secrets, and writes the file by which `up` pulls images with them. */
export function registryCredsUp(context: OnlineContext, options: RegistryCredsOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { io, account, project, region, emit } = session;
    const { logins, roleName, updateExistingSecrets: update = false, tags = [] } = options;
    const planned = await planRegistryLogins(account, logins, { project, update, tags });
    const { arns, kept, missing } = planned;
    if (missing.length > 0) {
      emit({ code: 'registry/missing', level: 'error', data: { secrets: missing, region } });
      return { code: exitCode.refused };
    }
    if (kept.length > 0) emit({ code: 'registry/kept', level: 'warning', data: { secrets: kept } });
    const used = logins.map((login) => ({ secret: registrySecret(login, project), key: login.key }));
    const role = roleName === undefined ? undefined : await planRegistryRole(account, roleName, used, session);
    if (roleName !== undefined && role?.foreign !== undefined) {
      emit({ code: 'registry/foreign-role', level: 'warning', data: { role: roleName, ...role.foreign } });
    }
    const plan = withLast(role?.operations ?? [], planned.plan);
    if (options.dryRun) return { code: exitCode.done, result: formatPlan(plan, context.task, context, session) };
    const changes = hasChanges(plan);
    // That nothing is to be done would contradict the warning.
    if (changes || kept.length === 0) {
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes } });
    }
    const { secrets: made, verdict } = await execute(plan, { ...session, observed: [], timeout: 0 });
    if (verdict.kind === 'interrupted') {
      emit({ code: 'wait/interrupted', level: 'warning', data: { tasks: [] } });
      return { code: exitCode.interrupted };
    }
    const secrets = logins.map((login) => {
      const name = registrySecret(login, project);
      const arn = made?.get(name) ?? arns.get(name) ?? name;
      return { ...login, arn, change: changeOf(plan, name) };
    });
    if (roleName === undefined && secrets.some(({ change }) => change === 'created')) {
      emit({ code: 'registry/role', level: 'info', data: {} });
    }
    const text = outputs(secrets, roleName);
    const file = options.outputFile === false ? undefined : keepFile(io, options.outputDir ?? '.', text);
    if (file?.isNew === false) emit({ code: 'registry/unchanged', level: 'info', data: { file: file.path } });
    if (!context.options.json) return { code: exitCode.done, result: file === undefined ? text : `${file.path}\n` };
    const document = {
      project,
      file: file?.path,
      secrets: secrets.map(({ registry, arn, change, containers: containerNames }) => ({
        registry,
        arn,
        change,
        containerNames,
      })),
    };
    return { code: exitCode.done, result: jsonDocument(document) };
  });
}

interface RegistrySecret {
  readonly registry: string;
  readonly arn: string;
  readonly key?: string;
  readonly containers: readonly string[];
}

/** Source: ECS CLI Reference, "ecs-cli registry-creds up", the output file. */
function outputs(secrets: readonly RegistrySecret[], role: string | undefined): string {
  const credentials = secrets.map(({ registry, arn, key, containers }) => [
    registry,
    {
      credentials_parameter: arn,
      ...(key === undefined ? {} : { kms_key_id: key }),
      ...(containers.length === 0 ? {} : { container_names: containers }),
    },
  ]);
  return writeYaml({
    version: '1',
    registry_credential_outputs: {
      ...(role === undefined ? {} : { task_execution_role: role }),
      container_credentials: Object.fromEntries(credentials),
    },
  });
}

/** Writes the file of this second, unless the newest one says the same: `up` would take the one as the other. */
function keepFile(io: Io, directory: string, text: string): { readonly path: string; readonly isNew: boolean } {
  const { host } = io;
  const newest = newestCredentialsFile(host, [resolve(host.cwd, directory)]);
  const read = newest === undefined ? undefined : host.read(newest, limits.bytes);
  if (newest !== undefined && read !== undefined && 'text' in read && read.text === text) {
    return { path: shortPath(host, newest), isNew: false };
  }
  const path = join(directory, credentialsFileName(host.now()));
  writeFile(io, path, text);
  return { path, isNew: true };
}
