import type { Interactions } from '../../data/interactions.js';
import { createPause } from '../../internal/pause.js';
import { inStretches, piecemeal } from '../../internal/pieces.js';
import { createRng } from '../../random/rng.js';
import { factorRecommender } from '../factor-recommender.js';
import type { LeastSquares, Recommender } from '../recommender.js';
import { type AlsOptions, type AlsProgress, checkAlsOptions } from './als-options.js';
import { type AlsSide, computeGram, createAlsWorkspace, fitRow } from './als-side.js';
import { groupByItemInPieces } from './group-by-item.js';

type LeastSquaresOptions = Pick<
  AlsOptions,
  'regularization' | 'regularizationExponent' | 'unobservedWeight' | 'confidence'
>;

/**
 * Implicit ALS: factors users and items by alternating least squares on what was and was not bought.
 *
 *     minimize  sum over observed (u, i) of c (1 - x_u . y_i)^2
 *             + unobservedWeight * sum over all (u, i) of (x_u . y_i)^2
 *             + sum over u of r_u |x_u|^2 + sum over i of r_i |y_i|^2
 *     r_u = regularization * (rows of u + unobservedWeight * number of items)^regularizationExponent
 *     r_i = regularization * (rows of i + unobservedWeight * number of users)^regularizationExponent
 *
 * An epoch solves for every user's vector with the items' held, then the other way round, exactly. Each row of `train`
 * is one observation: with rows that repeat a pair the pair counts as often. Confidence `c` is 1 unless `confidence`
 * says otherwise. It works in plain typed arrays, whatever the backend; an epoch takes about (N D^2 + (U + I) D^3 / 6)
 * multiplications for each side, N the rows and D the factors. Hard to beat as a baseline, if its regularization and
 * its weight of the unobserved are chosen on held-out data: their best values differ much between shops.
 *
 * @param train - Who did what. Users and items without a row get the vector zero: nothing is known of them, and
 *   {@link recommend} goes by popularity.
 * @returns A recommender whose `factors()` are the vectors.
 * @throws RangeError when an option is out of its range or `train` has no rows. Rejects with the signal's reason when it
 *   is aborted.
 * @see Hu et al., "Collaborative Filtering for Implicit Feedback Datasets" (2008)
 * @see Rendle et al., "Revisiting the Performance of iALS on Item Recommendation Benchmarks" (2021),
 *   https://arxiv.org/abs/2110.14037
 * @example
 * const recommender = await implicitAls(interactions, { factors: 8, epochs: 4, seed: 1 });
 * recommender.name; // 'implicitAls'
 */
export async function implicitAls(train: Interactions, options: AlsOptions = {}): Promise<Recommender> {
  const settings = checkAlsOptions(train, options);
  const { factors, epochs, signal, onProgress } = settings;
  const pause = createPause(16, signal);
  signal?.throwIfAborted();
  const { userSide, itemSide } = await createSides(train, settings, pause);
  const [users, items] = [userSide.vectors, itemSide.vectors];
  const recommender = factorRecommender({
    name: 'implicitAls',
    users: train.users,
    items: train.items,
    factors: { size: factors, users, items },
    seen: train,
  });
  const workspace = createAlsWorkspace(factors);
  const fitSide = async (side: AlsSide, others: Float32Array) => {
    await computeGram(workspace, others, factors, pause);
    for (let row = 0; row < side.offsets.length - 1; row += 1) {
      await pause();
      signal?.throwIfAborted();
      await fitRow(side, row, others, settings, workspace, pause);
    }
  };
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    await fitSide(userSide, items);
    await fitSide(itemSide, users);
    const progress: AlsProgress = { epoch, epochs, recommender };
    await onProgress?.(progress);
  }
  // Only the finished one says how it was fitted: during the run its vectors still change.
  return { ...recommender, leastSquares: leastSquaresOf(settings, userSide.confidences) };
}

function leastSquaresOf(settings: Required<LeastSquaresOptions>, confidences: Float32Array): LeastSquares {
  const { regularization, regularizationExponent, unobservedWeight, confidence } = settings;
  return { regularization, regularizationExponent, unobservedWeight, confidences, confidence };
}

async function createSides(
  train: Interactions,
  options: Required<Pick<AlsOptions, 'factors' | 'initialScale' | 'seed' | 'confidence'>>,
  pause: () => Promise<void>,
) {
  const { factors, initialScale, seed, confidence } = options;
  const { ofUsers, ofItems } = await piecemeal(observations(train, confidence), pause);
  const items = new Float32Array(train.items.size * factors);
  const scale = initialScale / Math.sqrt(factors);
  const rng = createRng(seed).stream('items');
  for (let first = 0; first < items.length; first += 8192) {
    const part = rng.fillNormal(items.subarray(first, first + 8192));
    for (let at = 0; at < part.length; at += 1) part[at]! *= scale;
    await pause();
  }
  const userSide: AlsSide = { ...ofUsers, vectors: new Float32Array(train.users.size * factors) };
  const itemSide: AlsSide = { ...ofItems, vectors: items };
  return { userSide, itemSide };
}

// What users and items have of each other, each with its confidence.
function* observations({ weights, ...train }: Interactions, confidence: (weight: number) => number) {
  const { offsets, userIndices, rows } = yield* groupByItemInPieces(train);
  const [own, others] = [new Float32Array(train.length), new Float32Array(train.length)];
  yield* inStretches(train.length, (from, to) => {
    for (let row = from; row < to; row += 1) own[row] = confidence(weights[row]!);
  });
  yield* inStretches(train.length, (from, to) => {
    for (let place = from; place < to; place += 1) others[place] = own[rows[place]!]!;
  });
  return {
    ofUsers: { offsets: train.offsets, others: train.itemIndices, confidences: own },
    ofItems: { offsets, others: userIndices, confidences: others },
  };
}
