import type { AdamFactors } from '../../../kernels/adam-factors.js';
import type { Arena } from '../../../nn/host/arena.js';
import { createDenseNetwork, networkLength } from '../../../nn/host/dense-network.js';
import type { DensePlan } from '../../../nn/host/dense-plan.js';

/** Where the numbers of a learner are, counted from the start of its block. */
export interface LearnerPlaces {
  readonly online: number;
  readonly target: number;
  readonly first: number;
  readonly second: number;
  /** Scaled observations, `[rows, D]`. */
  readonly inputs: number;
  /** Scaled next observations, `[rows, D]`. */
  readonly nextInputs: number;
}

/** Online and target network, Adam's moments and room for a batch, all in one memory. */
export interface Learner {
  readonly rows: number;
  readonly memory: Float32Array;
  readonly places: LearnerPlaces;
  readonly network: ReturnType<typeof createDenseNetwork>;
  /** What lasts from step to step: both networks' parameters and both moments, one behind the other. */
  readonly lasting: Float32Array;
  /** One Adam update of the online network by the network's gradient. */
  update(factors: AdamFactors): void;
}

/** How much memory a learner takes. */
export function learnerLength(plan: DensePlan, rows: number): number {
  return 4 * plan.parameters + 2 * rows * plan.inputs + networkLength(plan, rows);
}

/** Lays a learner out in a block of an arena. */
export function createLearner(plan: DensePlan, arena: Arena, rows: number): Learner {
  const { parameters, inputs } = plan;
  const places: LearnerPlaces = {
    online: 0,
    target: parameters,
    first: 2 * parameters,
    second: 3 * parameters,
    inputs: 4 * parameters,
    nextInputs: 4 * parameters + rows * inputs,
  };
  const length = learnerLength(plan, rows);
  const start = arena.allocate(length);
  const memory = arena.floats(start, length);
  const network = createDenseNetwork(plan, arena.dense, memory, rows, places.nextInputs + rows * inputs);
  const addressOf = (place: number) => start + 4 * place;
  const gradient = addressOf(network.gradient);
  const state = { values: addressOf(places.online), m: addressOf(places.first), v: addressOf(places.second) };
  return {
    rows,
    memory,
    places,
    network,
    lasting: memory.subarray(0, 4 * parameters),
    update: (factors) => arena.dense.adam(state, gradient, parameters, factors),
  };
}
