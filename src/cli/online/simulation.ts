import { plain } from '../../parser/compose/plain.ts';
import {
  AccountFileError,
  type Behaviour,
  defaultStateFile,
  readBehaviour,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator.ts';
import type { Task } from '../../transformer/task.ts';
import type { AccountContext } from './context.ts';
import type { OnlineEvent } from './event.ts';

/**
 * Starts the simulator for one command, on the account that the options name, which outlives it. undefined where it
 * could not be started, which has been said then.
 */
export function startSimulation(
  { io, options, task }: AccountContext,
  emit: (event: OnlineEvent) => void,
): Promise<Simulator | undefined> {
  const stateFile = options.simulateState ?? defaultStateFile(io.host.environment, process.platform);
  return openSimulator(task?.simulate ?? new Map(), { stateFile, speed: options.simulateSpeed }, emit);
}

/**
 * Starts a simulator in which containers behave as `x-simulate` says. undefined where that is wrong or the account's
 * file cannot be used, which has been said then. Throws the error of a port that cannot be had.
 */
export async function openSimulator(
  simulate: Task['simulate'],
  { stateFile, speed, port }: { [K in 'stateFile' | 'speed' | 'port']?: SimulatorOptions[K] | undefined },
  emit: (event: OnlineEvent) => void,
): Promise<Simulator | undefined> {
  const behaviours: Record<string, Behaviour> = {};
  let valid = true;
  for (const [container, node] of simulate) {
    const behaviour = readBehaviour(plain(node));
    if ('problem' in behaviour) {
      valid = false;
      const data = { container, problem: behaviour.problem, source: node.source };
      emit({ code: 'simulate/invalid', level: 'error', data });
    } else {
      behaviours[container] = behaviour;
    }
  }
  if (!valid) return undefined;
  try {
    return await startSimulator({
      behaviours,
      ...(stateFile === undefined ? {} : { stateFile }),
      ...(speed === undefined ? {} : { speed }),
      ...(port === undefined ? {} : { port }),
    });
  } catch (error) {
    if (!(error instanceof AccountFileError)) throw error;
    emit({ code: 'simulate/no-account', level: 'error', data: { message: error.message } });
    return undefined;
  }
}
