import { findNonFinite } from '../../../internal/finite.js';
import { adamFactors } from '../../../kernels/adam-factors.js';
import { type Arena, plainArena } from '../../../nn/host/arena.js';
import { mapsOf, planDense } from '../../../nn/host/dense-plan.js';
import type { Rng } from '../../../random/rng.js';
import type { ReplayBatch } from '../../replay/transition-store.js';
import { createLearner, type Learner, learnerLength } from '../learning/learner.js';
import { type BatchResult, lossGradient } from '../learning/loss-gradient.js';
import { nextValues } from '../learning/next-values.js';
import { noScaling, type Scaling, type SeenRange, scaleInto } from '../learning/scaling.js';
import { clipGradient, followOnline } from '../update-steps.js';
import type { FullDqnConfig } from './dqn-config.js';

/** The numbers of a brain besides its networks and moments. */
export interface BrainCounters {
  /** Updates so far. */
  updates: number;
  scaling: Scaling;
  /** What was learned from; missing before learning, and where weights came from elsewhere. */
  range?: SeenRange;
}

/** What is not finite, and in which layer, as `mapsOf` counts them. */
interface BrokenNumber {
  readonly value: number;
  readonly layer?: number;
}

/** What one update measured, before it. */
export interface UpdateResult extends BatchResult {
  /** `[B]`: target - prediction, in the units of the network. Overwritten by the next update. */
  readonly errors: Float32Array;
  /** What was not finite; the networks are then as they were before. */
  readonly broken?: BrokenNumber & { readonly what: 'loss' | 'weights' };
}

/** The networks of an agent and their learning, on the host. */
export type Brain = ReturnType<typeof createBrain>;

export function createBrain(config: FullDqnConfig, rng: Rng) {
  const plan = planOf(config);
  const rows = config.batchSize;
  const length = learnerLength(plan, rows);
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = config.optimizer;
  const optimizer = { learningRate, beta1, beta2, epsilon };
  let learner = createLearner(plan, plainArena(length), rows);
  const counters: BrainCounters = { updates: 0, scaling: noScaling(plan.inputs) };
  const [targets, errors] = [new Float32Array(rows), new Float32Array(rows)];
  const before = new Float32Array(learner.lasting.length);
  initialize(learner.lasting, plan, rng);

  const writeTargets = (batch: ReplayBatch): void => {
    const { reward, baseline } = counters.scaling;
    // Where nothing can be done, nothing more is earned.
    nextValues(learner, batch, config.double, -baseline / reward, targets);
    for (let row = 0; row < rows; row += 1) {
      const discount = batch.discounts[row]!;
      targets[row] = (batch.rewards[row]! - (1 - discount) * baseline) / reward + discount * targets[row]!;
    }
  };
  return {
    plan,
    counters,
    /** Lasting numbers: online and target network, first and second moments. */
    lasting: () => learner.lasting,
    /** How many numbers a learner takes of an arena, and the longest side of its products. */
    room: { length, widest: Math.max(rows, ...mapsOf(plan).flatMap(({ inputs, outputs }) => [inputs, outputs])) },
    /** Goes on in another arena, from the same numbers. */
    moveTo: (arena: Arena): void => {
      const moved = createLearner(plan, arena, rows);
      moved.lasting.set(learner.lasting);
      learner = moved;
    },
    /**
     * `[count, A]` values in the units of the network, of at most a batch of observations; the next call overwrites them.
     * An observation outside what was learned from counts as the nearest inside: a network's answers out there mean nothing.
     */
    values: (observations: ArrayLike<number>, count: number): Float32Array => {
      const { memory, network, places } = learner;
      scaleInto(memory, places.inputs, counters.scaling, observations, count, counters.range);
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
      if (!Number.isFinite(result.loss)) return { ...result, errors, broken: { what: 'loss', value: result.loss } };
      network.backward(places.online, places.inputs, rows);
      clipGradient(learner, config.gradientClipping);
      before.set(learner.lasting);
      const number = counters.updates + 1;
      learner.update(adamFactors(optimizer, number));
      followOnline(learner, config.targetUpdate, number);
      const broken = firstNonFinite(learner);
      if (broken) {
        learner.lasting.set(before);
        return { ...result, errors, broken: { what: 'weights', ...broken } };
      }
      counters.updates = number;
      return { ...result, errors };
    },
  };
}

// A weight or a moment, or what the weights make of one row of the batch: large weights are finite, their products not.
function firstNonFinite({ lasting, memory, network, places }: Learner): BrokenNumber | undefined {
  const { plan } = network;
  const bad = findNonFinite(lasting);
  if (bad >= 0) {
    const place = bad % plan.parameters;
    const layer = mapsOf(plan).findIndex(({ bias, outputs }) => place < bias + outputs);
    return { value: lasting[bad]!, layer };
  }
  network.forward(places.online, places.inputs, 1);
  const outputs = memory.subarray(network.output, network.output + plan.outputs);
  const infinite = findNonFinite(outputs);
  return infinite < 0 ? undefined : { value: outputs[infinite]! };
}

// Glorot's uniform weights and biases of 0, the same in both networks; moments of 0.
function initialize(lasting: Float32Array, plan: ReturnType<typeof planDense>, rng: Rng): void {
  for (const { weights, inputs, outputs } of mapsOf(plan)) {
    const limit = Math.sqrt(6 / (inputs + outputs));
    for (let at = 0; at < inputs * outputs; at += 1) lasting[weights + at] = limit * (2 * rng.uniform() - 1);
  }
  lasting.copyWithin(plan.parameters, 0, plan.parameters);
}

/** How an agent's networks are laid out. */
export function planOf(config: FullDqnConfig) {
  return planDense({ ...config, inputs: config.observationSize, outputs: config.actions });
}
