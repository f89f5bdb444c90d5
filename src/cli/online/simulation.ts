import { plain } from '../../parser/compose/plain.ts';
import {
  AccountFileError,
  type Behaviour,
  defaultStateFile,
  readBehaviour,
  type Simulator,
  startSimulator,
} from '../../simulator.ts';
import type { OnlineContext } from './context.ts';
import type { OnlineEvent } from './event.ts';

/**
 * Starts the simulator in this process, on the account that the options name and with the behaviours that `x-simulate`
 * gives to containers. undefined where it could not be started, which has been said then.
 */
export async function startSimulation(
  { io, options, task }: OnlineContext,
  emit: (event: OnlineEvent) => void,
): Promise<Simulator | undefined> {
  const behaviours: Record<string, Behaviour> = {};
  let valid = true;
  for (const [container, node] of task.simulate) {
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
  const stateFile = options.simulateState ?? defaultStateFile(io.host.environment, process.platform);
  try {
    return await startSimulator({
      behaviours,
      ...(stateFile === undefined ? {} : { stateFile }),
      ...(options.simulateSpeed === undefined ? {} : { speed: options.simulateSpeed }),
    });
  } catch (error) {
    if (!(error instanceof AccountFileError)) throw error;
    emit({ code: 'simulate/no-account', level: 'error', data: { message: error.message } });
    return undefined;
  }
}
