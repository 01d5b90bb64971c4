import type { AdamNumbers, DenseRoutines } from '../../kernels/dense/dense-routines.js';
import { createDenseNetwork, networkLength } from '../../nn/host/dense-network.js';
import type { DensePlan } from '../../nn/host/dense-plan.js';

/** Where the numbers of a learner are, counted from the start of its memory. */
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
  update(factors: AdamNumbers): void;
}

/** How much memory a learner takes. */
export function learnerLength(plan: DensePlan, rows: number): number {
  return 4 * plan.parameters + 2 * rows * plan.inputs + networkLength(plan, rows);
}

/** Lays a learner out in the memory of some routines. */
export function createLearner(plan: DensePlan, routines: DenseRoutines, rows: number): Learner {
  const { parameters, inputs } = plan;
  const places: LearnerPlaces = {
    online: 0,
    target: parameters,
    first: 2 * parameters,
    second: 3 * parameters,
    inputs: 4 * parameters,
    nextInputs: 4 * parameters + rows * inputs,
  };
  const network = createDenseNetwork(plan, routines, rows, places.nextInputs + rows * inputs);
  const { memory } = routines;
  return {
    rows,
    memory,
    places,
    network,
    lasting: memory.subarray(0, 4 * parameters),
    update: (factors) => {
      routines.adam(places.online, places.first, places.second, network.gradient, parameters, factors);
    },
  };
}
