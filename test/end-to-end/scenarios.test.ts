import { afterAll, beforeAll, describe } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator.ts';
import { coreScenarios } from './scenarios.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ speed: 100 });
});
afterAll(() => simulator.close());

describe('against the simulator', () => {
  coreScenarios(() => ({ AWS_ENDPOINT_URL: simulator.endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' }));
});
