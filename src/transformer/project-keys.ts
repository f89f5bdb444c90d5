import { dropped, type KeyRule, local, mapped, refused } from './key-rule.ts';

const ownNetwork = 'the network of the task is that of its VPC';
const noDriver = 'ECS reads secrets from Secrets Manager and SSM only';

/** What becomes of the keys above and beside the services, as in the table of theirs. */
export const projectKeys: Readonly<Record<string, KeyRule>> = {
  configs: local('refused where a service reads one: no files are mounted'),
  include: local('resolved by the parser'),
  models: local('refused where a service uses one'),
  name: mapped('the family of the task definition'),
  networks: mapped(
    'nothing: the containers of one task share one network; a warning where networks keep services apart',
  ),
  'networks.*.attachable': local(),
  'networks.*.driver': dropped(ownNetwork, { unless: ['bridge', 'default'] }),
  'networks.*.driver_opts': dropped(ownNetwork),
  'networks.*.enable_ipv4': local(),
  'networks.*.enable_ipv6': dropped(ownNetwork),
  'networks.*.external': dropped('what else is on it is not reached by name', { code: 'transform/network-external' }),
  'networks.*.internal': dropped(ownNetwork),
  'networks.*.ipam': dropped(ownNetwork),
  'networks.*.labels': local(),
  'networks.*.name': local(),
  secrets: mapped('secrets'),
  'secrets.*.driver': refused(noDriver),
  'secrets.*.driver_opts': refused(noDriver),
  'secrets.*.environment': refused('ECS gives no files', { code: 'transform/secret-file' }),
  'secrets.*.external': mapped('secrets.valueFrom, for the variables `X_FILE` that name its file'),
  'secrets.*.external.name': local('another way to write `name`'),
  'secrets.*.file': refused('ECS gives no files', { code: 'transform/secret-file' }),
  'secrets.*.labels': local(),
  'secrets.*.name': mapped('secrets.valueFrom: a name in SSM, or an ARN'),
  'secrets.*.template_driver': refused(noDriver),
  services: mapped('a container each, in the order of the file'),
  version: local('ignored, as in Docker Compose'),
  volumes: mapped(
    'volumes: on EFS where the file or ecs-params says so, else scratch space that lives as long as the task',
  ),
  'volumes.*.driver': dropped('a task has scratch volumes and EFS', { code: 'transform/volume-driver' }),
  'volumes.*.driver_opts': mapped('efsVolumeConfiguration, where they mount EFS over NFS'),
  'volumes.*.external': mapped('efsVolumeConfiguration, where the name is that of a file system (fs-…)'),
  'volumes.*.external.name': local('another way to write `name`'),
  'volumes.*.labels': local(),
  'volumes.*.name': mapped('efsVolumeConfiguration.fileSystemId, of an external volume'),
};
