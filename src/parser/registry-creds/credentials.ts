import { resolve } from 'pathe';
import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { child, entriesOf, isNull, type Node } from '../../source/node.ts';
import { readSource } from '../../source/read.ts';
import type { Source, SourceFile } from '../../source/source.ts';
import { parseYaml } from '../../source/yaml.ts';
import { type NamedContainer, namedContainers } from './containers.ts';
import { newestCredentialsFile } from './file-name.ts';
import { checkShape, type Shape } from './shape.ts';

/** What `registry-creds up` made, as its output file says it. */
export interface RegistryCredentials {
  readonly file: SourceFile;
  readonly executionRole: Node | undefined;
  readonly containers: readonly NamedContainer[];
  /** Whether the file was looked for, and not named. */
  readonly isFound: boolean;
  /** Where it says all that. */
  readonly source: Source;
}

/** Where such a file is looked for. */
export interface RegistryCredentialsOptions {
  /** The file that the user named. */
  readonly path?: string | undefined;
  /** The directory of the first Compose file. */
  readonly directory: string;
}

/** Source: ECS CLI Reference, "ecs-cli registry-creds up", the output file. */
const outputs: Shape = {
  keys: {
    version: 'any',
    registry_credential_outputs: {
      keys: {
        task_execution_role: 'text',
        container_credentials: {
          each: {
            keys: { credentials_parameter: 'text', kms_key_id: 'text', container_names: { list: 'text' } },
            required: ['credentials_parameter'],
          },
        },
      },
    },
  },
  required: ['registry_credential_outputs'],
};

/**
 * The credentials of registries: those of the file named, else of the newest one beside the first Compose file or in the
 * current directory; undefined where there is none or it has errors, which are reported.
 */
export function loadRegistryCredentials(
  host: Host,
  { path, directory }: RegistryCredentialsOptions,
  report: Report,
): RegistryCredentials | undefined {
  const at = path === undefined ? newestCredentialsFile(host, [directory, host.cwd]) : resolve(host.cwd, path);
  const file = at === undefined ? undefined : readSource(host, at, 'registry credentials file', report);
  if (file === undefined) return undefined;
  let failed = false;
  const reportHere: Report = (finding) => {
    failed ||= finding.severity === 'error';
    report(finding);
  };
  const [root] = parseYaml(file, reportHere);
  if (root === undefined) return undefined;
  checkShape(root, outputs, reportHere);
  const said = child(root, 'registry_credential_outputs');
  const containers = namedContainers(child(said, 'container_credentials'), reportHere);
  if (failed) return undefined;
  const role = child(said, 'task_execution_role');
  const key = entriesOf(root).find(([name]) => name === 'registry_credential_outputs')?.[1].key;
  return {
    file,
    executionRole: isNull(role) ? undefined : role,
    containers,
    isFound: path === undefined,
    source: key ?? root.source,
  };
}
