import { refuse } from '../../internal/require.js';
import type { Demand } from './demand.js';
import { tableDemand } from './discrete-demand.js';

/**
 * Demand as it was: each recorded period is as likely as any other. The order of the periods is forgotten, so a series
 * with a trend or a season is better replayed: give it to the environment as it is.
 *
 * @param series - Units sold or asked for, period by period; rounded to whole units. Sales of days on which the
 *   product was sold out say less than demand was.
 * @returns The distribution.
 * @throws RangeError when the series is empty, holds what is no number in [0, 1e6], or sums to something else by a twentieth once it is
 *   rounded.
 * @example
 * const demand = empiricalDemand([0, 2, 1, 2]);
 * demand.mean; // 1.25
 * demand.cumulative(1); // 0.5
 */
export function empiricalDemand(series: ArrayLike<number>): Demand {
  const units = requireSeries('empiricalDemand', 'series', series);
  const table = new Float64Array(units.reduce((most, each) => Math.max(most, each), 0) + 1);
  for (const each of units) table[each]! += 1 / units.length;
  return tableDemand(`empirical (${units.length} periods)`, table);
}

/** A recorded series in whole units. */
export function requireSeries(where: string, name: string, series: ArrayLike<number>): Int32Array {
  const isList = typeof series === 'object' && series !== null && Number.isInteger(series.length);
  if (!isList) refuse(where, name, 'be a list of numbers', series);
  if (series.length === 0) refuse(where, name, 'hold at least one period', series);
  const units = Float64Array.from(series);
  const wrong = units.find((each) => !(each >= 0 && each <= 1e6));
  if (wrong !== undefined) refuse(where, name, 'hold numbers in [0, 1000000]', wrong);
  const whole = Int32Array.from(units, Math.round);
  const [sum, rounded] = [sumOf(units), sumOf(whole)];
  if (Math.abs(rounded - sum) > 0.05 * sum) {
    refuse(where, name, `hold whole units: rounded, they sum to ${rounded}; count in smaller units`, sum);
  }
  return whole;
}

function sumOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}
