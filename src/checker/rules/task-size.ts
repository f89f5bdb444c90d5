import { isTaskSize, memoryFor, parseTaskCpu, parseTaskMemory, taskSizesNear } from '../../fargate/sizes.ts';
import { isWindows, taskSize as sizeOf } from '../readable.ts';
import type { Rule } from '../rule.ts';

const members = [
  { member: 'cpu', parse: parseTaskCpu, forms: 'CPU units ("512") or vCPUs ("0.5 vCPU")' },
  { member: 'memory', parse: parseTaskMemory, forms: 'MiB ("1024") or GB ("1 GB")' },
] as const;

/** The task's CPU and memory can be read, and are a pair that Fargate has. */
export const taskSize: Rule = (definition, find) => {
  for (const { member, parse, forms } of members) {
    const text = definition[member];
    if (text === undefined || text === '' || parse(text) !== undefined) continue;
    find('fargate/task-size-form', member, { member, value: JSON.stringify(text), forms });
  }
  const { cpu, memory } = sizeOf(definition);
  if (cpu === undefined || memory === undefined) return;
  const os = isWindows(definition) ? 'WINDOWS' : 'LINUX';
  if (isTaskSize({ cpu, memory }, os)) return;
  const wrong = memoryFor(cpu, os).length === 0 ? 'cpu' : 'memory';
  const other = wrong === 'cpu' ? 'memory' : 'cpu';
  find(
    'fargate/task-size',
    wrong,
    { cpu, memory, os: os === 'LINUX' ? 'Linux' : 'Windows', near: taskSizesNear({ cpu, memory }, os) },
    [{ message: `The ${other} of the task is ${definition[other]}.`, path: other }],
  );
};
