import { imageBuilds, observePurge, type PurgePlan, planPurge, sentenceOf } from '../../deployer.ts';
import type { ExitCode } from '../exit-code.ts';
import { refusedBy } from './consent.ts';
import type { OnlineContext } from './context.ts';
import type { Session } from './session.ts';

/** Finds out what `--purge` removes beside what goes anyway: `own` says what of the cluster's contents that is. */
export async function findPurge(
  { task, project: files }: OnlineContext,
  { account, family, project, region, cluster }: Session,
  own: { readonly tasks: number; readonly services: number },
): Promise<PurgePlan> {
  const builds = imageBuilds(files, task.definition);
  const sought = { family, project, region, cluster, builds, definitions: [task.definition] };
  return planPurge(await observePurge(account, sought), { project, region, own });
}

/** Says what is lost and asks whether to go on: undefined for yes, else the exit code to end with. */
export async function purgeRefused(
  session: Session,
  { operations }: PurgePlan,
  { yes = false }: { readonly yes?: boolean },
): Promise<ExitCode | undefined> {
  if (operations.length === 0 || yes) return undefined;
  session.emit({ code: 'purge/destroys', level: 'warning', data: { operations: operations.map(sentenceOf) } });
  return refusedBy(session, 'Go on?', yes, 'purge');
}
