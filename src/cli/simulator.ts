/** What starts the simulator, which is in a bundle of its own, without the SDK, loaded when a command asks for it. */
export { startSimulation } from './online/simulation.ts';
export { serve } from './simulator/serve.ts';
