import {
  type DesiredService,
  execute,
  formatAddress,
  hasChanges,
  type Outcome,
  observeService,
  obstacleToService,
  planServiceUp,
  revisionName,
  taskId,
} from '../../../deployer.ts';
import type { Task } from '../../../transformer/task.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import type { OnlineContext, ServiceUpOptions } from '../context.ts';
import { tellClosedPorts, tellRegistry } from '../network.ts';
import { formatPlan, summaries } from '../plan-text.ts';
import { reachable } from '../reachable.ts';
import { inSession, type Session } from '../session.ts';
import { defaultTimeout, report } from '../verdict.ts';

/** `service up`: creates the project's service or makes it as the files say, and ends by the rollout's verdict. */
export function serviceUp(context: OnlineContext, options: ServiceUpOptions): Promise<ExitCode> {
  return inSession({ ...context, ofService: true }, async (session) => {
    const { account, emit, family, cluster } = session;
    const desired = desiredBy(context, session, options);
    emit({ code: 'plan/reading', level: 'info', data: { family, cluster } });
    const observed = await observeService(account, session, desired);
    const obstacle = obstacleToService(desired, observed);
    if (obstacle !== undefined) {
      emit({ code: 'plan/blocked', level: 'error', data: obstacle });
      return { code: exitCode.refused };
    }
    if (observed.bare.length > 0) {
      const tasks = observed.bare.map(({ arn }) => taskId(arn));
      emit({ code: 'service/bare-tasks', level: 'warning', data: { family, tasks } });
    }
    const plan = planServiceUp(desired, observed);
    tellRegistry(session, desired.task, observed.network, plan);
    if (options.dryRun) tellClosedPorts(session, desired.task, plan);
    if (options.dryRun) return { code: exitCode.done, result: formatPlan(plan, desired.task, context) };

    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: hasChanges(plan) } });
    const { timeout = defaultTimeout } = options;
    const outcome = await execute(plan, { ...session, observed: [], timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    const addresses = code === exitCode.done ? await reachable(context, session, outcome, options) : [];
    const result = context.options.json
      ? document(session, outcome, addresses)
      : addresses.map((address) => `${formatAddress(address)}\n`).join('');
    return { code, result };
  });
}

function desiredBy(context: OnlineContext, { project, cluster }: Session, options: ServiceUpOptions): DesiredService {
  const { task } = context;
  const isCounted = task.origins.has('run.count');
  const count = options.count ?? (isCounted ? task.run.count : undefined);
  return {
    project,
    cluster,
    task: withOptions(task, options),
    force: options.forceNewDeployment ?? options.forceDeployment ?? false,
    createLogGroups: options.createLogGroups ?? true,
    adopt: options.adopt ?? false,
    ...(count === undefined ? {} : { count }),
  };
}

/** A task with what the command line says of its service, which wins over the files. */
function withOptions(task: Task, options: ServiceUpOptions): Task {
  const { launch = {}, service = {} } = task.run;
  const {
    deploymentMaxPercent: maximumPercent,
    deploymentMinHealthyPercent: minimumHealthyPercent,
    healthCheckGracePeriod,
    tags = [],
  } = options;
  const deploymentConfiguration = {
    ...service.deploymentConfiguration,
    ...(maximumPercent === undefined ? {} : { maximumPercent }),
    ...(minimumHealthyPercent === undefined ? {} : { minimumHealthyPercent }),
  };
  return {
    ...task,
    run: {
      ...task.run,
      service: {
        ...service,
        deploymentConfiguration,
        ...(healthCheckGracePeriod === undefined
          ? {}
          : { healthCheckGracePeriodSeconds: Math.ceil(healthCheckGracePeriod / 1000) }),
      },
      launch: {
        ...launch,
        tags: [...(launch.tags ?? []).filter(({ key }) => !tags.some((tag) => tag.key === key)), ...tags],
        ...(options.disableEcsManagedTags ? { enableECSManagedTags: false } : {}),
      },
    },
  };
}

function document(
  { project, family, cluster }: Session,
  { verdict, revision, service, tasks }: Outcome,
  addresses: Awaited<ReturnType<typeof reachable>>,
): string {
  const result = {
    project,
    family,
    cluster,
    outcome: verdict.kind,
    revision: revision && revisionName(revision.arn),
    service: service && {
      name: service.name,
      arn: service.arn,
      status: service.status,
      revision: revisionName(service.revisionArn),
      desiredCount: service.members.desiredCount,
      runningCount: service.runningCount,
      deployments: service.deployments,
    },
    tasks: tasks.map(({ arn, revisionArn, lastStatus, healthStatus }) => ({
      id: taskId(arn),
      arn,
      revision: revisionName(revisionArn),
      lastStatus,
      healthStatus,
    })),
    addresses: addresses.map(({ task, container, host, privateHost, port, protocol }) => ({
      task,
      container,
      host,
      privateHost,
      port,
      protocol,
      address: formatAddress({ host, port, protocol }),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
