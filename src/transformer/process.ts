import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { ContainerDefinition } from '../fargate/task-definition.ts';
import { durationSeconds } from '../parser/compose/units.ts';
import { booleanOf, child, sortedEntriesOf, stringOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import { originFrom } from './task.ts';

const texts = { user: 'user', working_dir: 'workingDirectory' } as const satisfies Record<
  string,
  keyof ContainerDefinition
>;

const switches = {
  tty: 'pseudoTerminal',
  stdin_open: 'interactive',
  read_only: 'readonlyRootFilesystem',
} as const satisfies Record<string, keyof ContainerDefinition>;

/** How the container's process runs and stops: user, directory, terminal, file system, labels, grace period. */
export const process: ContainerConcern = ({ service, fields }, { report }) => {
  for (const [key, member] of Object.entries(texts)) {
    const node = child(service.node, key);
    const value = stringOf(node);
    if (node !== undefined && value !== undefined && value !== '') fields.put(member, value, originFrom(node));
  }
  for (const [key, member] of Object.entries(switches)) {
    const node = child(service.node, key);
    if (node !== undefined && booleanOf(node) === true) fields.put(member, true, originFrom(node));
  }
  const labels = sortedEntriesOf(child(service.node, 'labels')).map(
    ([name, { value }]) => [name, stringOf(value) ?? ''] as const,
  );
  const labelsNode = child(service.node, 'labels');
  if (labelsNode !== undefined && labels.length > 0) {
    fields.put('dockerLabels', Object.fromEntries(labels), originFrom(labelsNode));
  }
  const grace = child(service.node, 'stop_grace_period');
  const seconds = durationSeconds(stringOf(grace) ?? '');
  if (grace !== undefined && seconds !== undefined) {
    const allowed = Math.min(Math.max(Math.ceil(seconds), 2), 120);
    if (allowed !== seconds) {
      const names = { service: service.name, before: seconds, after: allowed };
      report(diagnostic('transform/stop-timeout', names, grace.source));
    }
    fields.put('stopTimeout', allowed, originFrom(grace));
  }
};
