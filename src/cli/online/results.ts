import {
  type Address,
  type Deployment,
  type Entrance,
  formatAddress,
  type Outcome,
  revisionName,
  type ServiceState,
  type StackVerdict,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { Price } from './event.ts';
import type { Answer } from './probe.ts';
import type { Session } from './session.ts';

// What documents of `--json` have in common. schemas/results.schema.json describes each member.

/** What a command is about. */
export interface Subject {
  readonly project: string;
  readonly family: string;
  readonly cluster: string;
}

/** What a document says first: what it is about. */
export function subjectJson({ project, family, cluster }: Subject): Subject {
  return { project, family, cluster };
}

type OutcomeName = 'ready' | 'failed' | 'timed-out' | 'lost' | 'blocked' | 'interrupted';

const outcomes: Readonly<Record<(Outcome['verdict'] | StackVerdict)['kind'], OutcomeName>> = {
  ready: 'ready',
  done: 'ready',
  failed: 'failed',
  'rollout-failed': 'failed',
  'timed-out': 'timed-out',
  'rollout-timed-out': 'timed-out',
  lost: 'lost',
  blocked: 'blocked',
  interrupted: 'interrupted',
  'rollout-interrupted': 'interrupted',
};

/** How tasks, a service or a stack ended, in the same words for all of them. */
export function outcomeJson({ kind }: Outcome['verdict'] | StackVerdict): OutcomeName {
  return outcomes[kind];
}

/** A task, by the names of the ECS API. */
export function taskJson({ arn, revisionArn, lastStatus, healthStatus }: TaskState): object {
  return { id: taskId(arn), arn, revision: revisionName(revisionArn), lastStatus, healthStatus };
}

/** Where a published port is reached: at a task, or at a load balancer. */
export interface AddressJson {
  readonly task?: string;
  readonly loadBalancer?: string;
  readonly container: string;
  readonly host: string;
  readonly privateHost?: string | undefined;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** As a person uses it. */
  readonly address: string;
  readonly public: boolean;
  /** Absent for a load balancer. */
  readonly open?: boolean;
  /** What came of trying it, where that was asked for. */
  readonly answer?: AnswerJson | undefined;
}

/** An answer; `status` is what AWS says of a service everywhere else. */
type AnswerJson = Exclude<Answer, { kind: 'http' }> | { readonly kind: 'http'; readonly httpStatus: number };

/** An address of a task, or one at which a load balancer takes requests. */
export function addressJson(at: Address | Entrance, answer?: Answer): AddressJson {
  const { container, host, port, protocol, public: isPublic } = at;
  return {
    ...('task' in at ? { task: at.task } : { loadBalancer: at.loadBalancer }),
    container,
    host,
    ...('task' in at ? { privateHost: at.privateHost } : {}),
    port,
    protocol,
    address: formatAddress(at),
    public: isPublic,
    ...('task' in at ? { open: at.open } : {}),
    answer: answer?.kind === 'http' ? { kind: 'http', httpStatus: answer.status } : answer,
  };
}

/** What all that runs costs. */
export function priceJson({ dollarsPerHour, without, asOf, region, spot }: Price): object {
  return { dollarsPerHour, without, asOf, region, spot };
}

function serviceJson(service: ServiceState): object {
  const { name, arn, status, revisionArn, members, runningCount, pendingCount, deployments } = service;
  return {
    name,
    arn,
    status,
    revision: revisionName(revisionArn),
    desiredCount: members.desiredCount,
    runningCount,
    pendingCount,
    deployments: deployments.map(deploymentJson),
  };
}

function deploymentJson({ id, status, revisionArn, ...rest }: Deployment): object {
  return { id, status, revision: revisionName(revisionArn), ...rest };
}

/** How a command ends that found nothing to do. */
export const nothingDone: Pick<Outcome, 'verdict' | 'service'> = { verdict: { kind: 'ready', tasks: [] } };

/** The document of a command that works on the project's service, with what is the command's own. */
export function serviceResult(
  session: Session,
  { verdict, service }: Pick<Outcome, 'verdict' | 'service'>,
  more: object = {},
): string {
  const outcome = outcomeJson(verdict);
  return jsonDocument({ ...subjectJson(session), outcome, service: service && serviceJson(service), ...more });
}
