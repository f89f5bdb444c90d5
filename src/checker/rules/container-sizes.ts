import type { RelatedPath } from '../finding.ts';
import { type Container, containers, taskSize } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** The containers fit into the task, one by one and together. */
export const containerSizes: Rule = (definition, find) => {
  const task = taskSize(definition);
  const all = containers(definition);
  for (const { value, path, name } of all) {
    const { memory, memoryReservation: reservation } = value;
    if (memory === undefined) continue;
    if (reservation !== undefined && reservation > memory) {
      find('fargate/memory-reservation', `${path}.memoryReservation`, { container: name, memory, reservation }, [
        { message: `Its memory is ${memory} MiB.`, path: `${path}.memory` },
      ]);
    }
    if (task.memory !== undefined && memory > task.memory) {
      find('fargate/container-memory', `${path}.memory`, { container: name, memory, task: task.memory });
    }
  }

  if (task.cpu !== undefined) {
    const cpu = count(all, ['cpu'], 'CPU units');
    if (cpu.sum > task.cpu) find('fargate/cpu-sum', 'cpu', { sum: cpu.sum, task: task.cpu }, cpu.related);
  }
  if (task.memory === undefined) return;
  const reserved = count(all, ['memoryReservation', 'memory'], 'MiB');
  const limits = count(all, ['memory'], 'MiB');
  // The sum of one container is that container, of which it is said already.
  if (reserved.related.length === 1 && limits.sum > task.memory) return;
  if (reserved.sum > task.memory) {
    find('fargate/memory-sum', 'memory', { sum: reserved.sum, task: task.memory }, reserved.related);
  } else if (limits.sum > task.memory) {
    find('fargate/memory-limits', 'memory', { sum: limits.sum, task: task.memory }, limits.related);
  }
};

type Amount = 'cpu' | 'memory' | 'memoryReservation';

/** The sum of what the containers ask for, each by the least of the members that it has, and where they do. */
function count(
  all: readonly Container[],
  members: readonly Amount[],
  unit: string,
): { readonly sum: number; readonly related: readonly RelatedPath[] } {
  let sum = 0;
  const related: RelatedPath[] = [];
  for (const { value, path, name } of all) {
    const [least] = members
      .map((member) => ({ member, amount: value[member] ?? 0 }))
      .filter(({ amount }) => amount !== 0)
      .sort((one, other) => one.amount - other.amount);
    if (least === undefined) continue;
    sum += least.amount;
    related.push({ message: `Container ${name} asks for ${least.amount} ${unit}.`, path: `${path}.${least.member}` });
  }
  return { sum, related };
}
