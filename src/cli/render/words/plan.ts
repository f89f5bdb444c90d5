import { lostVolume, type OperationSummary } from '../../../deployer.ts';
import { differenceLines } from '../../online/difference.ts';
import type { Price } from '../../online/event.ts';
import type { EventWords, Words } from './event-words.ts';
import { list } from './list.ts';
import { obstacleWords } from './obstacle.ts';

/** So many lines of what changes are told before a plan runs; `plan` tells all. */
const toldLines = 12;

/** What the events about a plan and what goes with it say to a person. */
export const planWords: Words<
  | 'plan'
  | 'operation'
  | 'simulate'
  | 'region'
  | 'profile'
  | 'option'
  | 'volume'
  | 'up'
  | 'price'
  | 'aws'
  | 'simulated'
  | 'transform'
> = {
  simulated: () => ({ message: 'Simulated: nothing it runs is a container.' }),
  'simulate/invalid': ({ container, problem, source }) => ({
    message: `x-simulate of ${container}: ${problem}`,
    source,
  }),
  'simulate/no-account': ({ message }) => ({ message }),
  'region/missing': () => ({
    message: 'There is no AWS region to work in.',
    help: 'Name one with --region, in AWS_REGION or in the AWS profile, or try it with --simulate.',
  }),
  'profile/of-ecs-cli': ({ profile }) => ({
    message: `ECS_PROFILE names ${profile}, a profile of ecs-cli, whose ~/.ecs/credentials is not read here: other credentials may be those of another account.`,
    help: `Put its keys into ~/.aws/credentials with "aws configure --profile ${profile}", and set AWS_PROFILE=${profile}; or unset ECS_PROFILE.`,
  }),
  'plan/reading': ({ family, cluster }) => ({ message: `Looking at ${family} in the cluster ${cluster}.` }),
  'plan/made': ({ changes }) => (changes ? undefined : { message: 'Everything is as the files say.' }),
  'plan/blocked': obstacleWords,
  'operation/started': ({ kind, sentence }) => (isToldAtStart(kind) ? { message: `${sentence}.` } : undefined),
  'operation/done': ({ kind, sentence, result }) =>
    isToldAtStart(kind)
      ? undefined
      : { message: sentence.includes(result) ? `${sentence}.` : `${sentence}: ${result}` },
  'aws/called': ({ action, milliseconds, error }) => ({
    message: `${action} ${milliseconds} ms${error === undefined ? '' : ` ${error}`}`,
  }),
  'option/overrules': ({ option, source }) => ({
    message: `The option ${option} takes the place of what stands here.`,
    source,
  }),
  'plan/difference': (difference, { displayPath }) => ({
    message: shortened(differenceLines(difference, displayPath)),
  }),
  'plan/no-definition': ({ file }) => ({
    message: `${file} holds no task definition.`,
    help: 'Write what "aws ecs describe-task-definition" prints into it.',
  }),
  'volume/lost': ({ volumes }) => ({
    message: `The tasks that are replaced lose ${list(volumes.map(lostVolume))}: it ends with its task.`,
    help: 'Give the volume an EFS file system under task_definition.efs_volumes in ecs-params.yml to keep what is in it, or say --yes.',
  }),
  'up/declined': () => ({ message: 'Nothing was changed.' }),
  'price/estimated': priceWords,
  'aws/refused': ({ message, help }) => ({ message, help }),
  'transform/task-role-missing': (finding) => finding,
};

/** Where a price is not known here, AWS tells it. */
const pricing = 'https://aws.amazon.com/fargate/pricing/';

/** What may cost, and is not in a price. */
const parts: Readonly<Record<Price['without'][number], string>> = {
  storage: 'the storage above 20 GiB',
  'load-balancer': 'the load balancer',
};

function priceWords(price: Price): EventWords {
  const { dollarsPerHour, without, asOf, region, tasks, publicAddresses, loadBalancer, spot, simulated } = price;
  if (dollarsPerHour === undefined) return { message: `The price in ${region} is not known here; see ${pricing}` };
  const counted = [
    `${tasks === 1 ? '1 task' : `${tasks} tasks`}${publicAddresses ? ` with ${tasks === 1 ? 'a public address' : 'public addresses'}` : ''}`,
    ...(loadBalancer && !without.includes('load-balancer') ? ['and a load balancer before any request'] : []),
    ...(without.length > 0
      ? [`without ${without.map((part) => parts[part]).join(' and ')}, whose price in ${region} is not known here`]
      : []),
  ].join(', ');
  const verb = simulated ? 'On AWS this would cost' : 'This costs';
  return {
    message: `${verb} ${spot ? 'up to' : 'about'} $${dollarsPerHour.toFixed(4)} an hour: ${counted}, at the prices of ${asOf} in ${region}.`,
  };
}

function shortened(lines: readonly string[]): string {
  const rest = lines.length - toldLines;
  return (
    rest > 0 ? [...lines.slice(0, toldLines), `    and ${rest} more lines; see "compose2fargate plan"`] : lines
  ).join('\n');
}

/** What is told as it begins: what tasks do comes after it. The rest is told with its result. */
function isToldAtStart(kind: OperationSummary['kind']): boolean {
  return kind === 'wait' || kind.startsWith('wait-') || kind === 'stop-tasks';
}
