import type { Interactions } from '../../../data/interactions.js';
import { createPause } from '../../../internal/pause.js';
import { inStretches, piecemeal } from '../../../internal/pieces.js';
import { createRng } from '../../../random/rng.js';
import { factorRecommender } from '../factor-recommender.js';
import { groupByItemInPieces } from '../group-by-item.js';
import { type AlsFitter, type AlsSides, plainFitter } from './als-fitter.js';
import { checkAlsOptions, type ImplicitAlsOptions, type ImplicitAlsResult } from './als-options.js';
import type { AlsSettings, AlsSide } from './als-side.js';
import type { LeastSquares } from './least-squares.js';

type LeastSquaresOptions = Pick<
  ImplicitAlsOptions,
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
 * An epoch solves for every user's vector with the items' held, then the other way round, exactly. Each row
 * is one observation: with rows that repeat a pair the pair counts as often. Confidence `c` is 1 unless `confidence`
 * says otherwise. It works on the host in double precision, whatever the backend, on all threads that `useBackend('wasm')` has
 * started; their number changes no bit. An epoch takes about (N D^2 / 2 + (U + I) D^3 / 6) multiplications for each side, N the
 * rows and D the factors. Hard to beat as a baseline, if its regularization and
 * its weight of the unobserved are chosen on held-out data: their best values differ much between shops.
 *
 * @param options - See {@link ImplicitAlsOptions}.
 * @returns A recommender whose `factors()` are the vectors, and the reports.
 * @throws RangeError when an option is out of its range or `interactions` has no rows. Rejects with the signal's reason when
 *   it is aborted.
 * @see Hu et al., "Collaborative Filtering for Implicit Feedback Datasets" (2008)
 * @see Rendle et al., "Revisiting the Performance of iALS on Item Recommendation Benchmarks" (2021),
 *   https://arxiv.org/abs/2110.14037
 * @example
 * const { recommender, history } = await trainImplicitAls({ interactions, factors: 8, epochs: 4, seed: 1 });
 * recommender.name; // 'implicitAls'
 * history.length; // 4
 */
export async function trainImplicitAls(options: ImplicitAlsOptions): Promise<ImplicitAlsResult> {
  const settings = checkAlsOptions(options);
  const { interactions, factors, epochs, signal, onProgress } = settings;
  const turn = createPause(8, signal);
  const pause = async () => {
    await turn();
    signal?.throwIfAborted();
  };
  signal?.throwIfAborted();
  const { userSide, itemSide } = await createSides(interactions, settings, pause);
  const parts = {
    name: 'implicitAls',
    users: interactions.users,
    items: interactions.items,
    factors: { size: factors, users: userSide.vectors, items: itemSide.vectors },
    seen: interactions,
  };
  const recommender = factorRecommender(parts);
  const sides = { users: userSide, items: itemSide };
  const fitter = await openFitter(sides, settings, pause);
  const history: ImplicitAlsResult['history'][number][] = [];
  try {
    for (let epoch = 1; epoch <= epochs; epoch += 1) {
      const users = await fitSide(fitter, 'users', userSide, pause);
      const items = await fitSide(fitter, 'items', itemSide, pause);
      const report = { epoch, epochs, change: Math.sqrt((users.moved + items.moved) / (users.length + items.length)) };
      history.push(report);
      await onProgress?.(report, recommender);
    }
  } finally {
    fitter.close();
  }
  // Only the finished one says how it was fitted: during the run its vectors still change.
  const leastSquares = leastSquaresOf(settings, userSide.confidences);
  return { recommender: factorRecommender({ ...parts, leastSquares }), history };
}

// By the wasm routines, or in plain loops where the host cannot run them.
async function openFitter(sides: AlsSides, settings: AlsSettings, pause: () => Promise<void>): Promise<AlsFitter> {
  const { wasmFitter } = await import('./wasm-als-fitter.js');
  return (await wasmFitter(sides, settings, pause)) ?? plainFitter(sides, settings);
}

// Solves for every vector of a side; sums the squares of what they moved, and of what they are.
async function fitSide(fitter: AlsFitter, name: keyof AlsSides, { vectors }: AlsSide, pause: () => Promise<void>) {
  const before = vectors.slice();
  await fitter.fit(name, pause);
  let [moved, length] = [0, 0];
  const add = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      moved += (vectors[at]! - before[at]!) ** 2;
      length += vectors[at]! ** 2;
    }
  };
  await piecemeal(inStretches(vectors.length, add), pause);
  return { moved, length };
}

function leastSquaresOf(settings: Required<LeastSquaresOptions>, confidences: Float32Array): LeastSquares {
  const { regularization, regularizationExponent, unobservedWeight, confidence } = settings;
  return { regularization, regularizationExponent, unobservedWeight, confidences, confidence };
}

async function createSides(
  train: Interactions,
  options: Required<Pick<ImplicitAlsOptions, 'factors' | 'initialScale' | 'seed' | 'confidence'>>,
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
