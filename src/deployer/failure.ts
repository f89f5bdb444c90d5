import { explainExitCode, explainStopReason } from '../fargate/stop-reasons.ts';
import type { Source } from '../source/source.ts';
import { sourceOf, type Task } from '../transformer/task.ts';
import { type ContainerState, type LogLine, type TaskState, taskId } from './account.ts';
import { isUnhealthy } from './verdict.ts';

/** Why a task failed, as far as ECS tells: its own words, what they mean, what to do, and where to do it. */
export interface Failure {
  readonly task: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly containers: readonly ContainerEnd[];
  /** The container that it began with. */
  readonly container?: string;
  readonly cause: string;
  readonly remedy?: string;
  /** The place in the user's files that it comes from. */
  readonly source?: Source;
  /** The last lines that the container wrote. */
  readonly evidence?: readonly LogLine[];
}

export interface ContainerEnd {
  readonly name: string;
  readonly exitCode?: number;
  readonly reason?: string;
  /** What the exit code usually means. */
  readonly meaning?: string;
}

/** Which part of a container definition a text of ECS is about; the first row that matches counts. */
const subjects: readonly { readonly pattern: RegExp; readonly member: string }[] = [
  { pattern: /unable to pull secrets or registry auth/i, member: '.secrets' },
  { pattern: /failed to validate logger args/i, member: '.logConfiguration' },
  { pattern: /container health checks|UNHEALTHY/i, member: '.healthCheck' },
  { pattern: /OutOfMemory|memory usage/i, member: '.memory' },
  { pattern: /EFS|mount\.nfs/i, member: '.mountPoints' },
  { pattern: /CannotStartContainer|CannotCreateContainer/i, member: '.command' },
  { pattern: /CannotPull|pull|descriptor matching platform|exec format/i, member: '.image' },
];

/** Explains why a task stopped, or is not healthy, in the terms of the files that it was made from. */
export function explainFailure(state: TaskState, { definition, origins }: Task): Failure {
  const texts = [
    ...state.containers.flatMap(({ name, reason }) => (reason ? [{ text: reason, name }] : [])),
    ...(state.stoppedReason ? [{ text: state.stoppedReason, name: undefined }] : []),
    ...(state.stopCode ? [{ text: state.stopCode, name: undefined }] : []),
  ];
  const unhealthy = state.stopCode === undefined ? state.containers.find(isUnhealthy) : undefined;
  const telling =
    unhealthy === undefined
      ? (texts.find(({ text }) => explainStopReason(text) !== undefined) ?? texts[0])
      : { text: 'Task failed container health checks', name: unhealthy.name };
  const text = telling?.text ?? '';
  const container = telling?.name ?? culprit(state, definition.containerDefinitions, text)?.name;
  const index = definition.containerDefinitions.findIndex(({ name }) => name === container);
  const member = subjects.find(({ pattern }) => pattern.test(text))?.member ?? '';
  const source = sourceOf(origins, index < 0 ? '' : `containerDefinitions[${index}]${member}`);
  const end = state.containers.find(({ name }) => name === container);
  return {
    task: taskId(state.arn),
    containers: state.containers.map(containerEnd),
    ...explain(text, container, end, state.containers.length > 1),
    ...(state.stopCode === undefined ? {} : { stopCode: state.stopCode }),
    ...(state.stoppedReason === undefined ? {} : { stoppedReason: state.stoppedReason }),
    ...(container === undefined ? {} : { container }),
    ...(source === undefined ? {} : { source }),
  };
}

function explain(
  text: string,
  container: string | undefined,
  end: ContainerState | undefined,
  hasOthers: boolean,
): { cause: string; remedy?: string } {
  const known = explainStopReason(text);
  if (/Essential container in task exited/i.test(text) && end?.exitCode !== undefined) {
    const meaning = explainExitCode(end.exitCode);
    const cause = `Container ${end.name} ended with exit code ${end.exitCode}.${meaning === undefined ? '' : ` ${meaning}`}`;
    return {
      cause: `${cause} It is essential, so ECS stopped ${hasOthers ? 'the others' : 'the task'} with it.`,
      remedy:
        end.exitCode === 0
          ? 'Start a task that is meant to end with "compose2fargate up --wait-for completed"; a helper that runs once must not be essential.'
          : `Look at what it wrote: compose2fargate logs ${end.name}`,
    };
  }
  if (known === undefined) return { cause: text === '' ? 'ECS gave no reason.' : `ECS says: ${text}` };
  return container === undefined ? known : { ...known, cause: naming(container, known.cause) };
}

/** A cause that speaks of "a container", with the name of the one that is meant. */
function naming(container: string, cause: string): string {
  return cause.replace(/^A container\b/, `Container ${container}`).replace(/\ba container\b/, `container ${container}`);
}

/** The container that a text about the whole task means: the one whose image it names, else the one that ended worst. */
function culprit(
  { containers }: TaskState,
  definitions: Task['definition']['containerDefinitions'],
  text: string,
): { readonly name: string } | undefined {
  const rank = ({ name, exitCode }: ContainerState): number => {
    const essential = definitions.some((one) => one.name === name && one.essential !== false);
    if (exitCode === undefined) return 3;
    if (exitCode === 0) return essential ? 1 : 3;
    // Those that ECS stopped afterwards end with 137 or 143.
    return exitCode === 137 || exitCode === 143 ? 2 : 0;
  };
  const named = definitions.find(({ image }) => image !== '' && text.includes(image));
  const worst = containers.toSorted((a, b) => rank(a) - rank(b))[0];
  return named ?? (worst === undefined || rank(worst) === 3 ? undefined : worst) ?? only(definitions);
}

/** The item of a list of one. */
function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function containerEnd({ name, exitCode, reason }: ContainerState): ContainerEnd {
  // One that ECS stopped with the others may end with 0 too, and that says nothing.
  const meaning = exitCode === undefined || exitCode === 0 ? undefined : explainExitCode(exitCode);
  return {
    name,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(reason === undefined ? {} : { reason }),
    ...(meaning === undefined ? {} : { meaning }),
  };
}
