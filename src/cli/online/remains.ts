import {
  foreignGroups,
  imageBuilds,
  isOwnRevision,
  keptRoles,
  type Leftover,
  leftoversOf,
  type Revision,
  revisionName,
  type SecurityGroup,
  tracesOf,
} from '../../deployer.ts';
import { commandLine } from '../command-line.ts';
import type { OnlineContext } from './context.ts';
import type { Session } from './session.ts';

/** What stood around the tasks of a project when it was taken down. */
export interface Around {
  /** The newest revision of the family, whoever registered it. */
  readonly latest: Revision | undefined;
  /** The security groups that have the name of the project's own. */
  readonly groups: readonly SecurityGroup[];
  /** The roles that the project has made for the secrets of registries, and that stay with them. */
  readonly roles: readonly string[];
}

/** What stays of a project whose tasks ran these revisions, when all else is gone. */
export function remainsOf(
  { task, project: files }: OnlineContext,
  session: Session,
  { latest, groups, roles }: Around,
  revisionArns: readonly string[],
): readonly Leftover[] {
  const { project, region, cluster } = session;
  const builds = imageBuilds(files, task.definition);
  const own = latest !== undefined && isOwnRevision(latest, project) ? [latest] : [];
  const revisions = [...new Set([...revisionArns, ...own.map(({ arn }) => arn)].map(revisionName))];
  // Nothing else is known to be there of a project that never ran.
  if (revisions.length === 0) return [...keptRoles(roles, region), ...foreignGroups(groups, project, region)];
  const definitions = [task.definition, ...own.map(({ definition }) => definition)];
  const traces = tracesOf(definitions, { project, region, builds });
  return leftoversOf({ project, region, cluster, traces, revisions, groups, roles });
}

/** Says what stays, why, and what removes it: `command` with `--purge`, where that is not what ran. */
export function tellRemains(
  { options }: OnlineContext,
  { emit }: Session,
  leftovers: readonly Leftover[],
  command?: string,
): void {
  if (leftovers.length === 0) return;
  const purge = command === undefined ? {} : { purge: commandLine(`${command} --purge`, options) };
  emit({ code: 'tasks/remains', level: 'info', data: { leftovers, ...purge } });
}
