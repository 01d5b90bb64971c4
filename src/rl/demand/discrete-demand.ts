import { refuse, requirePositiveInteger } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import type { Demand } from './demand.js';

/** What a table of probabilities is called, and how its sums are made when that is known better than by convolution. */
export interface DiscreteDemandOptions {
  /** What reports call it. Default `'discrete demand'`. */
  readonly name?: string;
}

/**
 * Demand in whole units with the probabilities given.
 *
 * @param probabilities - `[N]`; the entry at position k is P(D = k). Numbers >= 0 that sum to 1 within 1e-6; the rest
 *   is divided out.
 * @returns The distribution.
 * @throws RangeError when they are no probabilities.
 * @example
 * const demand = discreteDemand([0.5, 0.25, 0.25]);
 * demand.mean; // 0.75
 * demand.quantile(0.6); // 1
 */
export function discreteDemand(probabilities: ArrayLike<number>, options: DiscreteDemandOptions = {}): Demand {
  const { name = 'discrete demand' } = options;
  return tableDemand(name, requireProbabilities('discreteDemand', probabilities));
}

/** Checks probabilities and divides them by their sum. */
export function requireProbabilities(where: string, probabilities: ArrayLike<number>): Float64Array {
  const table = Float64Array.from(probabilities);
  const wrong = table.find((probability) => !(probability >= 0 && probability <= 1 + 1e-6));
  if (wrong !== undefined) refuse(where, 'probabilities', 'hold numbers in [0, 1]', wrong);
  const sum = table.reduce((total, probability) => total + probability, 0);
  if (!(Math.abs(sum - 1) <= 1e-6)) refuse(where, 'probabilities', 'sum to 1', sum);
  return table.map((probability) => probability / sum);
}

/** As {@link discreteDemand}, from a table that is known to be right; `over` may know the sums in closed form. */
export function tableDemand(name: string, table: Float64Array, over?: (periods: number) => Demand): Demand {
  const below = runningSums(table);
  const mean = table.reduce((sum, probability, units) => sum + probability * units, 0);
  const variance = table.reduce((sum, probability, units) => sum + probability * (units - mean) ** 2, 0);
  const guide = guideTable(below);
  return {
    name,
    mean,
    deviation: Math.sqrt(variance),
    probabilities: table,
    cumulative: (x) => (x < 0 ? 0 : below[Math.min(Math.floor(x), table.length - 1)]!),
    quantile: (probability) => firstAtLeast(below, probability),
    shortage: (x) => shortage(table, mean, x),
    sample: (rng: Rng) => {
      const uniform = rng.uniform();
      return firstAbove(below, uniform, guide[Math.floor(uniform * guide.length)]!);
    },
    over: (periods) => {
      requirePositiveInteger('over', 'periods', periods);
      if (periods === 1) return tableDemand(name, table, over);
      return over ? over(periods) : tableDemand(`${name} over ${periods} periods`, power(table, periods));
    },
  };
}

function runningSums(table: Float64Array): Float64Array {
  let sum = 0;
  const sums = table.map((probability) => {
    sum += probability;
    return sum;
  });
  // Rounding must leave no draw above the last entry.
  sums[sums.length - 1] = 1;
  return sums;
}

// E max(D - x, 0) = E D - x + E max(x - D, 0): the sum has few terms, and none is lost in the cut tail.
function shortage(table: Float64Array, mean: number, x: number): number {
  let left = 0;
  for (let units = 0; units < Math.min(x, table.length); units += 1) left += table[units]! * (x - units);
  return x >= table.length ? 0 : mean - x + left;
}

// Where to start the search for a uniform number: the place of the start of its cell of width 1 / length.
function guideTable(below: Float64Array): Int32Array {
  const size = below.length;
  return Int32Array.from({ length: size }, (_, cell) => firstAbove(below, cell / size, 0));
}

function firstAbove(below: Float64Array, uniform: number, start: number): number {
  let units = start;
  while (below[units]! <= uniform && units < below.length - 1) units += 1;
  return units;
}

function firstAtLeast(below: Float64Array, probability: number): number {
  let units = 0;
  // Ten shares of 0.1 sum to less than 1: a rounding error must not cost a unit.
  while (below[units]! < probability - 1e-12 && units < below.length - 1) units += 1;
  return units;
}

function power(table: Float64Array, periods: number): Float64Array {
  let product = table;
  for (let period = 1; period < periods; period += 1) product = convolve(product, table);
  return product;
}

function convolve(first: Float64Array, second: Float64Array): Float64Array {
  const product = new Float64Array(first.length + second.length - 1);
  for (let a = 0; a < first.length; a += 1) {
    for (let b = 0; b < second.length; b += 1) product[a + b]! += first[a]! * second[b]!;
  }
  return product;
}
