import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GlobalOptions } from '../../../src/cli/global-options.ts';
import type { Io } from '../../../src/cli/io.ts';
import type { OnlineContext } from '../../../src/cli/online.ts';
import type { TaskDefinition } from '../../../src/fargate/task-definition.ts';
import { nodeHost } from '../../../src/node.ts';
import type { MappingNode, Node } from '../../../src/source/node.ts';
import { SourceFile } from '../../../src/source/source.ts';
import { parseYaml } from '../../../src/source/yaml.ts';
import type { Origin, Task } from '../../../src/transformer/task.ts';

/** A compose file as a person wrote it; the definitions below point into it. */
const text = `name: shop
services:
  db:
    image: mysql:8
    healthcheck: {test: mysqladmin ping}
  web:
    image: wordpress
    ports: ["80:80"]
`;
const file = new SourceFile('/project/compose.yaml', text);

function at(words: string): Origin {
  const start = text.indexOf(words);
  return { source: { file, start, end: start + words.length } };
}

/** A web server, and a database whose health it waits for. */
export function shop(changes: { readonly [K in keyof Task]?: Partial<Task[K]> } = {}): Task {
  const log = (prefix: string) => ({
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/ecs/shop', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': prefix },
  });
  const definition: TaskDefinition = {
    family: 'shop',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '512',
    memory: '1024',
    executionRoleArn: 'ecsTaskExecutionRole',
    containerDefinitions: [
      {
        name: 'db',
        image: 'mysql:8',
        essential: true,
        healthCheck: { command: ['CMD-SHELL', 'mysqladmin ping'] },
        logConfiguration: log('db'),
      },
      {
        name: 'web',
        image: 'wordpress',
        essential: true,
        portMappings: [{ containerPort: 80, protocol: 'tcp' }],
        environment: [
          { name: 'Z', value: '1' },
          { name: 'A', value: '2' },
        ],
        dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }],
        logConfiguration: log('web'),
      },
    ],
    ...changes.definition,
  };
  return {
    definition,
    origins: new Map([
      ['', at('name: shop')],
      ['containerDefinitions[0]', at('db')],
      ['containerDefinitions[0].image', at('mysql:8')],
      ['containerDefinitions[0].healthCheck', at('{test: mysqladmin ping}')],
      ['containerDefinitions[1]', at('web')],
      ['containerDefinitions[1].image', at('wordpress')],
    ]),
    run: {
      count: 1,
      network: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' },
      ...changes.run,
    },
    published: [
      {
        containerName: 'web',
        containerPort: 80,
        protocol: 'tcp',
        source: at('80:80').source as NonNullable<Origin['source']>,
      },
    ],
    simulate: (changes.simulate as Task['simulate'] | undefined) ?? new Map(),
  };
}

/** What `x-simulate` says, by container. */
export function simulate(behaviours: Readonly<Record<string, string>>): ReadonlyMap<string, Node> {
  return new Map(
    Object.entries(behaviours).map(([name, yaml]) => {
      const [node] = parseYaml(new SourceFile('/project/compose.yaml', yaml), () => undefined);
      return [name, node as Node];
    }),
  );
}

/** Runs commands one after the other on one simulated account, its own unless told otherwise, fifty times as fast. */
export class Terminal {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'online-'));
  /** Aborts the command that runs. */
  interrupt: AbortController = new AbortController();
  out = '';
  error = '';
  readonly options: GlobalOptions;

  constructor(options?: GlobalOptions) {
    this.options = { simulateSpeed: 50, ...(options ?? { simulateState: join(this.directory, 'account.jsonl') }) };
  }

  /** The context of a command; what earlier commands have printed is forgotten. */
  context(task: Task, options: GlobalOptions = {}): OnlineContext {
    this.out = '';
    this.error = '';
    this.interrupt = new AbortController();
    return {
      io: this.#io(),
      options: { ...this.options, ...options },
      project: { name: 'shop', directory: '/project', files: [file], root: {} as MappingNode },
      task,
      region: 'us-east-1',
    };
  }

  #io(): Io {
    const output = (write: (text: string) => void) => ({ write, isTerminal: false, color: false, columns: 80 });
    return {
      host: nodeHost(),
      out: output((more) => {
        this.out += more;
      }),
      error: output((more) => {
        this.error += more;
      }),
      signal: this.interrupt.signal,
      handOver: (program) => program(),
    };
  }

  close(): void {
    rmSync(this.directory, { recursive: true });
  }
}
