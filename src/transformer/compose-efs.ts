import type { EfsVolumeConfiguration, Volume } from '../fargate/task-definition.ts';
import type { Project } from '../parser/compose/project.ts';
import { booleanOf, child, entriesOf, stringOf } from '../source/node.ts';
import type { Originated } from './fields.ts';

/** The identifier of a file system, by itself or at the start of its host name. */
const fileSystem = /^(fs-[0-9a-f]{8,40})(?=[.:/]|$)/;

/**
 * The EFS volume that a Compose file itself describes: an external one whose name is that of a file system, or one
 * whose `driver_opts` mount a file system over NFS (`o: addr=fs-….efs.REGION.amazonaws.com`, `device: ":/path"`) or
 * with the helper of EFS (`device: "fs-…:/path"`, `o: tls,iam,accesspoint=fsap-…`).
 */
export function composeEfsVolume(project: Project, name: string): Originated<Volume> | undefined {
  const [, declaration] = entriesOf(child(project.root, 'volumes')).find(([key]) => key === name) ?? [];
  if (declaration === undefined) return undefined;
  const { key, value: node } = declaration;
  const isExternal = booleanOf(child(node, 'external')) === true;
  const fileSystemId = isExternal ? fileSystem.exec(stringOf(child(node, 'name')) ?? '')?.[1] : undefined;
  const configuration = fileSystemId === undefined ? mounted(optionsOf(child(node, 'driver_opts'))) : { fileSystemId };
  if (configuration === undefined) return undefined;
  const source = child(node, isExternal ? 'name' : 'driver_opts')?.source ?? key;
  return { value: { name, efsVolumeConfiguration: configuration }, origin: { source } };
}

type Options = Readonly<Record<string, string | undefined>>;

function mounted(options: Options): EfsVolumeConfiguration | undefined {
  const [server = '', path = ''] = (options['device'] ?? '').split(/:(?=\/|$)/, 2);
  const words = new Map<string, string>();
  for (const word of (options['o'] ?? '').split(',')) {
    const [key = '', value = ''] = word.trim().split(/=(.*)/s, 2);
    words.set(key, value);
  }
  const fileSystemId = fileSystem.exec(server)?.[1] ?? fileSystem.exec(words.get('addr') ?? '')?.[1];
  if (fileSystemId === undefined) return undefined;
  const accessPointId = words.get('accesspoint');
  const isIam = words.has('iam');
  const isEncrypted = words.has('tls') || isIam || accessPointId !== undefined;
  const authorizationConfig = { ...(accessPointId && { accessPointId }), ...(isIam && { iam: 'ENABLED' }) };
  return {
    fileSystemId,
    ...(path === '' || path === '/' ? {} : { rootDirectory: path }),
    ...(isEncrypted ? { transitEncryption: 'ENABLED' } : {}),
    ...(Object.keys(authorizationConfig).length === 0 ? {} : { authorizationConfig }),
  };
}

function optionsOf(node: ReturnType<typeof child>): Options {
  return Object.fromEntries(entriesOf(node).map(([name, { value }]) => [name, stringOf(value)]));
}
