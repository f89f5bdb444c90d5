import { type Revision, revisionName } from '../account.ts';
import { isAwsError } from '../aws/aws-error.ts';
import { untilSeen } from '../new-resources.ts';
import { hasProjectTag, isOwnGroupName } from '../ownership.ts';
import type { ExecuteOptions, Progress, StepEnd, Steps } from '../step.ts';
import type { ServiceOperation } from './operation.ts';
import { awaitDeleted, awaitRollout, type RolloutVerdict, type Steady } from './rollout.ts';
import type { CreateServiceRequest, ServiceMembers, ServiceState } from './service-account.ts';

/** The steps that a service needs. */
export const serviceSteps: Steps<ServiceOperation['kind']> = {
  async 'create-service'({ service: name, members, tags }, progress, options) {
    const { revision, placement, serviceRegistries, balancer } = progress;
    const service = await createService(
      {
        cluster: options.cluster,
        service: name,
        revisionArn: (revision as Revision).arn,
        // What the files say of the network is in the placement.
        members: {
          ...withTargetGroup(members, balancer?.targetGroupArn),
          ...(placement === undefined ? {} : { networkConfiguration: { awsvpcConfiguration: placement } }),
          ...(serviceRegistries === undefined ? {} : { serviceRegistries }),
        },
        tags,
      },
      progress,
      options,
    );
    return { progress: { service }, result: revisionName(service.revisionArn) };
  },
  async 'update-service'({ service: name, members, withRevision, force }, progress, options) {
    const { account, cluster } = options;
    const { revision, placement, serviceRegistries, balancer } = progress;
    const known = withOwnGroup(withTargetGroup(members, balancer?.targetGroupArn), placement?.securityGroups);
    const request = {
      cluster,
      service: name,
      members: serviceRegistries === undefined ? known : { ...known, serviceRegistries },
      ...(withRevision && revision !== undefined ? { revisionArn: revision.arn } : {}),
      forceNewDeployment: force !== undefined,
    };
    const service = await untilSeen(progress, options, () => account.updateService(request));
    return { progress: { service }, result: withRevision ? revisionName(service.revisionArn) : name };
  },
  async 'tag-service'({ service, arns, tags }, _, { account }) {
    for (const arn of arns) await account.tagResource(arn, tags);
    return { result: service };
  },
  async 'untag-service'({ service, arn, keys }, _, { account }) {
    await account.untagResource(arn, keys);
    return { result: service };
  },
  async 'wait-service'({ service }, progress, options) {
    const verdict = await awaitRollout(options, progress.service as ServiceState, options.timeout);
    return ended(verdict, service);
  },
  async 'delete-service'({ service, force }, _, { account, cluster }) {
    await account.deleteService(cluster, service, force);
    return { result: service };
  },
  async 'wait-deleted'({ service }, _, options) {
    return ended(await awaitDeleted(options, service, options.timeout), service);
  },
};

/** Members in which the target group that was only to be made when they were planned has its ARN. */
function withTargetGroup<Members extends Partial<ServiceMembers>>(members: Members, made: string | undefined): Members {
  const { loadBalancers } = members;
  if (loadBalancers === undefined || made === undefined) return members;
  const known = loadBalancers.map((one) =>
    one.targetGroupArn.startsWith('arn:') ? one : { ...one, targetGroupArn: made },
  );
  return { ...members, loadBalancers: known };
}

/** Members in which the security group that was only to be made when they were planned has its id. */
function withOwnGroup(members: Partial<ServiceMembers>, made: readonly string[] | undefined): Partial<ServiceMembers> {
  const { awsvpcConfiguration } = members.networkConfiguration ?? {};
  if (made === undefined || !awsvpcConfiguration?.securityGroups?.some(isOwnGroupName)) return members;
  return {
    ...members,
    networkConfiguration: { awsvpcConfiguration: { ...awsvpcConfiguration, securityGroups: made } },
  };
}

function ended(verdict: Steady | RolloutVerdict, result: string): StepEnd {
  const { tasks, service } = verdict;
  const progress = { tasks, service };
  return verdict.kind === 'steady' ? { progress, result } : { progress, verdict };
}

async function createService(
  request: CreateServiceRequest,
  progress: Progress,
  options: ExecuteOptions,
): Promise<ServiceState> {
  const { account, project } = options;
  try {
    return await untilSeen(progress, options, () => account.createService(request));
  } catch (error) {
    if (!isAwsError(error, 'InvalidParameterException') || !/not idempotent/i.test(error.detail)) throw error;
    // Another `service up` at the same moment has made it.
    const service = await account.describeService(request.cluster, request.service);
    if (service?.status !== 'ACTIVE' || !hasProjectTag(service.tags, project)) throw error;
    return service;
  }
}
