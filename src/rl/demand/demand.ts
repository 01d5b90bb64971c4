import { refuse, requireFinite } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';

/** How much of one product is asked for in one period: a random number whose distribution is known. */
export interface Demand {
  /** What reports call it, such as `'Poisson(5)'`. */
  readonly name: string;
  /** Mean per period. */
  readonly mean: number;
  /** Standard deviation per period. */
  readonly deviation: number;
  /** P(D = k) for k = 0, 1, 2 and so on; missing where demand is continuous. Not to be changed. */
  readonly probabilities?: Float64Array;
  /** P(D <= x). */
  cumulative(x: number): number;
  /** The smallest x with P(D <= x) >= `probability`, which lies in (0, 1). */
  quantile(probability: number): number;
  /** E max(D - x, 0): the units that a stock of x falls short by, on average. */
  shortage(x: number): number;
  /** One period's demand. */
  sample(rng: Rng): number;
  /** The demand of so many independent periods together; an integer >= 1. */
  over(periods: number): Demand;
}

/**
 * Where an environment's demand comes from: a distribution, a recorded series, or a function that draws the demand of a period,
 * any number >= 0; periods count from 0 at the start of an episode.
 */
export type DemandSource = Demand | readonly number[] | ((rng: Rng, period: number) => number);

/** Refuses what is no distribution of demand: made by one of ours or written by a user. */
export function requireDistribution(where: string, name: string, demand: unknown): asserts demand is Demand {
  const given = (demand ?? {}) as Partial<Demand>;
  for (const method of ['cumulative', 'quantile', 'shortage', 'sample', 'over'] as const) {
    if (typeof given[method] !== 'function') {
      refuse(where, name, 'be a distribution, such as poissonDemand(5) or empiricalDemand(series)', demand);
    }
  }
  for (const moment of ['mean', 'deviation'] as const) {
    requireFinite(where, `${name}.${moment}`, given[moment]);
  }
  const { probabilities } = given;
  if (probabilities !== undefined && !(probabilities?.length > 0)) {
    refuse(where, `${name}.probabilities`, 'be a list of numbers, or missing', probabilities);
  }
}
