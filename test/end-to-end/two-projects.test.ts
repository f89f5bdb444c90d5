import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Account } from '../../src/simulator/account.ts';
import { AccountFile } from '../../src/simulator/account-file.ts';
import { Ledger } from '../../src/simulator/ledger.ts';
import { folder } from '../folder.ts';
import { cli, type Ended } from './cli.ts';

// Some thirty commands one after the other.
vi.setConfig({ testTimeout: 300_000 });

/** Both build an image, keep a secret and a parameter, run nginx, and are called by a name in the same namespace. */
function compose(project: string): string {
  return `name: ${project}
services:
  web:
    build: .
    ports: ["80:80"]
  proxy:
    image: nginx:1
`;
}

function ecsParams(secrets: readonly string[]): string {
  const lines = secrets.map((arn, index) => `        - {name: TOKEN${index}, value_from: "${arn}"}`);
  return `version: 1
task_definition:
  services:
    web:
      secrets:
${lines.join('\n')}
run_params:
  auto_scaling: {min_capacity: 1, max_capacity: 2}
  service_discovery:
    private_dns_namespace: {name: internal, vpc: vpc-1}
`;
}

const tag = 'compose2fargate:project';

/** Everything in an account that has tags, as text, by its project. Where no service is, the scheduler's looks are left out. */
function byProject(account: Account): ReadonlyMap<string, readonly string[]> {
  const records = [
    account.clusters,
    account.tasks,
    account.services,
    account.logGroups,
    account.repositories,
    account.secrets,
    account.parameters,
    account.roles,
    account.scalableTargets,
    account.namespaces,
    account.discoveryServices,
    account.securityGroups,
  ].flatMap((map): readonly (readonly [string, object])[] => [...map]);
  const revisions = [...account.families.values()].flat().map((one) => [one.taskDefinitionArn, one] as const);
  const found = new Map<string, string[]>();
  for (const [arn, record] of [...records, ...revisions]) {
    const project = projectOf(record);
    if (project === undefined || isGone(record)) continue;
    const text = JSON.stringify(record, (key, value) =>
      key === 'lookedAt' || key === 'wakeAt' ? undefined : value instanceof Map ? [...value] : value,
    );
    found.set(project, [...(found.get(project) ?? []), `${arn} ${text}`]);
  }
  return found;
}

function projectOf(record: object): string | undefined {
  const { tags, Tags } = record as { tags?: unknown; Tags?: unknown };
  const all = tags ?? Tags ?? [];
  if (!Array.isArray(all)) return (all as Record<string, string>)[tag];
  const own = all.find((one) => one.key === tag || one.Key === tag);
  return own?.value ?? own?.Value;
}

/** What AWS still shows of what was deleted, and tasks that have stopped. */
function isGone(record: object): boolean {
  const { status, deleted, stop } = record as { status?: string; deleted?: boolean; stop?: object };
  return deleted === true || stop !== undefined || status === 'INACTIVE' || status === 'DELETE_IN_PROGRESS';
}

/** Two projects in one account, one of whose names begins with the other's. */
class Neighbours {
  readonly #state = join(folder(), 'account.jsonl');
  readonly #folders = new Map<string, string>();

  run(project: string, ...words: readonly string[]): Promise<Ended> {
    const cwd = this.#folders.get(project) ?? folder({ 'compose.yaml': compose(project), Dockerfile: 'FROM nginx' });
    this.#folders.set(project, cwd);
    return cli(cwd, ...words, '--simulate-state', this.#state, '--simulate-speed', '500');
  }

  async done(project: string, ...words: readonly string[]): Promise<Ended> {
    const ended = await this.run(project, ...words);
    expect(ended, ended.error).toMatchObject({ code: 0 });
    return ended;
  }

  /** Makes all that a project can have, as a service or as bare tasks. */
  async make(project: string, command: readonly string[]): Promise<void> {
    const arns: string[] = [];
    await this.done(project, 'push');
    const cwd = this.#folders.get(project) as string;
    writeFileSync(join(cwd, 'values.env'), 'TOKEN=abc\n');
    for (const store of ['secrets-manager', 'ssm']) {
      const { out } = await this.done(project, 'secrets', 'push', '--from', 'values.env', '--store', store);
      arns.push(/value_from: (\S+)/.exec(out)?.[1] ?? '');
    }
    writeFileSync(join(cwd, 'ecs-params.yml'), ecsParams(arns));
    await this.done(project, ...command, '--build', '--create-roles');
  }

  account(): ReadonlyMap<string, readonly string[]> {
    return byProject(new Ledger(new AccountFile(this.#state)).account(Date.now()));
  }

  async rows(project: string, ...ps: readonly string[]): Promise<readonly object[]> {
    const { out } = await this.done(project, ...ps, '--json');
    const { containers } = JSON.parse(out) as { readonly containers: readonly { readonly uptime?: number }[] };
    return containers.map(({ uptime: _, ...row }) => row);
  }
}

/** What a command is called for a project of bare tasks, and for a service. */
const bare = { up: ['up'], ps: ['ps'], remove: ['down'] };
const service = { up: ['service', 'up'], ps: ['service', 'ps'], remove: ['service', 'rm'] };

const rows = [
  { first: 'shop', second: 'shop-api', kinds: { shop: service, 'shop-api': service } },
  { first: 'shop-api', second: 'shop', kinds: { shop: bare, 'shop-api': service } },
  { first: 'shop', second: 'shop-api', kinds: { shop: bare, 'shop-api': bare } },
] as const;

describe.each(rows)('$first goes before $second', ({ first, second, kinds }) => {
  it('leaves what belongs to the other byte for byte, and then nothing', async () => {
    const neighbours = new Neighbours();
    // The cluster is made with the first, so it is the first project's.
    for (const project of ['shop', 'shop-api'] as const) await neighbours.make(project, kinds[project].up);
    const [before, seen] = [neighbours.account(), await neighbours.rows(second, ...kinds[second].ps)];
    expect(before.get(first)?.length).toBeGreaterThan(6);
    expect(seen).toHaveLength(2);

    const removed = await neighbours.done(first, ...kinds[first].remove, '--purge', '--yes');
    const after = neighbours.account();
    expect(after.get(second)).toEqual(before.get(second));
    expect(await neighbours.rows(second, ...kinds[second].ps)).toEqual(seen);
    // What others use stays, and that is said.
    const shared = after.get(first)?.map((text) => text.split(' ', 1)[0]) ?? [];
    const expected = first === 'shop' ? ['cluster/default', ...sharedNamespace(kinds)] : [];
    expect(shared.map((arn) => arn?.replace(/^.*:(?:namespace(?=\/))?/, '').replace(/^\/.*/, 'namespace'))).toEqual(
      expected,
    );
    for (const one of expected) expect(removed.error).toContain(one.replace('/', ' '));

    await neighbours.done(second, ...kinds[second].remove, '--purge', '--yes');
    expect(neighbours.account().get(second) ?? []).toEqual([]);
    // Once more for what the other used.
    const again = await neighbours.done(first, ...kinds[first].remove, '--purge', '--yes');
    expect(neighbours.account(), again.error).toEqual(new Map());
    const twice = await neighbours.done(first, ...kinds[first].remove, '--purge', '--dry-run');
    expect(twice.out).toBe('Nothing to do: nothing of the project is left.\n');
  });
});

/** Only services have names. */
function sharedNamespace(kinds: (typeof rows)[number]['kinds']): readonly string[] {
  return kinds.shop === service && kinds['shop-api'] === service ? ['namespace'] : [];
}
