import type { Estimate } from '../../statistics/estimate.js';
import { upperNormal } from '../../statistics/normal.js';

/** Fewer products than these do not say what products have in common. */
const fewestProducts = 10;
/** Deviations between products that are looked at, closer where errors usually are. */
const points = 60;

type Interval = Required<Estimate>;

/**
 * Draws estimates of many products to what they have in common, each as far as its own days leave it open:
 *
 *     own_p ~ Normal(elasticity_p, error_p^2),   elasticity_p ~ Normal(mean, deviation^2)
 *     given a deviation:   shrunk_p = (deviation^2 own_p + error_p^2 mean) / (deviation^2 + error_p^2)
 *
 * How far elasticities lie apart is as open as all else: a few dozen noisy estimates cannot tell a deviation of 0 from one of 1. So shrunk values
 * and their variances are means over all deviations and means there may be, each weighted by how likely it makes the estimates (flat priors).
 *
 * Of fewer than 10 products each keeps its own.
 *
 * @see Gelman et al., "Bayesian Data Analysis" (2013), 5.4
 * @see Gelman, "Prior Distributions for Variance Parameters in Hierarchical Models" (2006), for the flat prior of the deviation
 */
export function shrinkToCommon(own: readonly Interval[], errors: readonly number[]): Interval[] {
  const isUsable = own.every(({ value }, place) => Number.isFinite(value) && errors[place]! > 0);
  if (own.length < fewestProducts || !isUsable) return [...own];
  const values = own.map(({ value }) => value);
  const squares = errors.map((error) => error ** 2);
  const typical = Math.sqrt(own.length / sumOf(squares.map((square) => 1 / square)));
  // deviation = typical u / (1 - u) at points of u that lie evenly, each for a stretch of typical / (1 - u)^2.
  const found = Array.from({ length: points }, (_, at) => {
    const share = (at + 0.5) / points;
    const given = givenVariance(values, squares, ((typical * share) / (1 - share)) ** 2);
    return { ...given, logLikelihood: given.logLikelihood - 2 * Math.log1p(-share) };
  });
  const highest = found.reduce((most, { logLikelihood }) => Math.max(most, logLikelihood), Number.NEGATIVE_INFINITY);
  const chances = found.map(({ logLikelihood }) => Math.exp(logLikelihood - highest));
  const total = sumOf(chances);
  return values.map((_, place) => {
    const meanOf = (of: (each: Given) => number) => sumOf(found.map((each, at) => (chances[at]! / total) * of(each)));
    const value = meanOf(({ means }) => means[place]!);
    const variance = meanOf(({ means, variances }) => variances[place]! + (means[place]! - value) ** 2);
    const reach = upperNormal * Math.sqrt(variance);
    return { value, interval: [value - reach, value + reach] };
  });
}

/** What is known of the products where the variance between them is given. */
interface Given {
  /** Of all estimates, up to a constant; over all that their mean may be. */
  readonly logLikelihood: number;
  readonly means: readonly number[];
  readonly variances: readonly number[];
}

function givenVariance(values: readonly number[], squares: readonly number[], variance: number): Given {
  const weights = squares.map((square) => 1 / (variance + square));
  const total = sumOf(weights);
  const mean = sumOf(values.map((value, place) => value * weights[place]!)) / total;
  const pulls = weights.map((weight, place) => weight * squares[place]!);
  const fit = sumOf(weights.map((weight, place) => Math.log(weight) - weight * (values[place]! - mean) ** 2));
  return {
    logLikelihood: (fit - Math.log(total)) / 2,
    means: pulls.map((pull, place) => values[place]! + pull * (mean - values[place]!)),
    // What the own days leave open, and that the mean is an estimate too.
    variances: pulls.map((pull) => variance * pull + pull ** 2 / total),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
