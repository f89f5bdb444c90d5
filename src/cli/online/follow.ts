import {
  containerLogs,
  type Event,
  type ExecuteOptions,
  execute,
  isAwsError,
  LogReader,
  type Outcome,
  type Plan,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Session } from './session.ts';

/** Milliseconds between two looks at the logs. */
const pause = 2_000;

/** Carries out a plan and shows meanwhile what its tasks write, but for those that were there before. */
export async function executeFollowing(
  plan: Plan,
  session: Session,
  { definition, before }: { readonly definition: TaskDefinition; readonly before: readonly TaskState[] },
  options: Pick<ExecuteOptions, 'observed' | 'timeout'>,
): Promise<Outcome> {
  const following = followLogs(session, definition, before);
  try {
    return await execute(plan, { ...following.session, ...options });
  } finally {
    await following.end();
  }
}

/** A session that shows what new tasks write beside what it tells. */
interface Following {
  /** The session to wait in: Ctrl-C ends the lines first, and the wait only when it is pressed again. */
  readonly session: Session;
  /** Shows the lines that have come since the last look, and no more. */
  end(): Promise<void>;
}

/** Follows the logs of the tasks that are told of from now on, but for those that were there before. */
function followLogs(session: Session, definition: TaskDefinition, before: readonly TaskState[]): Following {
  const { account, clock, emit, io } = session;
  const known = new Set(before.map(({ arn }) => taskId(arn)));
  const readers: LogReader[] = [];
  const following = new AbortController();
  const waiting = new AbortController();

  const look = async () => {
    for (const reader of readers) {
      for await (const entry of reader.read()) {
        const { container, task } = entry;
        const label = readers.length > 1 ? `${container}/${task.slice(0, 8)}` : container;
        emit({ code: 'log/line', level: 'info', data: { ...entry, label } });
      }
    }
  };
  const follow = async () => {
    while (!following.signal.aborted) {
      await clock.sleep(pause, following.signal);
      try {
        await look();
      } catch (error) {
        if (!isAwsError(error)) throw error;
        if (error.passing) continue;
        // Logs that cannot be read are no reason to leave the task alone.
        emit({ code: 'follow/refused', level: 'warning', data: { message: error.message, help: error.help } });
        return;
      }
    }
  };

  const interrupted = () => {
    following.abort();
    emit({ code: 'follow/stopped', level: 'info', data: {} });
    io.nextInterrupt?.().addEventListener('abort', () => waiting.abort(), { once: true });
  };
  session.signal.addEventListener('abort', interrupted, { once: true });
  const followed = follow();
  return {
    session: {
      ...session,
      signal: waiting.signal,
      emit: (event) => {
        if (event.code === 'task/changed') start(event);
        emit(event);
      },
    },
    async end() {
      session.signal.removeEventListener('abort', interrupted);
      following.abort();
      await followed;
    },
  };

  function start({ data }: Extract<Event, { readonly code: 'task/changed' }>): void {
    if (known.has(data.task)) return;
    known.add(data.task);
    readers.push(new LogReader(account, containerLogs(definition, data.task), {}));
  }
}
