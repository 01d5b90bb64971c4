import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { requireProbability, requireWholeNumber } from '../../internal/require.js';
import { isFilled } from '../completion.js';
import type { Recommender } from '../recommender.js';
import type { Chosen } from './choice.js';
import { itemLikeness } from './item-likeness.js';
import type { RecommendOptions } from './recommend-options.js';

const names: OptionNames<NonNullable<RecommendOptions['diversify']>> = { strength: true, pool: true };

/** Checks what needs no list. */
export function requireDiversify(
  where: string,
  diversify: NonNullable<RecommendOptions['diversify']> | undefined,
): void {
  if (diversify === undefined) return;
  requireOptions(where, diversify, names, 'diversify');
  requireProbability(where, 'diversify.strength', diversify.strength);
}

/** How many items a list of `k` is chosen from. */
export function poolSize(
  where: string,
  k: number,
  diversify: NonNullable<RecommendOptions['diversify']> | undefined,
): number {
  if (!diversify) return k;
  const { pool = 10 * k } = diversify;
  requireWholeNumber(where, 'diversify.pool', pool, k);
  return pool;
}

/** Chooses `k` of some items by maximal marginal relevance, those by popularity behind the others; returns their places. */
export async function spread(
  where: string,
  recommender: Recommender,
  { items, keys }: Chosen,
  k: number,
  strength: number,
): Promise<Int32Array> {
  const pause = createPause();
  const likeness = await itemLikeness(where, recommender);
  const own = keys.findIndex(isFilled);
  const border = own < 0 ? keys.length : own;
  const relevance = Float64Array.from([
    ...toUnitRange(keys.subarray(0, border)),
    ...toUnitRange(keys.subarray(border)),
  ]);
  // Likeness of each item to the nearest of those chosen. None is chosen yet: the first is the best of all.
  const nearest = new Float64Array(items.length).fill(Number.NEGATIVE_INFINITY);
  const isChosen = new Uint8Array(items.length);
  const chosen = new Int32Array(Math.min(k, items.length));
  for (let count = 0; count < chosen.length; count += 1) {
    const end = count < border ? border : items.length;
    const next = count === 0 ? 0 : bestPlace(relevance.subarray(0, end), nearest, isChosen, strength);
    chosen[count] = next;
    isChosen[next] = 1;
    for (let place = 0; place < items.length; place += 1) {
      if ((place & 255) === 0) await pause();
      if (isChosen[place]) continue;
      nearest[place] = Math.max(nearest[place]!, likeness(items[place]!, items[next]!) ?? 0);
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

// Keys come best first. Equal ones are all as relevant as can be.
function toUnitRange(keys: Float64Array): Float64Array {
  const [low, high] = [keys[keys.length - 1] ?? 0, keys[0] ?? 0];
  return keys.map((key) => (high > low ? (key - low) / (high - low) : 1));
}
