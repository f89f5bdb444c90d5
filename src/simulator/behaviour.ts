/** What a simulated container does instead of running well until somebody stops it. */
export interface Behaviour {
  /** Why its image cannot be pulled. */
  readonly pull?: PullFailure;
  /** It ends by itself, `after` milliseconds from its start. */
  readonly exit?: { readonly code: number; readonly after: number };
  /** The result of its health check; without one in the task definition this changes nothing. */
  readonly health?: 'healthy' | 'unhealthy';
  /** It is killed for using more memory than it may, soon after its start or at the time of `exit`. */
  readonly memory?: 'exceeded';
  /** The lines that it logs, in place of the simulator's own. */
  readonly logs?: readonly string[];
}

export type PullFailure = 'denied' | 'not-found' | 'rate-limited';

/** What is wrong with a written behaviour, in a whole sentence, and the member it is about, such as `exit.after`. */
export interface BehaviourProblem {
  readonly problem: string;
  readonly path: string;
}

type Reading = { readonly value: unknown } | BehaviourProblem;

const MEMBERS: Readonly<Record<keyof Behaviour, (value: unknown, path: string) => Reading>> = {
  pull: oneOf(['denied', 'not-found', 'rate-limited']),
  exit: readExit,
  health: oneOf(['healthy', 'unhealthy']),
  memory: oneOf(['exceeded']),
  logs: readLines,
};

/**
 * Reads what stands under `x-simulate` in a compose file, as plain data: `{ pull: denied }`,
 * `{ exit: { code: 1, after: 5s } }`. Gives the first problem found instead when it cannot be understood.
 */
export function readBehaviour(value: unknown): Behaviour | BehaviourProblem {
  return readMembers(value, '', MEMBERS, 'x-simulate') as Behaviour | BehaviourProblem;
}

/** Reads a mapping whose keys are all known. Gives the mapping itself, or the first problem in it. */
function readMembers(
  value: unknown,
  path: string,
  members: Readonly<Record<string, (value: unknown, path: string) => Reading>>,
  name: string,
): object {
  const known = Object.keys(members).join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: `${name} must be a mapping with any of ${known}, but it is ${show(value)}.`, path };
  }
  const result: Record<string, unknown> = {};
  for (const [key, written] of Object.entries(value)) {
    const memberPath = path === '' ? key : `${path}.${key}`;
    const read = Object.hasOwn(members, key) ? members[key] : undefined;
    if (read === undefined) {
      return { problem: `The simulator does not know ${memberPath}; ${name} takes ${known}.`, path: memberPath };
    }
    const reading = read(written, memberPath);
    if ('problem' in reading) return reading;
    result[key] = reading.value;
  }
  return result;
}

function readExit(value: unknown, path: string): Reading {
  const exit = readMembers(value, path, { code: readExitCode, after: readDuration }, path);
  return 'problem' in exit ? (exit as BehaviourProblem) : { value: { code: 0, after: 0, ...exit } };
}

function readExitCode(value: unknown, path: string): Reading {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255) return { value };
  return { problem: `${path} must be a whole number from 0 to 255, but it is ${show(value)}.`, path };
}

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function readDuration(value: unknown, path: string): Reading {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value) : null;
  if (match !== null) return { value: Number(match[1]) * (MILLISECONDS[match[2] as string] as number) };
  const example = typeof value === 'number' ? `${value}s` : '5s';
  return { problem: `${path} must be a time with its unit, such as ${example}, but it is ${show(value)}.`, path };
}

function readLines(value: unknown, path: string): Reading {
  if (typeof value === 'string') return { value: value.replace(/\n$/, '').split('\n') };
  if (Array.isArray(value) && value.every((line) => typeof line === 'string')) return { value };
  return { problem: `${path} must be a text or a list of texts, one a line, but it is ${show(value)}.`, path };
}

function oneOf(words: readonly string[]): (value: unknown, path: string) => Reading {
  return (value, path) =>
    words.includes(value as string)
      ? { value }
      : { problem: `${path} must be ${words.join(' or ')}, but it is ${show(value)}.`, path };
}

function show(value: unknown): string {
  return value === undefined ? 'empty' : JSON.stringify(value);
}
