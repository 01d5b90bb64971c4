import { weekdayOf } from '../../data/orders/days.js';
import type { Id } from '../../data/vocabulary.js';
import { mean, variance } from '../../statistics/moments.js';
import { groupOf, shares, totalVariation } from '../orders/group-shares.js';
import type { DailyDemand } from './daily-demand.js';

/** What days of one product are compared by. */
export interface DayFeatures {
  readonly mean: number;
  readonly deviation: number;
  /** Pieces of all days. */
  readonly total: number;
  /** `[T]`: pieces of each day, in rising order. */
  readonly sorted: Float64Array;
  /** Shares of gaps between days with demand, by group. */
  readonly gaps: Float64Array;
  /** `[7]`: shares of the pieces. */
  readonly weekdays: Float64Array;
  /** Lags of 1 to 8 days. */
  readonly autocorrelation: Float64Array;
}

// The first gap of each group.
const gapGroups = [1, 2, 3, 4, 6, 9, 14, 22];
const lags = 8;

/** Looks at the days of one product. */
export function featuresOf(demand: DailyDemand, product: Id): DayFeatures {
  const series = demand.series(product);
  const weekdays = new Float64Array(7);
  for (const [day, pieces] of series.entries()) weekdays[weekdayOf(demand.start, day)]! += pieces;
  const centre = mean(series);
  return {
    mean: centre,
    deviation: Math.sqrt(variance(series)),
    total: centre * series.length,
    sorted: Float64Array.from(series).sort(),
    gaps: shares(gapCounts(series)),
    weekdays: shares(weekdays),
    autocorrelation: autocorrelations(series),
  };
}

/** How far the days are from the real ones, by each of what they are compared by. */
export function differences(days: DayFeatures, real: DayFeatures) {
  return {
    mean: Math.abs(days.mean - real.mean) / real.mean,
    deviation: real.deviation === 0 ? days.deviation : Math.abs(days.deviation - real.deviation) / real.deviation,
    pieces: largestGap(days.sorted, real.sorted),
    gaps: totalVariation(days.gaps, real.gaps),
    weekdays: totalVariation(days.weekdays, real.weekdays),
    autocorrelation: mean(days.autocorrelation.map((each, lag) => Math.abs(each - real.autocorrelation[lag]!))),
  };
}

/** Pearson's correlation; 0 where one of them never varies. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  let [together, ofOne, ofOther] = [0, 0, 0];
  for (const [place, value] of one.entries()) {
    const [x, y] = [value - a, other[place]! - b];
    together += x * y;
    ofOne += x * x;
    ofOther += y * y;
  }
  return ofOne === 0 || ofOther === 0 ? 0 : together / Math.sqrt(ofOne * ofOther);
}

/** Autocorrelations at lags of 1 to 8 days; 0 of what never varies. */
export function autocorrelations(series: readonly number[]): Float64Array {
  const centre = mean(series);
  return Float64Array.from({ length: lags }, (_, lag) => autocorrelation(series, centre, lag + 1));
}

function autocorrelation(series: readonly number[], centre: number, lag: number): number {
  let [together, squares] = [0, 0];
  for (const [day, pieces] of series.entries()) {
    squares += (pieces - centre) ** 2;
    if (day >= lag) together += (pieces - centre) * (series[day - lag]! - centre);
  }
  return squares === 0 ? 0 : together / squares;
}

function gapCounts(series: readonly number[]): Float64Array {
  const counts = new Float64Array(gapGroups.length);
  let last = -1;
  for (const [day, pieces] of series.entries()) {
    if (pieces === 0) continue;
    if (last >= 0) counts[groupOf(gapGroups, day - last)]! += 1;
    last = day;
  }
  return counts;
}

// Kolmogorov's distance of two samples in rising order.
function largestGap(one: Float64Array, other: Float64Array): number {
  let [most, first, second] = [0, 0, 0];
  while (first < one.length && second < other.length) {
    const value = Math.min(one[first]!, other[second]!);
    while (first < one.length && one[first]! <= value) first += 1;
    while (second < other.length && other[second]! <= value) second += 1;
    most = Math.max(most, Math.abs(first / one.length - second / other.length));
  }
  return most;
}
