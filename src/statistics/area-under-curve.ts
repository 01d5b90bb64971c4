import { sortInParts } from '../internal/sort-in-parts.js';
import type { Estimate } from './estimate.js';
import { upperNormal } from './normal.js';

/** An area under the ROC curve, and the variance of its estimate. */
export interface CurveArea {
  readonly value: number;
  readonly variance: number;
}

/**
 * The area under the ROC curve: how likely a positive row has a higher score than a negative one, ties counting half; with DeLong's
 * variance, that of the rows being other ones of the same kinds.
 *
 * @param positives - Scores of one kind, 1 or more; sorted in place.
 * @param negatives - Scores of the other kind, 1 or more; sorted in place.
 * @see DeLong, DeLong and Clarke-Pearson, "Comparing the Areas under Two or More Correlated Receiver Operating Characteristic
 *   Curves: A Nonparametric Approach" (1988)
 */
export async function areaUnderCurve(
  positives: Float64Array,
  negatives: Float64Array,
  pause: () => Promise<void>,
): Promise<CurveArea> {
  await sortInParts(positives, pause);
  await sortInParts(negatives, pause);
  const ofPositives = placements(positives, negatives);
  const ofNegatives = placements(negatives, positives);
  return {
    value: ofPositives.mean,
    variance: ofPositives.variance / positives.length + ofNegatives.variance / negatives.length,
  };
}

/** The mean of areas that were measured on different rows, with its 95% interval (normal approximation, cut to [0, 1]). */
export function meanArea(areas: readonly CurveArea[]): Required<Estimate> {
  let [value, variance] = [0, 0];
  for (const area of areas) {
    value += area.value / areas.length;
    variance += area.variance / areas.length ** 2;
  }
  const reach = upperNormal * Math.sqrt(variance);
  return { value, interval: [Math.max(0, value - reach), Math.min(1, value + reach)] };
}

// Mean and variance, over `own`, of the share of `others` below it, equal ones counting half. Both rising.
function placements(own: Float64Array, others: Float64Array): { mean: number; variance: number } {
  let [below, upTo, sum, squares] = [0, 0, 0, 0];
  for (let at = 0; at < own.length; at += 1) {
    while (below < others.length && others[below]! < own[at]!) below += 1;
    upTo = Math.max(upTo, below);
    while (upTo < others.length && others[upTo]! <= own[at]!) upTo += 1;
    const share = (below + upTo) / (2 * others.length);
    sum += share;
    squares += share * share;
  }
  const mean = sum / own.length;
  return { mean, variance: Math.max(0, squares - own.length * mean * mean) / Math.max(1, own.length - 1) };
}
