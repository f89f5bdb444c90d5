import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** A simulator with a clock that stands still, and the real SDK's clients for it. */
export interface TestAccount {
  readonly simulator: Simulator;
  readonly ecs: ECSClient;
  readonly logs: CloudWatchLogsClient;
  readonly ec2: EC2Client;
  /** Lets time pass, in seconds. */
  pass(seconds: number): void;
  close(): Promise<void>;
}

export const BEGINNING: number = Date.parse('2026-11-21T10:00:00Z');

export async function testAccount(options: SimulatorOptions & { readonly region?: string } = {}): Promise<TestAccount> {
  const { region = 'us-east-1', ...rest } = options;
  let now = BEGINNING;
  const simulator = await startSimulator({ clock: () => now, ...rest });
  const configuration = {
    endpoint: simulator.endpoint,
    region,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  };
  return {
    simulator,
    ecs: new ECSClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    ec2: new EC2Client(configuration),
    pass: (seconds) => {
      now += seconds * 1000;
    },
    close: () => simulator.close(),
  };
}

/** A web server and a database with a health check, which the web server waits for. */
export const SHOP: RegisterTaskDefinitionCommandInput = {
  family: 'shop',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '.5 vcpu',
  memory: '1 GB',
  executionRoleArn: 'ecsTaskExecutionRole',
  containerDefinitions: [
    {
      name: 'db',
      image: 'mysql:8',
      essential: true,
      healthCheck: { command: ['CMD', 'mysqladmin', 'ping'], interval: 10 },
      logConfiguration: awslogs('db'),
    },
    {
      name: 'web',
      image: 'wordpress',
      portMappings: [{ containerPort: 80 }],
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }],
      logConfiguration: awslogs('web'),
    },
  ],
  volumes: [{ name: 'data' }],
};

function awslogs(prefix: string) {
  return {
    logDriver: 'awslogs' as const,
    options: { 'awslogs-group': '/ecs/shop', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': prefix },
  };
}

export const RUN_SHOP: RunTaskCommandInput = {
  taskDefinition: 'shop',
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0abc'], assignPublicIp: 'ENABLED' } },
};

/** Makes a cluster, a log group and the shop's definition. */
export async function prepareShop({ ecs, logs }: TestAccount, changes: object = {}): Promise<void> {
  await ecs.send(new CreateClusterCommand({}));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/shop' }));
  await ecs.send(new RegisterTaskDefinitionCommand({ ...SHOP, ...changes }));
}

/** Runs the shop and gives the new task's ARN. */
export async function runShop({ ecs }: TestAccount, changes: Partial<RunTaskCommandInput> = {}): Promise<string> {
  const { tasks } = await ecs.send(new RunTaskCommand({ ...RUN_SHOP, ...changes }));
  return tasks?.[0]?.taskArn as string;
}

/** The task as DescribeTasks shows it now. */
export async function describe({ ecs }: TestAccount, task: string): Promise<Task> {
  const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [task], include: ['TAGS'] }));
  return tasks?.[0] as Task;
}

/** What a promise is refused with. */
export async function refusal(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('The call was not refused.');
}

export const CREATE_SHOP: CreateServiceCommandInput = {
  serviceName: 'shop',
  taskDefinition: 'shop',
  desiredCount: 1,
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0abc'], assignPublicIp: 'ENABLED' } },
};

export async function createShop(
  { ecs }: TestAccount,
  changes: Partial<CreateServiceCommandInput> = {},
): Promise<Service> {
  const { service } = await ecs.send(new CreateServiceCommand({ ...CREATE_SHOP, ...changes }));
  return service as Service;
}

/** The service as DescribeServices shows it now. */
export async function describeService({ ecs }: TestAccount, name = 'shop'): Promise<Service> {
  const { services } = await ecs.send(new DescribeServicesCommand({ services: [name], include: ['TAGS'] }));
  return services?.[0] as Service;
}
