import { type OptionNames, requireOptions } from '../../internal/options.js';
import {
  requireGivenFunction,
  requirePositiveInteger,
  requireSeed,
  requireWholeNumber,
} from '../../internal/require.js';
import type { ForecastMethod } from '../forecast-method.js';
import { learningMethod } from '../learned/learned-method.js';
import { treesMethod, treesName } from '../learned/learned-trees.js';
import { leastRows } from './global-rows.js';
import { learnTrees } from './learn-trees.js';
import type { KnownAhead } from './sales-features.js';

/** Options of {@link boostedForecast}. */
export interface BoostedForecastOptions extends KnownAhead {
  /** Periods of a season, of which sales a season before are looked at: 7 of days, 52 of weeks. Default: none. */
  readonly season?: number;
  /** Most trees; how many are taken, the last periods of the sales tell. Default 200. */
  readonly rounds?: number;
  /** Most rows that trees are grown on, drawn where there are more. Default 200,000. */
  readonly rows?: number;
  /** Chooses the rows. Default 0. */
  readonly seed?: number;
}

const names: OptionNames<BoostedForecastOptions> = {
  season: true,
  rounds: true,
  rows: true,
  seed: true,
  numbers: true,
  groups: true,
};

/**
 * One model for all products: boosted trees on what a product sold lately, how the shop as a whole did, the calendar, and what is known ahead,
 * such as prices, promotions and categories.
 *
 * A row is a product, an origin and a step ahead; what was sold then is learned as a share of the product's level at the origin, by Poisson's
 * likelihood. Nothing of an origin or behind it is looked at but the calendar and what is `known`. How many trees are worth it is measured on
 * the last `horizon` periods by trees grown on those before, and so is how much sales vary: negative binomial, by mean + excess mean². Then trees
 * are grown on all periods.
 *
 * It is worth it where something is known ahead. On the weeks of a gift shop without, it was behind {@link sesForecast} at the mean, level at the
 * distribution, and the least biased (`bench/forecast`).
 *
 * @returns The method. It takes seconds rather than milliseconds, unless it learned before ({@link learnForecastMethod}); sales of fewer than horizon + 8 periods, or of too few rows, are refused.
 * @throws RangeError when an option is wrong.
 * @see Friedman, "Greedy Function Approximation: A Gradient Boosting Machine" (2001)
 * @see Makridakis, Spiliotis and Assimakopoulos, "M5 Accuracy Competition: Results, Findings, and Conclusions" (2022)
 * @example
 * const series = Object.fromEntries(Array.from({ length: 20 }, (_, p) => [`p${p}`, Array.from({ length: 40 }, (_, t) => (t * (p + 3)) % 5)]));
 * const sales = createPeriodSales(series);
 * const forecast = await forecastSales(sales, { method: boostedForecast({ rounds: 20 }), horizon: 2 });
 * forecast.mean('p1').every((mean) => mean > 0 && mean < 5); // true
 */
export function boostedForecast(options: BoostedForecastOptions = {}): ForecastMethod {
  const { season, rounds = 200, rows = 200_000, seed = 0, numbers, groups } = readOptions(options);
  const known = { ...(numbers && { numbers }), ...(groups && { groups }) };
  return learningMethod(treesName, async (sales, work) =>
    treesMethod(await learnTrees(sales, work, { season, rounds, rows, seed, known })),
  );
}

function readOptions(options: BoostedForecastOptions): BoostedForecastOptions {
  const where = 'boostedForecast';
  requireOptions(where, options, names);
  const { season, rounds = 1, rows = leastRows, seed, numbers = {}, groups = {} } = options;
  if (season !== undefined) requireWholeNumber(where, 'season', season, 2, 366);
  requirePositiveInteger(where, 'rounds', rounds);
  requireWholeNumber(where, 'rows', rows, leastRows);
  requireSeed(where, seed);
  for (const [name, of] of Object.entries({ ...numbers, ...groups })) requireGivenFunction(where, name, of);
  return options;
}
