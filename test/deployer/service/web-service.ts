import { expect } from 'vitest';
import type { Account } from '../../../src/deployer/account.ts';
import { execute } from '../../../src/deployer/execute.ts';
import type { Plan } from '../../../src/deployer/plan.ts';
import type { DesiredService } from '../../../src/deployer/service/desired.ts';
import { SourceFile } from '../../../src/source/source.ts';
import type { ServiceSettings } from '../../../src/transformer/service-settings.ts';
import type { TestAccount } from '../account.ts';

/** Where the service is. */
export const where = { cluster: 'default', family: 'web', project: 'web' };

const source = { file: new SourceFile('/project/compose.yaml', ''), start: 0, end: 0 };

/** A service of one container, whose files publish these ports and say nothing of its network. */
export function webService(ports: readonly number[], service?: ServiceSettings): DesiredService {
  const portMappings = ports.map((containerPort) => ({ containerPort }));
  return {
    ...where,
    region: 'us-east-1',
    task: {
      definition: {
        family: 'web',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'web', image: 'nginx', portMappings }],
      },
      origins: new Map(),
      run: { count: 1, network: {}, ...(service === undefined ? {} : { service }) },
      published: ports.map((containerPort) => ({ containerName: 'web', containerPort, protocol: 'tcp', source })),
      simulate: new Map(),
    },
    namedVolumes: [],
    force: false,
    adopt: false,
    createLogGroups: false,
  };
}

/** Executes a plan until the service is steady. */
export async function carryOut(plan: Plan, account: Account, { clock }: TestAccount): Promise<void> {
  const { signal } = new AbortController();
  const options = { account, ...where, observed: [], clock, signal, emit: () => undefined };
  const { verdict } = await execute(plan, { ...options, timeout: 600_000 });
  expect(verdict.kind).toBe('ready');
}
