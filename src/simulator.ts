export { AccountFileError, defaultStateFile } from './simulator/account-file.ts';
export { type Behaviour, type BehaviourProblem, type PullFailure, readBehaviour } from './simulator/behaviour.ts';
export type { Fault, FaultKind } from './simulator/faults.ts';
export { type RecordedCall, type Simulator, type SimulatorOptions, startSimulator } from './simulator/server.ts';
