import type { Vocabulary } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import type { Excess } from '../global/excess.js';
import { groupIds, type KnownAhead, type SalesFeatures, salesFeatures } from '../global/sales-features.js';
import { type Period, periodStart } from '../series/calendar.js';
import type { PeriodSales } from '../series/period-sales.js';

/** What a model of all products knows besides its own numbers: of what it learned, and how features are made. */
export interface LearnedGround {
  readonly products: Vocabulary;
  readonly period: Period;
  readonly horizon: number;
  /** When the first period begins that it did not learn from: milliseconds since 1970. */
  readonly end: number;
  readonly season: number | undefined;
  /** What is known ahead: functions, which no file holds. */
  readonly known: KnownAhead;
  /** For each group of `known` its ids, in the order of their codes. */
  readonly groups: readonly (readonly string[])[];
  /** How much sales vary, measured on all products. */
  readonly excess: Pick<Excess, 'single' | 'total'>;
}

/** The ground of what learns from `sales`. */
export function learnedGround(
  sales: PeriodSales,
  horizon: number,
  { known, season, excess }: Pick<LearnedGround, 'known' | 'season' | 'excess'>,
): LearnedGround {
  const { products, period, start, periods } = sales;
  const end = periodStart(period, start, periods);
  return { products, period, horizon, end, season, known, groups: groupIds(sales, known), excess };
}

/** The features of sales, as they were when a model learned from them. */
export function featuresOf(sales: PeriodSales, { known, season, groups }: LearnedGround): SalesFeatures {
  return salesFeatures(sales, known, season, groups);
}

/** Refuses sales that a model cannot forecast, or of which it knows what comes. */
export function requireFits(where: string, sales: PeriodSales, horizon: number, ground: LearnedGround): void {
  if (sales.period !== ground.period)
    refuse(where, 'sales.period', `be the '${ground.period}' that it learned`, sales.period);
  if (horizon > ground.horizon) refuse(where, 'horizon', `be at most the ${ground.horizon} that it learned`, horizon);
  const end = periodStart(sales.period, sales.start, sales.periods);
  if (end >= ground.end) return;
  const shown = (time: number) => new Date(time).toISOString().slice(0, 10);
  refuse(where, 'sales', `end on ${shown(ground.end)} or later, for it learned from what is before`, shown(end));
}

/** `[P]`: the code of each product of sales among those that a model learned of; of others their number. */
export function productCodes({ products }: PeriodSales, { products: learned }: LearnedGround): Int32Array {
  return Int32Array.from(products.toJSON().ids, (id) => (learned.has(id) ? learned.indexOf(id) : learned.size));
}

/** Marks the products of sales that a model did not learn of. */
export function markUnknown(tooShort: Uint8Array, codes: Int32Array, { products }: LearnedGround): void {
  for (const [place, code] of codes.entries()) if (code === products.size) tooShort[place] = 1;
}
