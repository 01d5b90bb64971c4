import { refuse, requireBetween } from '../../internal/require.js';
import type { Recommender } from '../recommender.js';
import { itemLikeness } from './item-likeness.js';
import type { Diversify } from './recommend-options.js';

/** How many items a list of `k` is chosen from. */
export function poolSize(where: string, k: number, diversify: Diversify | undefined): number {
  if (!diversify) return k;
  const { strength, pool = 10 * k } = diversify;
  requireBetween(where, 'diversify.strength', strength, 0, 1, { closed: true });
  if (!(Number.isSafeInteger(pool) && pool >= k)) refuse(where, 'diversify.pool', `be an integer >= k = ${k}`, pool);
  return pool;
}

/** Chooses `k` of some items by maximal marginal relevance; returns their places. */
export async function spread(
  where: string,
  recommender: Recommender,
  items: Int32Array,
  scores: Float32Array,
  k: number,
  strength: number,
): Promise<Int32Array> {
  const likeness = await itemLikeness(where, recommender);
  const relevance = toUnitRange(scores);
  // Likeness of each item to the nearest of those chosen. None is chosen yet: the first is the best of all.
  const nearest = new Float64Array(items.length).fill(Number.NEGATIVE_INFINITY);
  const isChosen = new Uint8Array(items.length);
  const chosen = new Int32Array(Math.min(k, items.length));
  for (let count = 0; count < chosen.length; count += 1) {
    const next = count === 0 ? 0 : bestPlace(relevance, nearest, isChosen, strength);
    chosen[count] = next;
    isChosen[next] = 1;
    for (let place = 0; place < items.length; place += 1) {
      if (isChosen[place]) continue;
      nearest[place] = Math.max(nearest[place]!, likeness(items[place]!, items[next]!));
    }
  }
  return chosen;
}

function bestPlace(relevance: Float64Array, nearest: Float64Array, isChosen: Uint8Array, strength: number): number {
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < relevance.length; place += 1) {
    if (isChosen[place]) continue;
    const value = (1 - strength) * relevance[place]! - strength * nearest[place]!;
    if (best < 0 || value > highest) [best, highest] = [place, value];
  }
  return best;
}

// Scores come best first. Equal ones are all as relevant as can be.
function toUnitRange(scores: Float32Array): Float64Array {
  const [low, high] = [scores[scores.length - 1] ?? 0, scores[0] ?? 0];
  return Float64Array.from(scores, (score) => (high > low ? (score - low) / (high - low) : 1));
}
