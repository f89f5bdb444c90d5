import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { hexadecimal } from '../identifiers.ts';
import { balancersOf, listenersOf, loadBalancer, targetGroup } from '../load-balancing.ts';
import type { BalancerTag, Listener, ListenerAction, LoadBalancer } from '../records/load-balancing.ts';
import type { Operation } from './operation.ts';

interface ListenerInput {
  readonly Port?: string;
  readonly Protocol?: string;
  readonly SslPolicy?: string;
  readonly Certificates?: readonly { readonly CertificateArn: string }[];
  readonly DefaultActions?: readonly ListenerAction[];
}

interface CreateInput extends ListenerInput {
  readonly LoadBalancerArn: string;
  readonly Tags?: readonly BalancerTag[];
}

interface NamedInput {
  readonly ListenerArn: string;
}

interface DescribeInput {
  readonly LoadBalancerArn?: string;
}

export const listenerOperations: Readonly<Record<string, Operation>> = {
  CreateListener: { check: checkCreate, apply: createListener },
  ModifyListener: { check: checkModify, apply: modifyListener },
  DescribeListeners: { answer: describeListeners },
  DeleteListener: { check: existing, apply: deleteListener },
};

/** The certificates of this account are there; one whose id is all zeros is not. */
function checkCertificates({ Protocol: protocol, Certificates: certificates = [] }: ListenerInput): void {
  const [first] = certificates;
  if (protocol === 'HTTPS' && first === undefined) {
    throw new ApiError('ValidationError', 'A certificate must be specified for HTTPS listeners');
  }
  if (first === undefined) return;
  if (!/^arn:aws[a-z-]*:(?:acm|iam):.*certificate\/./.test(first.CertificateArn)) {
    throw new ApiError('ValidationError', `Certificate ARN '${first.CertificateArn}' is not valid`);
  }
  if (/certificate\/[0-]+$/.test(first.CertificateArn)) {
    throw new ApiError('CertificateNotFound', `Certificate '${first.CertificateArn}' not found`);
  }
}

/** A target group belongs to one load balancer. */
function checkActions(account: Account, actions: readonly ListenerAction[], { loadBalancerArn }: LoadBalancer): void {
  for (const { TargetGroupArn: id } of actions) {
    if (id === undefined) continue;
    const group = targetGroup(account, id, loadBalancerArn.split(':')[3] ?? '');
    if (group === undefined) throw new ApiError('TargetGroupNotFound', `Target groups '${id}' not found`);
    if (balancersOf(account, group).some((one) => one !== loadBalancerArn)) {
      throw new ApiError(
        'TargetGroupAssociationLimit',
        `The following target groups cannot be associated with more than one load balancer: ${id}`,
      );
    }
  }
}

function checkCreate(account: Account, { input, region }: Call<CreateInput>): void {
  const found = balancer(account, input.LoadBalancerArn, region);
  const same = listenersOf(account, found).find(({ port }) => port === Number(input.Port));
  if (same !== undefined && !isAsAsked(same, input)) {
    throw new ApiError(
      'DuplicateListener',
      'A listener already exists on this port for this load balancer but with different settings',
    );
  }
  checkCertificates(input);
  checkActions(account, input.DefaultActions ?? [], found);
}

/** The same call made again gives the same listener. */
function isAsAsked(
  found: Listener,
  { Protocol = 'HTTP', DefaultActions = [], Certificates = [] }: ListenerInput,
): boolean {
  const settings = [found.protocol, found.defaultActions, found.certificates];
  return JSON.stringify(settings) === JSON.stringify([Protocol, DefaultActions, Certificates]);
}

function createListener(account: Account, { input, region }: Call<CreateInput>): object {
  const one = balancer(account, input.LoadBalancerArn, region);
  const { loadBalancerArn } = one;
  const id = hexadecimal(16, `listener:${loadBalancerArn} ${input.Port} ${account.changes}`);
  const made: Listener = listenersOf(account, one).find(({ port }) => port === Number(input.Port)) ?? {
    listenerArn: `${loadBalancerArn.replace(':loadbalancer/', ':listener/')}/${id}`,
    loadBalancerArn,
    port: Number(input.Port),
    protocol: input.Protocol ?? 'HTTP',
    certificates: input.Certificates ?? [],
    ...(input.SslPolicy === undefined ? {} : { sslPolicy: input.SslPolicy }),
    defaultActions: input.DefaultActions ?? [],
    tags: input.Tags ?? [],
  };
  account.listeners.set(made.listenerArn, made);
  return { Listeners: [shown(made)] };
}

function checkModify(account: Account, call: Call<NamedInput & ListenerInput>): void {
  const { input, region } = call;
  const found = existing(account, call);
  checkCertificates({ Protocol: found.protocol, Certificates: found.certificates, ...input });
  checkActions(account, input.DefaultActions ?? [], balancer(account, found.loadBalancerArn, region));
}

function modifyListener(account: Account, call: Call<NamedInput & ListenerInput>): object {
  const { Port, Protocol, Certificates, DefaultActions, SslPolicy } = call.input;
  const before = existing(account, call);
  const changed: Listener = {
    ...before,
    ...(Port === undefined ? {} : { port: Number(Port) }),
    ...(Protocol === undefined ? {} : { protocol: Protocol }),
    ...(Certificates === undefined ? {} : { certificates: Certificates }),
    ...(DefaultActions === undefined ? {} : { defaultActions: DefaultActions }),
    ...(SslPolicy === undefined ? {} : { sslPolicy: SslPolicy }),
  };
  account.listeners.set(changed.listenerArn, changed);
  return { Listeners: [shown(changed)] };
}

function describeListeners(account: Account, { input, region }: Call<DescribeInput>): object {
  return { Listeners: listenersOf(account, balancer(account, input.LoadBalancerArn ?? '', region)).map(shown) };
}

function deleteListener(account: Account, { input }: Call<NamedInput>): object {
  account.listeners.delete(input.ListenerArn);
  return {};
}

function existing(account: Account, { input }: Call<NamedInput>): Listener {
  const found = account.listeners.get(input.ListenerArn);
  if (found === undefined) throw new ApiError('ListenerNotFound', 'One or more listeners not found');
  return found;
}

function balancer(account: Account, id: string, region: string): LoadBalancer {
  const found = loadBalancer(account, id, region);
  if (found === undefined) throw new ApiError('LoadBalancerNotFound', 'One or more load balancers not found');
  return found;
}

function shown(one: Listener): object {
  return {
    ListenerArn: one.listenerArn,
    LoadBalancerArn: one.loadBalancerArn,
    Port: one.port,
    Protocol: one.protocol,
    Certificates: one.certificates,
    SslPolicy: one.sslPolicy,
    DefaultActions: one.defaultActions,
  };
}
