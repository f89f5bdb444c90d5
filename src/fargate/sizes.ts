/**
 * The sizes in which Fargate runs a task: 77 pairs of CPU and memory. As of 2026-11-20.
 *
 * Sources: ECS API Reference, RegisterTaskDefinition, `memory` (up to 16 vCPU); ECS Developer Guide, "Creating an
 * Amazon ECS task definition using the console" (32 vCPU) and "Task definition differences for Fargate" (Windows).
 */

/** A size of a task: CPU units, 1024 to a vCPU, and MiB. */
export interface TaskSize {
  readonly cpu: number;
  readonly memory: number;
}

/** What the sizes depend on; the Windows families of `runtimePlatform.operatingSystemFamily` share one list. */
export type OperatingSystem = 'LINUX' | 'WINDOWS';

interface Row {
  readonly cpu: number;
  readonly memory: readonly number[];
  readonly systems: readonly OperatingSystem[];
}

const linux: readonly OperatingSystem[] = ['LINUX'];
const both: readonly OperatingSystem[] = ['LINUX', 'WINDOWS'];

const rows: readonly Row[] = [
  { cpu: 256, memory: [512, 1024, 2048], systems: linux },
  { cpu: 512, memory: steps(1024, 4096, 1024), systems: linux },
  { cpu: 1024, memory: steps(2048, 8192, 1024), systems: both },
  { cpu: 2048, memory: steps(4096, 16384, 1024), systems: both },
  { cpu: 4096, memory: steps(8192, 30720, 1024), systems: both },
  { cpu: 8192, memory: steps(16384, 61440, 4096), systems: linux },
  { cpu: 16384, memory: steps(32768, 122880, 8192), systems: linux },
  { cpu: 32768, memory: [61440, 122880, 249856], systems: linux },
];

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

const sizes: Readonly<Record<OperatingSystem, readonly TaskSize[]>> = {
  LINUX: sizesOf('LINUX'),
  WINDOWS: sizesOf('WINDOWS'),
};

function sizesOf(os: OperatingSystem): readonly TaskSize[] {
  return rows
    .filter(({ systems }) => systems.includes(os))
    .flatMap(({ cpu, memory }) => memory.map((each) => ({ cpu, memory: each })));
}

/** Every size, ordered by CPU, then by memory. */
export function taskSizes(os: OperatingSystem = 'LINUX'): readonly TaskSize[] {
  return sizes[os];
}

/** Whether Fargate has a size of just this CPU (units) and memory (MiB). */
export function isTaskSize(size: TaskSize, os: OperatingSystem = 'LINUX'): boolean {
  return sizes[os].some(({ cpu, memory }) => cpu === size.cpu && memory === size.memory);
}

/** The memory values (MiB) that go with a number of CPU units, ascending; none for CPU units that Fargate lacks. */
export function memoryFor(cpu: number, os: OperatingSystem = 'LINUX'): readonly number[] {
  return sizes[os].filter((size) => size.cpu === cpu).map(({ memory }) => memory);
}

/** The CPU units that go with a number of MiB, ascending; none for memory that Fargate lacks. */
export function cpuFor(memory: number, os: OperatingSystem = 'LINUX'): readonly number[] {
  return sizes[os].filter((size) => size.memory === memory).map(({ cpu }) => cpu);
}

/**
 * The cheapest size that holds a need. It is the one of the fewest CPU units, and of those the one of the least
 * memory: by Fargate's prices that order is the order of cost for every need.
 *
 * @param need The sums over the containers: CPU units and MiB.
 * @param given The halves that somebody fixed, kept exactly as they are.
 * @returns undefined where no size holds the need, or none has the halves given.
 */
export function smallestTaskSize(
  need: TaskSize,
  given: { readonly cpu?: number | undefined; readonly memory?: number | undefined } = {},
  os: OperatingSystem = 'LINUX',
): TaskSize | undefined {
  return sizes[os].find(
    ({ cpu, memory }) =>
      cpu >= need.cpu && memory >= need.memory && cpu === (given.cpu ?? cpu) && memory === (given.memory ?? memory),
  );
}

/**
 * CPU units of a task-level `cpu` as ECS takes it: `256`, `1 vCPU`, `.5 vcpu`. undefined for any other text.
 * Source: ECS API Reference, RegisterTaskDefinition, `cpu`; the sample of the Developer Guide's "Using Amazon ECS Exec".
 */
export function parseTaskCpu(text: string): number | undefined {
  return parseSize(text, /^(\d+|\d*\.\d+)\s*vcpu$/i);
}

/** MiB of a task-level `memory` as ECS takes it: `512`, `1GB`, `.5 gb` (1 GB is 1024 MiB). undefined for any other text. */
export function parseTaskMemory(text: string): number | undefined {
  return parseSize(text, /^(\d+|\d*\.\d+)\s*gb$/i);
}

function parseSize(text: string, withUnit: RegExp): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const amount = withUnit.exec(text)?.[1];
  return amount === undefined ? undefined : Number(amount) * 1024;
}

/**
 * The sizes next to one that Fargate lacks, in words that end no sentence: `256 CPU units (0.25 vCPU) go with 512,
 * 1024 or 2048 MiB`.
 */
export function taskSizesNear(wanted: TaskSize, os: OperatingSystem = 'LINUX'): string {
  const levels = [...new Set(sizes[os].map(({ cpu }) => cpu))];
  const below = levels.findLast((cpu) => cpu <= wanted.cpu);
  const above = levels.find((cpu) => cpu > wanted.cpu);
  const near = below === wanted.cpu ? [below] : [below, above].filter((cpu) => cpu !== undefined);
  const parts = near.map((cpu) => `${cpuInWords(cpu)} go with ${memoryInWords(memoryFor(cpu, os))}`);
  const others = cpuFor(wanted.memory, os);
  if (others.length > 0) parts.push(`${wanted.memory} MiB goes with ${listInWords(others)} CPU units`);
  return parts.join('; ');
}

/** CPU units with the vCPUs that they are: `256 CPU units (0.25 vCPU)`. */
export function cpuInWords(cpu: number): string {
  return `${cpu} CPU units (${cpu / 1024} vCPU)`;
}

function memoryInWords(values: readonly number[]): string {
  const [first = 0, second = 0] = values;
  const step = second - first;
  const even = values.every((value, index) => value === first + index * step);
  if (values.length < 5 || !even) return `${listInWords(values)} MiB`;
  return `${first} to ${values.at(-1)} MiB in steps of ${step}`;
}

function listInWords(values: readonly number[]): string {
  if (values.length < 2) return values.join('');
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
