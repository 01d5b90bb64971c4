import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { refuseFile } from '../../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { piecemeal } from '../../../internal/pieces.js';
import { refuse, requirePositive, requireWholeNumber } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { tensorOf } from '../../../saving/document/reader.js';
import type { Recommender, SavedRecommender } from '../../recommender.js';
import { distinctPairsInPieces, type Pairs } from '../distinct-pairs.js';
import { scoresByUser } from '../scores-by-user.js';
import { solveEase } from './solve-ease.js';

/** Options of {@link easeRecommender}. */
export interface EaseOptions {
  /** How strongly weights are drawn to 0, > 0: fewer data want more. Default 500. */
  readonly regularization?: number;
  /** Stops the work; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<EaseOptions> = { regularization: true, signal: true };

/** Most items: 8 bytes for each pair of them while it is solved, in a memory of 4 GB at most. */
const mostItems = 20_000;

/**
 * EASE: how much each item speaks for each other, all at once, in closed form.
 *
 *     min over B of ||X - X B||² + regularization * ||B||², the diagonal of B being 0
 *     P = inverse(X' X + regularization * I),  B[j, i] = -P[j, i] / P[i, i],  score[u, i] = sum over the items j of u of B[j, i]
 *
 * X is 1 where a user has an item; repeated rows and weights do not count. Weights may be below 0. Memory and time depend on the
 * catalogue: of 4,000 items 64 MB stay and 140 MB are used, and it takes the cube of their number. Items that nobody has score 0. A
 * new customer needs no training: {@link foldInUser} adds up rows of B.
 *
 * @param train - Who did what, of at most 20,000 items.
 * @returns A recommender of what goes together in `train`.
 * @throws RangeError when an option is not one of those above, `train` has no rows or there are too many items.
 * @see Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (2019)
 * @example
 * const recommender = await easeRecommender(interactions, { regularization: 10 });
 * recommender.name; // 'ease'
 */
export async function easeRecommender(train: Interactions, options: EaseOptions = {}): Promise<Recommender> {
  const where = 'easeRecommender';
  requireOptions(where, options, names);
  requireInteractions(where, 'train', train);
  const { regularization = 500, signal } = options;
  requirePositive(where, 'regularization', regularization);
  const pause = pauseFor(where, signal);
  if (train.length === 0) refuse(where, 'train', 'have at least one row', train.length);
  requireWholeNumber(where, 'train.items.size', train.items.size, 1, mostItems);
  const pairs = await piecemeal(distinctPairsInPieces(train), pause);
  return weightRecommender('ease', train, await solveEase(pairs, regularization, pause), pairs);
}

function weightRecommender(name: string, train: Interactions, weights: Float32Array, known?: Pairs): Recommender {
  const { users, items } = train;
  const { size } = items;
  let pairs = known && Promise.resolve(known);
  const add = (item: number, scores: Float32Array) => {
    const row = item * size;
    for (let other = 0; other < size; other += 1) scores[other]! += weights[row + other]!;
  };
  return {
    name,
    users,
    items,
    seen: train,
    knowledge: { emptyScore: 0 },
    state: () => ({ kind: 'ease', tensors: { weights: { shape: [size, size], values: weights } } }),
    scoreHistory: async (history) => {
      const scores = new Float32Array(size);
      for (const item of new Set(history)) add(item, scores);
      return scores;
    },
    ...scoresByUser(size, async () => {
      pairs ??= piecemeal(distinctPairsInPieces(train), createPause());
      const { offsets, itemIndices } = await pairs;
      return (user, scores) => {
        for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) add(itemIndices[row]!, scores);
      };
    }),
  };
}

/** Makes it again from its weights. */
export function readEase(saved: SavedRecommender): Recommender {
  const { name, seen } = saved;
  if (!seen) refuseFile("hold what was seen, for 'ease'", seen);
  const { size } = seen.items;
  return weightRecommender(name, seen, tensorOf(saved, 'weights', Float32Array, [size, size]));
}
