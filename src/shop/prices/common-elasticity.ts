import type { Estimate } from '../../statistics/estimate.js';
import { upperNormal } from '../../statistics/normal.js';

/** Fewer products than these do not say what products have in common. */
const fewestProducts = 10;

type Interval = Required<Estimate>;

/**
 * Draws estimates of many products to what they have in common, each as far as its own days leave it open:
 *
 *     own_p ~ Normal(elasticity_p, error_p^2),   elasticity_p ~ Normal(mean, variance)
 *     shrunk_p = (variance own_p + error_p^2 mean) / (variance + error_p^2)
 *
 * with the variance by moments, not below 0, and the mean weighted by 1 / (variance + error_p^2). Of fewer than 10 products each keeps
 * its own.
 *
 * @see DerSimonian and Laird, "Meta-Analysis in Clinical Trials" (1986)
 */
export function shrinkToCommon(own: readonly Interval[], errors: readonly number[]): Interval[] {
  const isUsable = own.every(({ value }, place) => Number.isFinite(value) && errors[place]! > 0);
  if (own.length < fewestProducts || !isUsable) return [...own];
  const squares = errors.map((error) => error ** 2);
  const variance = varianceBetween(own, squares);
  const weights = squares.map((square) => 1 / (variance + square));
  const total = sumOf(weights);
  const mean = sumOf(own.map(({ value }, place) => value * weights[place]!)) / total;
  return own.map(({ value }, place) => {
    const pull = squares[place]! * weights[place]!;
    const shrunk = value + pull * (mean - value);
    // What the own days leave open, and that the mean is an estimate too.
    const reach = upperNormal * Math.sqrt(variance * pull + pull ** 2 / total);
    return { value: shrunk, interval: [shrunk - reach, shrunk + reach] };
  });
}

function varianceBetween(own: readonly Interval[], squares: readonly number[]): number {
  const weights = squares.map((square) => 1 / square);
  const total = sumOf(weights);
  const mean = sumOf(own.map(({ value }, place) => value * weights[place]!)) / total;
  const spread = sumOf(own.map(({ value }, place) => weights[place]! * (value - mean) ** 2));
  const scale = total - sumOf(weights.map((weight) => weight ** 2)) / total;
  return Math.max(0, (spread - own.length + 1) / scale);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
