import {
  createDqn,
  type DqnOptions,
  dqnSteps,
  inventoryEnvironment,
  type NumericArray,
  poissonDemand,
  trainDqn,
} from 'minimart';
import type { Trial } from '../trainers.js';

const shop = () => inventoryEnvironment({ demand: poissonDemand(3), leadTime: 2, holding: 1, penalty: 4, horizon: 12 });

/** A small shop: sums of three steps, a replay with priorities, two heads. */
export function dqnTrial(): Trial {
  const environment = shop();
  const { observationSpace, actionSpace } = environment;
  const sizes = { observationSize: observationSpace.low.length, actions: actionSpace.size };
  const learning = { batchSize: 8, replaySize: 200, nStep: 3, prioritized: true, dueling: true };
  const agent = createDqn({ ...sizes, ...learning, hidden: [16], seed: 1 });
  // Defaults that follow from the number of steps are told, so that runs of any length are one run.
  const options: Omit<DqnOptions, 'steps'> = {
    ...{ agent, environment, learningStarts: 10, reportEvery: 5, seed: 2, exploringStarts: 0.2 },
    validation: { environment: shop(), every: 40, episodes: 2 },
  };
  return {
    train: (told) => trainDqn({ ...options, ...told }),
    iterate: (told) => dqnSteps({ ...options, ...told }),
    numbers: async () => numbersIn(agent.state()),
    free: () => {},
  };
}

/** Every array and every number of plain data, in its order. */
function numbersIn(value: unknown): NumericArray[] {
  if (ArrayBuffer.isView(value)) return [value as NumericArray];
  if (typeof value === 'number') return [Float64Array.of(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}
