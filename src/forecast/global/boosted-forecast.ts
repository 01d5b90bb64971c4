import { type OptionNames, requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireGivenFunction,
  requirePositiveInteger,
  requireSeed,
  requireWholeNumber,
} from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import { type BoostedTrees, growTrees, scoreRows } from '../../trees/boosted-trees.js';
import { emptyNumbers, type ForecastMethod, type ForecastNumbers } from '../forecast-method.js';
import type { PeriodSales } from '../series/period-sales.js';
import { excessOf, writeVariances } from './excess.js';
import { type GlobalRows, globalRows, leastRows, placesAt, placesBefore } from './global-rows.js';
import { levelPoisson, levelPoissonLoss } from './level-poisson-loss.js';
import { type KnownAhead, salesFeatures } from './sales-features.js';

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
const rules = { leaves: 16, leastRows: 50, learningRate: 0.05, penalty: 1 };

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
 * @returns The method. It takes seconds rather than milliseconds; sales of fewer than horizon + 8 periods, or of too few rows, are refused.
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
  const { season, rounds = 200, rows = 200_000, seed = 0 } = readOptions(options);
  return {
    name: 'boosted trees',
    async forecast(sales, { horizon, pause }) {
      const split = sales.periods - horizon;
      const places = placesBefore(sales, horizon, split, rows, createRng(seed).stream('rows'));
      if (split < 8 || places.length < leastRows) {
        refuse(
          'boostedForecast',
          'sales',
          `have ${horizon + 8} periods and ${leastRows} rows to learn from`,
          places.length,
        );
      }
      const features = salesFeatures(sales, options, season);
      const tried = await globalRows(sales, features, places, pause);
      const trial = await growTrees(
        tried.columns,
        tried.targets,
        { loss: levelPoissonLoss(tried.levels), rounds, ...rules },
        pause,
      );
      const later = await globalRows(sales, features, placesAt(sales, horizon, split), pause);
      const { best, scores } = await bestRounds(trial, later, pause);
      const excess = excessOf(sales, later, scores, horizon, split);
      const all = placesBefore(sales, horizon, sales.periods, rows, createRng(seed).stream('rows'));
      const learned = await globalRows(sales, features, all, pause);
      const trees = await growTrees(
        learned.columns,
        learned.targets,
        { loss: levelPoissonLoss(learned.levels), rounds: best, ...rules },
        pause,
      );
      const ahead = await globalRows(sales, features, placesAt(sales, horizon, sales.periods), pause);
      const [logs] = await scoreRows(trees, ahead.columns, pause);
      return numbersOf(sales, ahead, logs!, horizon, (numbers) => writeVariances(numbers, excess, horizon));
    },
  };
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

// How many trees are best for rows that lie later, and their scores by so many.
async function bestRounds({ starts, trees }: BoostedTrees, rows: GlobalRows, pause: () => Promise<void>) {
  const kept: number[] = [];
  for (let row = 0; row < rows.targets.length; row += 1) if (rows.levels[row]! > 0.05) kept.push(row);
  const [targets, levels] = [rows.targets, rows.levels].map((values) => Float64Array.from(kept, (row) => values[row]!));
  const scores = new Float64Array(rows.targets.length).fill(starts[0]!);
  let [best, least, bestScores] = [1, Number.POSITIVE_INFINITY, scores.slice()];
  for (const [round, tree] of trees[0]!.entries()) {
    const [added] = await scoreRows({ starts: [0], trees: [[tree]] }, rows.columns, pause);
    for (let row = 0; row < scores.length; row += 1) scores[row]! += added![row]!;
    const loss = levelPoisson(
      Float64Array.from(kept, (row) => scores[row]!),
      targets!,
      levels!,
    );
    if (loss < least) [best, least, bestScores] = [round + 1, loss, scores.slice()];
  }
  return { best, scores: bestScores };
}

function numbersOf(
  sales: PeriodSales,
  { levels }: GlobalRows,
  logs: Float64Array,
  horizon: number,
  finish: (numbers: ForecastNumbers) => void,
): ForecastNumbers {
  const numbers = emptyNumbers(sales.products.size, horizon);
  for (let cell = 0; cell < logs.length; cell += 1) {
    const place = Math.floor(cell / horizon);
    const isKnown = sales.onSale[place]! < sales.periods;
    numbers.means[cell] = isKnown ? levels[cell]! * Math.exp(logs[cell]!) : 0;
    if (!isKnown) numbers.tooShort[place] = 1;
  }
  finish(numbers);
  return numbers;
}
