import { refuse, requireFilled, requireOneOf } from '../../internal/require.js';
import { mean, variance } from '../../statistics/moments.js';
import type { CustomerHistory } from '../history/history.js';

/**
 * What models of churn look at. All are as logarithms, ln(1 + number), but the lateness.
 *
 * - `sinceLast`: from the last purchase to the date, in units.
 * - `frequency`: purchase days behind the first.
 * - `recency`: from the first purchase to the last, in units.
 * - `age`: from the first purchase to the date, in units.
 * - `money`: what a purchase day brought, in the mean over all of them.
 * - `recent`: purchase days in the last 91 days.
 * - `lines`: order lines of a purchase day, in the mean.
 * - `lateness`: how long silent beside the usual gap: sinceLast / (sinceLast + recency / frequency), 1 without a repeat purchase.
 */
export type ChurnFeature = 'sinceLast' | 'frequency' | 'recency' | 'age' | 'money' | 'recent' | 'lines' | 'lateness';

/** All of them; `money` only where it is known. */
export function knownFeatures({ spending }: CustomerHistory): ChurnFeature[] {
  const always = ['sinceLast', 'frequency', 'recency', 'age', 'recent', 'lines', 'lateness'] as const;
  return spending ? [...always, 'money'] : [...always];
}

/** Checks a choice of features for a history. */
export function requireFeatures(where: string, history: CustomerHistory, features: readonly ChurnFeature[]): void {
  requireFilled(where, 'features', features);
  const known = knownFeatures(history);
  for (const [place, feature] of features.entries()) {
    if (feature === 'money' && !known.includes(feature)) {
      refuse(where, `features[${place}]`, 'be another one: the history knows no money', feature);
    }
    requireOneOf(where, `features[${place}]`, known, feature);
  }
  if (new Set(features).size < features.length) refuse(where, 'features', 'name each feature once', features);
}

/** Numbers of some features, `[D][N]`. */
export async function featureColumns(
  history: CustomerHistory,
  features: readonly ChurnFeature[],
  pause: () => Promise<void>,
): Promise<Float64Array[]> {
  const numbers = numbersOf(history);
  const columns: Float64Array[] = [];
  for (const feature of features) {
    columns.push(Float64Array.from({ length: history.length }, (_, row) => numbers[feature](row)));
    await pause();
  }
  return columns;
}

function numbersOf({ frequency, recency, age, recent, lines, spending }: CustomerHistory) {
  const sinceLast = (row: number) => age[row]! - recency[row]!;
  const gap = (row: number) => recency[row]! / frequency[row]!;
  const of: Readonly<Record<ChurnFeature, (row: number) => number>> = {
    sinceLast: (row) => Math.log1p(sinceLast(row)),
    frequency: (row) => Math.log1p(frequency[row]!),
    recency: (row) => Math.log1p(recency[row]!),
    age: (row) => Math.log1p(age[row]!),
    money: (row) => Math.log1p(Math.max(0, spending!.total[row]!) / (1 + frequency[row]!)),
    recent: (row) => Math.log1p(recent[row]!),
    lines: (row) => Math.log1p(lines[row]!),
    lateness: (row) => (frequency[row] === 0 ? 1 : sinceLast(row) / (sinceLast(row) + gap(row))),
  };
  return of;
}

/** A number of a feature without the logarithm: weeks, purchases, money. */
export function plainValue(feature: ChurnFeature, value: number): number {
  return feature === 'lateness' ? value : Math.expm1(value);
}

/** How a column is brought to mean 0 and deviation 1. */
export interface Scale {
  readonly centre: number;
  readonly deviation: number;
}

/** The scales of columns; one that does not vary keeps its size. */
export function scalesOf(columns: readonly Float64Array[]): Scale[] {
  return columns.map((column) => ({ centre: mean(column), deviation: Math.sqrt(variance(column)) || 1 }));
}

/** Columns by given scales. */
export function scaled(columns: readonly Float64Array[], scales: readonly Scale[]): Float64Array[] {
  return columns.map((column, place) => {
    const { centre, deviation } = scales[place]!;
    return column.map((value) => (value - centre) / deviation);
  });
}
