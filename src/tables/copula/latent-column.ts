import type { Pieces } from '../../internal/pieces.js';
import { normalDensity, normalQuantile } from '../../statistics/normal.js';

/** A column as a standard normal number that is cut at thresholds: each of its states is what falls between two. */
export interface LatentColumn {
  /** `[S]`: its states, from the least latent number to the greatest. */
  readonly order: Uint32Array;
  /** `[S]`: the place of each state in `order`. */
  readonly placeOf: Uint32Array;
  /** `[S + 1]`: place `p` is between `thresholds[p]` and `thresholds[p + 1]`; from -Infinity to Infinity. */
  readonly thresholds: Float64Array;
  /** `[S]`: mean of the latent number in each place. */
  readonly means: Float64Array;
}

/** Cuts the normal distribution so that each state has its share. */
export function* latentColumn(order: Uint32Array, shares: Float64Array): Pieces<LatentColumn> {
  const states = order.length;
  const placeOf = new Uint32Array(states);
  const thresholds = new Float64Array(states + 1).fill(Number.POSITIVE_INFINITY);
  const means = new Float64Array(states);
  thresholds[0] = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let place = 0; place < states; place += 1) {
    const state = order[place]!;
    placeOf[state] = place;
    sum += shares[state]!;
    if (place + 1 < states) thresholds[place + 1] = sum < 1 ? normalQuantile(sum) : Number.POSITIVE_INFINITY;
    means[place] = (normalDensity(thresholds[place]!) - normalDensity(thresholds[place + 1]!)) / shares[state]!;
    if (place % 2 ** 10 === 0) yield;
  }
  return { order, placeOf, thresholds, means };
}

/** The place in which a latent number falls. */
export function placeOfLatent({ thresholds }: LatentColumn, latent: number): number {
  let [low, high] = [0, thresholds.length - 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (latent < thresholds[middle + 1]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
