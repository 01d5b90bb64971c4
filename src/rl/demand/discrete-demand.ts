import { requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger, requireText } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { convolve } from './convolve.js';
import type { Demand } from './demand.js';

/** The most entries of a table: 8 MB. Sums of more are refused. */
export const longestTable = 2 ** 20;

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
export function discreteDemand(
  probabilities: ArrayLike<number>,
  options: {
    /** What reports call it. Default `'discrete demand'`. */
    readonly name?: string;
  } = {},
): Demand {
  requireOptions('discreteDemand', options, { name: true });
  const { name = 'discrete demand' } = options;
  requireText('discreteDemand', 'name', name);
  return tableDemand(name, requireProbabilities('discreteDemand', probabilities));
}

/** Checks probabilities and divides them by their sum. */
export function requireProbabilities(where: string, probabilities: ArrayLike<number>): Float64Array {
  const length = (probabilities as ArrayLike<number> | undefined)?.length;
  if (typeof probabilities !== 'object' || !(length! > 0 && length! <= longestTable)) {
    refuse(where, 'probabilities', `be a list of 1 to ${longestTable} numbers`, probabilities);
  }
  const table = Float64Array.from(probabilities);
  const wrong = table.find((probability) => !(probability >= 0 && probability <= 1 + 1e-6));
  if (wrong !== undefined) refuse(where, 'probabilities', 'hold numbers in [0, 1]', wrong);
  const sum = table.reduce((total, probability) => total + probability, 0);
  if (!(Math.abs(sum - 1) <= 1e-6)) refuse(where, 'probabilities', 'sum to 1', sum);
  return table.map((probability) => probability / sum);
}

/** As {@link discreteDemand}, from a table that is known to be right; `sum` may know sums of periods in closed form. */
export function tableDemand(name: string, table: Float64Array, sum?: (periods: number) => Demand): Demand {
  const below = runningSums(table);
  const mean = table.reduce((total, probability, units) => total + probability * units, 0);
  const variance = table.reduce((total, probability, units) => total + probability * (units - mean) ** 2, 0);
  const unitsBelow = runningUnits(table);
  const guide = guideTable(below);
  const over = sum ?? sumsOf(name, table);
  const demand: Demand = {
    name,
    mean,
    deviation: Math.sqrt(variance),
    probabilities: table,
    cumulative: (x) => (x < 0 ? 0 : below[Math.min(Math.floor(x), table.length - 1)]!),
    quantile: (probability) => firstAtLeast(below, probability),
    // E max(D - x, 0) = E D - x + E max(x - D, 0): of the latter nothing is lost in the cut tail.
    shortage: (x) => {
      if (x >= table.length - 1) return 0;
      if (x <= 0) return mean - x;
      const last = Math.ceil(x) - 1;
      return Math.max(0, mean - x + x * below[last]! - unitsBelow[last]!);
    },
    sample: (rng: Rng) => {
      const uniform = rng.uniform();
      return firstAbove(below, uniform, guide[Math.floor(uniform * guide.length)]!);
    },
    over: (periods) => {
      requirePositiveInteger('over', 'periods', periods);
      return periods === 1 ? demand : over(periods);
    },
  };
  return demand;
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

function runningUnits(table: Float64Array): Float64Array {
  let sum = 0;
  return table.map((probability, units) => {
    sum += probability * units;
    return sum;
  });
}

// Where to start the search for a uniform number: the place of the start of its cell of width 1 / length.
function guideTable(below: Float64Array): Int32Array {
  const size = below.length;
  let units = 0;
  return Int32Array.from({ length: size }, (_, cell) => {
    units = firstAbove(below, cell / size, units);
    return units;
  });
}

function firstAbove(below: Float64Array, uniform: number, start: number): number {
  let units = start;
  while (below[units]! <= uniform && units < below.length - 1) units += 1;
  return units;
}

function firstAtLeast(below: Float64Array, probability: number): number {
  let [low, high] = [0, below.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    // Ten shares of 0.1 sum to less than 1: a rounding error must not cost a unit.
    if (below[middle]! < probability - 1e-12) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Sums of periods, each from two halves that are kept: all up to L + 1 of them cost one convolution each.
function sumsOf(name: string, table: Float64Array): (periods: number) => Demand {
  const known = new Map<number, Float64Array>([[1, table]]);
  const sumOf = (periods: number): Float64Array => {
    const half = Math.floor(periods / 2);
    const sum = known.get(periods) ?? convolve(sumOf(half), sumOf(periods - half));
    known.set(periods, sum);
    return sum;
  };
  return (periods) => {
    const length = periods * (table.length - 1) + 1;
    if (length > longestTable) {
      refuse('over', 'periods', `leave at most ${longestTable - 1} units: count demand in larger units`, periods);
    }
    return tableDemand(`${name} over ${periods} periods`, sumOf(periods));
  };
}
