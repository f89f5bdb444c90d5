import { isGuarded } from '../../../deployer.ts';
import type { Words } from './event-words.ts';
import { list } from './list.ts';

/** What the events about ports and addresses say to a person. */
export const networkWords: Words<'network' | 'port' | 'address'> = {
  'network/group-left': ({ group, name }) => ({
    message: `The security group ${name} stays: network interfaces are still in it.`,
    help: `When they are gone, run the command again, or: aws ec2 delete-security-group --group-id ${group}`,
  }),
  'port/closed': ({ ports, tasks, securityGroups, region }) => {
    const group = securityGroups[0] ?? 'SECURITY_GROUP';
    const names = list(ports.map(({ port, protocol }) => `${port}/${protocol}`));
    const [are, them, their] =
      ports.length === 1
        ? [`Port ${names} is`, 'it', 'its address is']
        : [`Ports ${names} are`, 'them', 'their addresses are'];
    const consequence = tasks.length === 0 ? `nobody will reach ${them}` : `${their} not printed`;
    // Nobody is told to open a database to the world.
    const source = (port: number, protocol: 'tcp' | 'udp') =>
      isGuarded({ containerPort: port, protocol }) ? 'YOUR_ADDRESS/32' : '0.0.0.0/0';
    return {
      message: `${are} published, but no security group of the task (${list(securityGroups)}) admits ${them}, so ${consequence}.`,
      help: ports
        .map(
          ({ port, protocol, from }) =>
            `aws ec2 authorize-security-group-ingress --region ${region} --group-id ${group} --protocol ${protocol} --port ${port} ${from === undefined ? `--cidr ${source(port, protocol)}` : `--source-group ${from}`}`,
        )
        .join('\n        '),
    };
  },
  'port/withheld': ({ container, port, protocol, source }) => ({
    message: `Port ${port}/${protocol} of ${container} is published, but stays closed: databases and caches are opened only to a source that ecs-params.yml names.`,
    help: [
      'The containers of the task reach it without. For others, add these lines to ecs-params.yml:',
      '    run_params:',
      '      network_configuration:',
      '        awsvpc_configuration:',
      '          ingress:',
      `            - { port: ${port}, source: ADDRESSES_OR_SECURITY_GROUP }`,
    ].join('\n'),
    source,
  }),
  'address/answers': ({ address, status }) => ({
    message:
      status === undefined ? `${address} accepts connections.` : `${address} answers with HTTP status ${status}.`,
  }),
  'address/silent': ({ address, reason, loadBalancer }, { commandLine }) => ({
    message: `${address} does not answer: ${reason}.`,
    help:
      loadBalancer === undefined
        ? `See with "${commandLine('logs')}" whether the container listens on 0.0.0.0, and whether the security groups admit you; try again with "${commandLine('ps --probe')}".`
        : `See with "${commandLine('service logs')}" whether the container answers the health check of its target group, and whether "source" of the load balancer admits you; try again with "${commandLine('service ps --probe')}".`,
  }),
  'address/private': ({ task, address }) => ({
    message: `Task ${task} has no public address; ${address} is reached within its VPC only.`,
  }),
  'address/certificate': ({ host }) => ({
    message: `The certificate is for a name of your own; under the name ${host} a browser refuses it.`,
    help: `Give that name a CNAME record, or an alias in Route 53, that leads to ${host}`,
  }),
  'address/internal': ({ loadBalancer, address }) => ({
    message: `The load balancer ${loadBalancer} is internal; ${address} is reached within its VPC only.`,
  }),
  'address/missing': ({ tasks }) => ({ message: `The address of ${list(tasks)} is not known yet.` }),
  'address/refused': ({ message, help }) => ({ message: `The addresses cannot be found out: ${message}`, help }),
};
