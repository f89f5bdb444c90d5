import { diagnostic } from '../diagnostics/diagnostic.ts';
import { cpuInWords, parseTaskCpu, parseTaskMemory, smallestTaskSize, type TaskSize } from '../fargate/sizes.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import type { Node } from '../source/node.ts';
import type { TaskContext } from './context.ts';
import { runsWindows } from './platform.ts';
import { originFrom } from './task.ts';
import { namesOf, together } from './together.ts';

/** MiB counted for a container that says nothing of its memory. */
const assumedMemory = 512;

/**
 * The size of the task: that of ecs-params; where it gives a half or nothing, the cheapest that holds the sums over the
 * containers. What is assumed is counted, and not written into a container.
 */
export function size(context: TaskContext): void {
  const { params, report, task, containers } = context;
  const cpuNode = paramsAt(params, 'task_definition', 'task_size', 'cpu_limit');
  const memoryNode = paramsAt(params, 'task_definition', 'task_size', 'mem_limit');
  if (cpuNode !== undefined && memoryNode !== undefined) {
    task.put('cpu', normal(cpuNode, parseTaskCpu), originFrom(cpuNode));
    task.put('memory', normal(memoryNode, parseTaskMemory), originFrom(memoryNode));
    return;
  }
  const need = sumOf(context);
  const given = {
    cpu: cpuNode === undefined ? undefined : parseTaskCpu(textOf(cpuNode)),
    memory: memoryNode === undefined ? undefined : parseTaskMemory(textOf(memoryNode)),
  };
  const chosen = smallestTaskSize(need, given, runsWindows(context) ? 'WINDOWS' : 'LINUX');
  const half = cpuNode ?? memoryNode;
  const at = containers[0]?.service.key;
  if (chosen === undefined) {
    const source = half?.source ?? at;
    for (const member of ['cpu', 'memory']) task.origin(member, source === undefined ? {} : { source });
    report(
      half === undefined
        ? diagnostic('transform/size-none', need, source)
        : diagnostic(
            'transform/size-half',
            {
              given: `${half === cpuNode ? 'cpu_limit' : 'mem_limit'} ${textOf(half)}`,
              needed: `${need.cpu} CPU units and ${need.memory} MiB`,
            },
            source,
          ),
    );
    return;
  }
  const rule = `the cheapest size that holds ${containers.length} container${containers.length === 1 ? '' : 's'}`;
  task.put(
    'cpu',
    String(chosen.cpu),
    cpuNode === undefined ? { ...(at && { source: at }), rule } : originFrom(cpuNode),
  );
  task.put(
    'memory',
    String(chosen.memory),
    memoryNode === undefined ? { ...(at && { source: at }), rule } : originFrom(memoryNode),
  );
  const words = { cpu: cpuInWords(chosen.cpu), memory: chosen.memory, containers: containers.length };
  report(diagnostic('transform/size-assumed', words, half?.source ?? at));
}

/** CPU units and MiB of all containers: the limit, else the reservation, else what is assumed. */
function sumOf({ containers, report }: TaskContext): TaskSize {
  const needs = containers.map(({ service, fields }) => ({
    subject: { service: service.name, source: service.key },
    cpu: fields.get('cpu') ?? 0,
    memory: fields.get('memory') ?? fields.get('memoryReservation'),
  }));
  const silent = needs.filter(({ memory }) => memory === undefined).map(({ subject }) => subject);
  if (silent.length > 0) {
    const words = { services: namesOf(silent), memory: assumedMemory };
    report(diagnostic('transform/memory-assumed', words, ...together(silent)));
  }
  return {
    cpu: needs.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: needs.reduce((sum, { memory }) => sum + (memory ?? assumedMemory), 0),
  };
}

/** As ECS echoes it, an integer; a text that is no size stays, and the checker says so. */
function normal(node: Node, parse: (text: string) => number | undefined): string {
  const text = textOf(node);
  return String(parse(text) ?? text);
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? String(node.value).trim() : '';
}
