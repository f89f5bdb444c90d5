import { type Account, emptyAccount } from '../../src/simulator/account.ts';
import { AccountFile } from '../../src/simulator/account-file.ts';
import { courseOf } from '../../src/simulator/course.ts';
import { Ledger } from '../../src/simulator/ledger.ts';
import { statusAt as stackStatusAt } from '../../src/simulator/stack-story.ts';
import { statusAt } from '../../src/simulator/task.ts';

/** All that an account holds: the text of each record by its ARN. */
export type Contents = ReadonlyMap<string, string>;

type Records = { readonly [Kind in keyof Account]: Account[Kind] extends Map<string, infer One> ? One : never };

type Entry = readonly [arn: string, record: unknown];

/** The records that AWS itself shows of what is over, and forgets after a while. Whatever is not here counts. */
const isOver: { readonly [Kind in keyof Account]?: (record: Records[Kind], now: number) => boolean } = {
  clusters: ({ status }) => status === 'INACTIVE',
  services: ({ status }) => status === 'INACTIVE',
  tasks: (task, now) => statusAt(courseOf(task), now) === 'STOPPED',
  securityGroups: ({ deleted }) => deleted === true,
  loadBalancers: ({ deletedAt }) => deletedAt !== undefined,
  targetGroups: ({ deleted }) => deleted === true,
  stacks: (stack, now) => stackStatusAt(stack, now).status === 'DELETE_COMPLETE',
  // What AWS remembers of calls is no thing of the user's.
  clientTokens: () => true,
};

/** The account that is kept in a file, as it is now. */
export function accountIn(stateFile: string): Account {
  return new Ledger(new AccountFile(stateFile)).account(Date.now());
}

/** All that an account holds at a moment, but for what is over. */
export function contentsOf(account: Account, now: number = Date.now()): Contents {
  const kinds = Object.keys(emptyAccount()) as (keyof Account)[];
  return new Map(
    kinds.flatMap((kind) => {
      const records = account[kind];
      // The others are what the simulator itself remembers.
      if (!(records instanceof Map)) return [];
      const over = (isOver[kind] ?? (() => false)) as (record: unknown, now: number) => boolean;
      const all: readonly Entry[] = [...(records as ReadonlyMap<string, unknown>)];
      return all
        .flatMap(([arn, record]) =>
          kind === 'families' ? revisionsOf(record as Records['families']) : [[arn, record] as const],
        )
        .filter(([, record]) => !over(record, now))
        .map(([arn, record]) => [arn, textOf(record)] as const);
    }),
  );
}

/** What one account holds that another does not, or holds otherwise, such as `log-group:/ecs/shop`. */
export function difference(before: Contents, after: Contents): readonly string[] {
  const arns = [...new Set([...before.keys(), ...after.keys()])];
  return arns
    .filter((arn) => before.get(arn) !== after.get(arn))
    .map(resourceIn)
    .toSorted();
}

/** Revisions count one by one, but for those that ECS has been asked to delete. */
function revisionsOf(revisions: Records['families']): readonly Entry[] {
  return revisions
    .filter(({ status }) => status !== 'DELETE_IN_PROGRESS')
    .map((revision) => [revision.taskDefinitionArn, revision]);
}

/** What stands after the account in an ARN. */
function resourceIn(arn: string): string {
  return arn.split(':').slice(5).join(':');
}

/** A record as text, the maps in it too. */
function textOf(record: unknown): string {
  return JSON.stringify(record, (_, value) => (value instanceof Map ? [...value] : value));
}
