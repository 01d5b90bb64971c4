import type { DenseRoutines } from '../../kernels/dense/dense-routines.js';
import { plainRoutines } from '../../kernels/dense/plain-routines.js';
import { mapsOf, planDense } from '../../nn/host/dense-plan.js';
import type { Rng } from '../../random/rng.js';
import type { ReplayBatch } from '../replay/create-replay.js';
import type { FullDqnConfig } from './dqn-config.js';
import { createLearner, learnerLength } from './learner.js';
import { type BatchResult, lossGradient } from './loss-gradient.js';
import { nextValues } from './next-values.js';
import { noScaling, type Scaling, scaleInto } from './scaling.js';
import { clipGradient, followOnline } from './update-steps.js';

/** The numbers of a brain besides its networks and moments. */
export interface BrainCounters {
  /** Updates so far. */
  updates: number;
  scaling: Scaling;
}

/** What one update measured, before it. */
export interface UpdateResult extends BatchResult {
  /** `[B]`: target - prediction, in the units of the network. Overwritten by the next update. */
  readonly errors: Float32Array;
}

/** The networks of an agent and their learning, on the host. */
export type Brain = ReturnType<typeof createBrain>;

export function createBrain(config: FullDqnConfig, rng: Rng) {
  const plan = planDense({ ...config, inputs: config.observationSize, outputs: config.actions });
  const rows = config.batchSize;
  const length = learnerLength(plan, rows);
  let learner = createLearner(plan, plainRoutines(length), rows);
  const counters: BrainCounters = { updates: 0, scaling: noScaling(plan.inputs) };
  const [targets, errors] = [new Float32Array(rows), new Float32Array(rows)];
  initialize(learner.lasting, plan, rng);

  const writeTargets = (batch: ReplayBatch): void => {
    nextValues(learner, batch, config.double, targets);
    for (let row = 0; row < rows; row += 1) {
      targets[row] = batch.rewards[row]! / counters.scaling.reward + batch.discounts[row]! * targets[row]!;
    }
  };
  return {
    plan,
    counters,
    /** Lasting numbers: online and target network, first and second moments. */
    lasting: () => learner.lasting,
    /** Goes on with other routines, from the same numbers. */
    moveTo: (makeRoutines: (length: number, widest: number) => DenseRoutines): void => {
      const widest = Math.max(rows, ...mapsOf(plan).flatMap(({ inputs, outputs }) => [inputs, outputs]));
      const moved = createLearner(plan, makeRoutines(length, widest), rows);
      moved.lasting.set(learner.lasting);
      learner = moved;
    },
    /** `[count, A]` values in the units of the network, of at most a batch of observations; the next call overwrites them. */
    values: (observations: ArrayLike<number>, count: number): Float32Array => {
      const { memory, network, places } = learner;
      scaleInto(memory, places.inputs, counters.scaling, observations, count);
      network.forward(places.online, places.inputs, count);
      return memory.subarray(network.output, network.output + count * plan.outputs);
    },
    update: (batch: ReplayBatch): UpdateResult => {
      const { memory, network, places } = learner;
      scaleInto(memory, places.nextInputs, counters.scaling, batch.nextObservations, rows);
      scaleInto(memory, places.inputs, counters.scaling, batch.observations, rows);
      writeTargets(batch);
      network.forward(places.online, places.inputs, rows);
      const result = lossGradient(learner, batch, targets, config, errors);
      network.backward(places.online, places.inputs, rows);
      clipGradient(learner, config.gradientClipping);
      counters.updates += 1;
      learner.update(adamNumbers(config, counters.updates));
      followOnline(learner, config.targetUpdate, counters.updates);
      return { ...result, errors };
    },
  };
}

function adamNumbers({ optimizer }: FullDqnConfig, update: number) {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
  return { learningRate, beta1, beta2, epsilon, correction1: 1 - beta1 ** update, correction2: 1 - beta2 ** update };
}

// Glorot's uniform weights and biases of 0, the same in both networks; moments of 0.
function initialize(lasting: Float32Array, plan: ReturnType<typeof planDense>, rng: Rng): void {
  for (const { weights, inputs, outputs } of mapsOf(plan)) {
    const limit = Math.sqrt(6 / (inputs + outputs));
    for (let at = 0; at < inputs * outputs; at += 1) lasting[weights + at] = limit * (2 * rng.uniform() - 1);
  }
  lasting.copyWithin(plan.parameters, 0, plan.parameters);
}
