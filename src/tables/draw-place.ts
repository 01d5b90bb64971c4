import type { Rng } from '../random/rng.js';

/**
 * Draws a place from `from` to before `to`, each as often as its weight. Never one of weight 0, which conditions rely on.
 *
 * @param sums - Running sums of the weights, the first of them that of `from` alone; the last is above 0.
 */
export function drawPlace(sums: Float64Array, from: number, to: number, rng: Rng): number {
  // Below the whole sum, also when rounded: uniform() is at most 1 - 2^-53.
  const target = rng.uniform() * sums[to - 1]!;
  let [low, high] = [from, to - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Turns weights into running sums, in place; returns them. */
export function runningSums(weights: Float64Array): Float64Array {
  for (let place = 1; place < weights.length; place += 1) weights[place]! += weights[place - 1]!;
  return weights;
}
