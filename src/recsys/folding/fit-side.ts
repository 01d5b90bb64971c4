import { createPause } from '../../internal/pause.js';
import { requireNonNegative, requirePositive, requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import type { CategoricalFeature } from '../../nn/embedding/inputs/features.js';
import { createInputPlanner } from '../../nn/embedding/inputs/plan-inputs.js';
import { headLoss } from '../../nn/embedding/losses/head-loss.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { createRng, type Rng } from '../../random/rng.js';
import { createNetworkRunner } from '../blocks/network-runner.js';
import type { FitOptions } from './fold-in-options.js';
import { fillWith, type SideBlocks } from './side-blocks.js';

/** Moves the embeddings of a user or item so that its positives score above others, by the loss of the model's head. */
export async function fitSide(
  where: string,
  model: EmbeddingModel,
  side: SideBlocks,
  positives: Int32Array,
  options: FitOptions,
): Promise<void> {
  const { steps, learningRate, negatives, regularization, seed } = checkFitOptions(where, options);
  const { signal } = options;
  const pause = createPause(8, signal);
  const { owner } = side;
  const other = owner === 'user' ? 'item' : 'user';
  const { size, unknownIndex } = (model.features[other] as CategoricalFeature).vocabulary;
  const rng = createRng(seed).stream('negatives');
  const [planner, runner, loss] = [createInputPlanner(model), createNetworkRunner(model), headLoss(model.head)];
  const learned = side.leaves.filter(({ feature }) => feature === owner);
  const updates = new Map(learned.map(({ place, size }) => [place, createAdam(size, learningRate)]));
  // The index for unknown ids stands for nobody who could have been chosen.
  const own = new Set(unknownIndex < 0 ? positives : [...positives, unknownIndex]);
  const labels = new Float32Array(positives.length * (1 + negatives)).fill(1, 0, positives.length);
  for (let step = 0; step < steps; step += 1) {
    signal?.throwIfAborted();
    await pause();
    const others = withNegatives(positives, labels.length, own, size, rng);
    const rows = { [owner]: new Int32Array(others.length), [other]: others };
    const inputs = planner.rows(where, rows, others.length, owner === 'user');
    const slopes = await runner.slopes(inputs, fillWith(model, inputs, side), loss, labels);
    for (const { place } of learned) {
      const [block, slope] = [side.blocks[place]!, slopes[place]!];
      updates.get(place)!(
        block,
        slope.map((value, at) => value + regularization * block[at]!),
      );
    }
  }
}

// Any that are not positives; where everything is, any at all.
function withNegatives(
  positives: Int32Array,
  count: number,
  own: ReadonlySet<number>,
  size: number,
  rng: Rng,
): Int32Array {
  const others = new Int32Array(count);
  others.set(positives);
  for (let at = positives.length; at < count; at += 1) {
    let drawn = rng.integer(size);
    while (own.size < size && own.has(drawn)) drawn = rng.integer(size);
    others[at] = drawn;
  }
  return others;
}

// Kingma and Ba's update of one block.
function createAdam(size: number, learningRate: number): (block: Float32Array, gradient: Float32Array) => void {
  const [first, second] = [new Float64Array(size), new Float64Array(size)];
  let [firstPower, secondPower] = [1, 1];
  return (block, gradient) => {
    firstPower *= 0.9;
    secondPower *= 0.999;
    for (let at = 0; at < size; at += 1) {
      const slope = gradient[at]!;
      first[at] = 0.9 * first[at]! + 0.1 * slope;
      second[at] = 0.999 * second[at]! + 0.001 * slope * slope;
      const scale = Math.sqrt(second[at]! / (1 - secondPower)) + 1e-7;
      block[at]! -= (learningRate * first[at]!) / (1 - firstPower) / scale;
    }
  };
}

/** Fills in the defaults and refuses what is out of range. */
export function checkFitOptions(where: string, options: FitOptions): Required<Omit<FitOptions, 'signal'>> {
  const { steps = 100, learningRate = 0.05, negatives = 4, regularization = 0.001, seed = 0, signal } = options;
  requirePositiveInteger(where, 'steps', steps);
  requirePositiveInteger(where, 'negatives', negatives);
  requirePositive(where, 'learningRate', learningRate);
  requireNonNegative(where, 'regularization', regularization);
  requireSeed(where, seed);
  requireSignal(where, signal);
  signal?.throwIfAborted();
  return { steps, learningRate, negatives, regularization, seed };
}
