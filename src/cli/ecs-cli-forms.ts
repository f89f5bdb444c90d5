/**
 * What ecs-cli had and the command line here has under another name, or not at all. This file is a bundle of its own,
 * loaded when a command line is refused. docs/ecs-cli.md holds it for people, and a test runs each of its lines.
 * Source: the command reference of amazon-ecs-cli 1.21.
 */
interface Form {
  /** Why it is not here: ends the sentence that names it. */
  readonly why: string;
  /** What to write or to do in its place. */
  readonly help: string;
}

const noProfiles: Form = {
  why: 'the files of ecs-cli in ~/.ecs are not read',
  help: 'Put the keys into ~/.aws/credentials, with "aws configure --profile NAME", and name the profile with --aws-profile NAME or AWS_PROFILE.',
};

const noConfigurations: Form = {
  why: 'the files of ecs-cli in ~/.ecs are not read',
  help: 'Say --cluster NAME and --region NAME, or set ECS_CLUSTER and AWS_REGION.',
};

const ownDocker: Form = {
  why: 'the Compose file itself runs on your machine',
  help: 'Write "docker compose up", "docker compose ps" and "docker compose down"; "up --simulate" shows what becomes of it on Fargate.',
};

/** By the name, that of its group before it; one of several words that has no entry has that of the words before. */
const commandForms: Readonly<Record<string, Form>> = {
  create: {
    why: 'a task definition is registered when it is run',
    help: 'Write "convert" to print it, "plan" to compare it with what runs, "up" to register and run it.',
  },
  'service create': {
    why: 'a service is made together with its tasks',
    help: 'Write "service up" to make it; "service stop" then takes its tasks away and keeps it.',
  },
  configure: {
    why: 'there is nothing to configure',
    help: 'Write "up --region NAME --cluster NAME --aws-profile NAME", or set AWS_REGION, ECS_CLUSTER and AWS_PROFILE.',
  },
  'configure profile': noProfiles,
  'configure profile default': {
    why: noProfiles.why,
    help: 'Set AWS_PROFILE to the name of the profile, or say --aws-profile NAME.',
  },
  'configure default': noConfigurations,
  'configure migrate': noConfigurations,
  pull: {
    why: 'an image is pulled by Docker alone',
    help: 'Write "aws ecr get-login-password | docker login --username AWS --password-stdin REGISTRY", then "docker pull IMAGE".',
  },
  local: ownDocker,
  'local create': {
    why: 'no Compose file is made of a task definition',
    help: 'Write the Compose file by hand; "validate FILE" checks a task definition in JSON.',
  },
  'check-attributes': {
    why: 'Fargate has no container instances that could lack an attribute',
    help: 'Write "validate" to see what AWS would refuse.',
  },
  license: {
    why: 'licences stand in files',
    help: 'Read LICENSE and THIRD_PARTY_LICENSES in the folder of the package.',
  },
};

const noInstances: Form = {
  why: 'Fargate has no instances that you choose',
  help: 'Leave it out; task_size in ecs-params.yml says how large a task is.',
};

const ofCluster: Form = {
  why: 'it belongs to the cluster, and ecs-cli\'s "up" is "cluster up" here',
  help: 'Write "cluster up" with it.',
};

const ofClusterDown: Form = {
  why: 'ecs-cli\'s "down", which deletes a cluster, is "cluster down" here',
  help: 'Write "cluster down --yes"; "cluster down --force" also removes the projects that run there.',
};

const noScaling: Form = {
  why: 'a cluster has no instances to count on Fargate',
  help: 'Write "scale N" or "service scale N" for the number of tasks.',
};

const noClassicBalancer: Form = {
  why: 'a Classic Load Balancer sends nothing to Fargate',
  help: 'Write --target-groups targetGroupArn=ARN,containerName=NAME,containerPort=PORT.',
};

const anyRegistry: Form = {
  why: 'an image goes to the account and region that its name has',
  help: 'Write image: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME beside "build:".',
};

const noDeployment: Form = {
  why: 'it changes the number of tasks alone',
  help: 'Write it after "service up".',
};

const noRegistryTags: Form = {
  why: 'a repository that is made carries the tags by which its project is known',
  help: 'Tag it with "aws ecr tag-resource".',
};

/** By the flag, for every command or with the name of one before it, which counts first. */
const optionForms: Readonly<Record<string, Form>> = {
  '--ecs-profile': noProfiles,
  '--cluster-config': noConfigurations,
  '--endpoint': { why: 'it was for ECS alone', help: 'Write --endpoint-url URL, which is for every call to AWS.' },
  '--debug': { why: 'there is one word for it', help: 'Write --verbose.' },
  '--task-role-arn': {
    why: 'the role of a task stands in a file',
    help: 'Write task_role_arn under task_definition in ecs-params.yml.',
  },
  '--load-balancer-name': noClassicBalancer,
  '--role': noClassicBalancer,
  'service scale --deployment-max-percent': noDeployment,
  'service scale --deployment-min-healthy-percent': noDeployment,
  '--instance-role': noInstances,
  '--keypair': noInstances,
  '--instance-type': noInstances,
  '--image-id': noInstances,
  '--extra-user-data': noInstances,
  '--imdsv2': noInstances,
  '--size': noInstances,
  '--spot-price': {
    why: 'Fargate Spot has a price of its own',
    help: 'Write "up --spot" or "service up --spot".',
  },
  '--no-associate-public-ip-address': {
    why: 'what has an address is a task',
    help: 'Write "cluster up --private", and tasks run in private subnets.',
  },
  'up --capability-iam': ofCluster,
  'up --empty': ofCluster,
  'up -e': ofCluster,
  'up --azs': ofCluster,
  'up --security-group': ofCluster,
  'up --cidr': ofCluster,
  'up --port': ofCluster,
  'up --subnets': ofCluster,
  'up --vpc': ofCluster,
  'down --force': ofClusterDown,
  'scale --capability-iam': noScaling,
  'scale --size': noScaling,
  '--task-def': {
    why: 'the task says which it runs',
    help: 'Leave it out.',
  },
  '--filter-pattern': {
    why: 'lines are chosen by a regular expression',
    help: 'Write --grep PATTERN.',
  },
  'logs --container-name': {
    why: 'containers are chosen by the names of their services',
    help: 'Write "logs NAME".',
  },
  '--start-time': { why: 'a time and an age have one option', help: 'Write --since TIME.' },
  '--end-time': { why: 'a time and an age have one option', help: 'Write --until TIME.' },
  '--registry-id': anyRegistry,
  'push --tags': noRegistryTags,
  '--use-fips': {
    why: 'Docker pushes to the usual address',
    help: 'Leave it out.',
  },
  '--tagged': { why: 'the list shows the tags of each image', help: 'Leave it out; --json has them for jq.' },
  '--untagged': { why: 'the list shows the tags of each image', help: 'Leave it out; --json has them for jq.' },
};

/** What to say of words that begin with a command of ecs-cli; undefined where they do not. */
export function commandOfEcsCli(words: readonly string[]): string | undefined {
  const end = words.findIndex((word) => word.startsWith('-'));
  const names = end < 0 ? words : words.slice(0, end);
  for (let length = names.length; length > 0; length -= 1) {
    const name = names.slice(0, length).join(' ');
    const form = Object.hasOwn(commandForms, name) ? commandForms[name] : undefined;
    if (form !== undefined) return sentence(`command "${name}"`, form);
  }
  return undefined;
}

/** What to say of the options of ecs-cli among the words that `command` does not take; undefined where there is none. */
export function optionsOfEcsCli(command: string, words: readonly string[]): string | undefined {
  const flags = new Set(words.map((word) => word.replace(/=.*/s, '')));
  const sentences = [...flags].flatMap((flag) => {
    const name = [`${command} ${flag}`, flag].find((one) => Object.hasOwn(optionForms, one));
    const form = name === undefined ? undefined : optionForms[name];
    return form === undefined ? [] : [sentence(`option ${flag}`, form)];
  });
  return sentences.length === 0 ? undefined : sentences.join('');
}

function sentence(what: string, { why, help }: Form): string {
  return `error: The ${what} of ecs-cli is not one here: ${why}.\n  help: ${help}\n`;
}
