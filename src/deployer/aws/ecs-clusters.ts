import {
  DeleteClusterCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  type ECSClient,
  ListClustersCommand,
  ListServicesCommand,
} from '@aws-sdk/client-ecs';
import type { ClusterAccount, ClusterService } from '../cluster/cluster-account.ts';
import { clusterName } from '../cluster/cluster-settings.ts';
import { type Ask, undefinedOn } from './aws-error.ts';
import { allTasks } from './list-tasks.ts';

/** DescribeServices takes at most so many services. */
const servicesPerCall = 10;

/** What is in the clusters of ECS, by the SDK. */
export function ecsClusters(client: ECSClient, ask: Ask): Omit<ClusterAccount, 'stacks'> {
  return {
    async clusterNames() {
      const names: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = nextToken === undefined ? {} : { nextToken };
        const answer = await ask('ecs:ListClusters', () => client.send(new ListClustersCommand(page)));
        names.push(...(answer.clusterArns ?? []).map(clusterName));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
      return names;
    },
    async clusterServices(cluster) {
      const services: ClusterService[] = [];
      const arns = await serviceArns(client, ask, cluster);
      for (let at = 0; at < arns.length; at += servicesPerCall) {
        const chunk = arns.slice(at, at + servicesPerCall);
        const answer = await ask('ecs:DescribeServices', () =>
          client.send(new DescribeServicesCommand({ cluster, services: chunk, include: ['TAGS'] })),
        );
        for (const { serviceName: name = '', taskDefinition: revisionArn = '', tags = [] } of answer.services ?? []) {
          services.push({ name, revisionArn, tags: new Map(tags.map(({ key = '', value = '' }) => [key, value])) });
        }
      }
      return services;
    },
    clusterTasks(cluster) {
      return allTasks(client, ask, { cluster, desiredStatus: 'RUNNING' });
    },
    async clusterState(cluster) {
      const { clusters = [] } = await ask('ecs:DescribeClusters', () =>
        client.send(new DescribeClustersCommand({ clusters: [cluster], include: ['TAGS'] })),
      );
      // One that was deleted can still be described.
      const found = clusters.find(({ status }) => status !== 'INACTIVE');
      if (found === undefined) return undefined;
      const { clusterName: name = '', tags = [], activeServicesCount: services = 0 } = found;
      const { runningTasksCount: running = 0, pendingTasksCount: pending = 0 } = found;
      return {
        name,
        tags: new Map(tags.map(({ key = '', value = '' }) => [key, value])),
        services,
        tasks: running + pending,
      };
    },
    async deleteCluster(cluster) {
      const gone = ask('ecs:DeleteCluster', () => client.send(new DeleteClusterCommand({ cluster })));
      await gone.catch(undefinedOn('ClusterNotFoundException'));
    },
  };
}

async function serviceArns(client: ECSClient, ask: Ask, cluster: string): Promise<readonly string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = { cluster, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = await ask('ecs:ListServices', () => client.send(new ListServicesCommand(page)));
    arns.push(...(answer.serviceArns ?? []));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return arns;
}
