import { revisionName, taskId } from './account.ts';
import { untilSeen } from './new-resources.ts';
import { projectTags, stopReason } from './ownership.ts';
import { runTasks } from './run-tasks.ts';
import type { Steps } from './step.ts';
import { awaitStopped, awaitVerdict } from './wait.ts';

/** The steps that tasks need: what must be there before them, their start, the wait for a verdict, their end. */
export const taskSteps: Steps<
  'create-cluster' | 'create-log-group' | 'adopt-tasks' | 'register-revision' | 'run-tasks' | 'wait' | 'stop-tasks'
> = {
  async 'create-cluster'({ cluster, capacityProviders }, progress, options) {
    const { account, project } = options;
    await untilSeen(progress, options, () => account.createCluster(cluster, projectTags(project), capacityProviders));
    return { progress: { hasNewCluster: true }, result: cluster };
  },
  async 'create-log-group'({ group, retention }, _, { account, project }) {
    await account.createLogGroup(group, projectTags(project), retention);
    return { result: group.name };
  },
  async 'adopt-tasks'({ tasks }, _, { account, project }) {
    for (const arn of tasks) await account.tagResource(arn, projectTags(project));
    return { result: tasks.map(taskId).join(', ') };
  },
  async 'register-revision'({ definition }, progress, options) {
    const { account, project } = options;
    const register = () => account.registerRevision(definition, projectTags(project));
    const revision = await untilSeen(progress, options, register);
    return { progress: { revision }, result: revisionName(revision.arn) };
  },
  async 'run-tasks'(operation, progress, options) {
    const started = await runTasks(operation, progress, options);
    return {
      progress: { tasks: [...progress.tasks, ...started] },
      result: started.map(({ arn }) => taskId(arn)).join(', '),
    };
  },
  async wait(operation, { tasks: known }, options) {
    if (operation.waitFor === 'none') return {};
    const verdict = await awaitVerdict(options, known, { ...operation, timeout: options.timeout });
    const { tasks } = verdict;
    return verdict.kind === 'ready'
      ? { progress: { tasks }, result: operation.waitFor }
      : { progress: { tasks }, verdict };
  },
  async 'stop-tasks'({ tasks, why, wait }, _, options) {
    const { account, cluster, observed, timeout } = options;
    for (const arn of tasks) await account.stopTask(cluster, arn, stopReason(why));
    if (wait) {
      const stopping = observed.filter(({ arn }) => tasks.includes(arn));
      const verdict = await awaitStopped(options, stopping, timeout);
      if (verdict.kind !== 'ready') return { verdict };
    }
    return { result: tasks.map(taskId).join(', ') };
  },
};
