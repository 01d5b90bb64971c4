import type { Id } from '../../data/vocabulary.js';
import { refuse, requireId } from '../../internal/require.js';
import { periodStart } from '../series/calendar.js';
import type { PeriodSales } from '../series/period-sales.js';

/** What a shop knows of products and of periods to come: its prices and promotions, for it sets them itself. */
export interface KnownAhead {
  /**
   * By name, numbers of a product in a period, which count from 0 in the sales: a price, 1 for a promotion; NaN where it is not known. They
   * are asked for of periods to come, and must be what was known before. Anything else than a finite number or NaN is refused.
   */
  readonly numbers?: Readonly<Record<string, (product: Id, period: number) => number>>;
  /** By name, the group that a product belongs to, such as its category: a text or a finite number. */
  readonly groups?: Readonly<Record<string, (product: Id) => Id>>;
}

/** How a product stood at an origin: all that features are made of, from the periods before it alone. */
interface Standing {
  readonly level: number;
  readonly values: readonly number[];
}

/**
 * What a feature is: a `ratio` to the level, >= 0; a `count` of periods; another number (`plain`); the `step` ahead, from 0; the day of
 * the week or month, or of the year; a number that is `known` ahead; the code of a `group`.
 */
export type FeatureKind = 'ratio' | 'count' | 'plain' | 'step' | 'day' | 'dayOfYear' | 'known' | 'group';

/** Numbers that describe a product at an origin and a period behind it. */
export interface SalesFeatures {
  /** Number of features, D. */
  readonly width: number;
  /** `[D]`: what each of them is. */
  readonly kinds: readonly FeatureKind[];
  /**
   * The level that sales are measured by: a mean of the periods before `origin`, the last ones counting more.
   *
   * @param origin - How many periods are known.
   */
  levelAt(place: number, origin: number): number;
  /** Writes the features of period number `origin + step` into a row of columns, `[D][N]`. */
  write(columns: readonly Float64Array[], row: number, place: number, origin: number, step: number): void;
}

const lags = 4;
const windows = [4, 8, 13, 26, 52] as const;
/** What share of an error goes into a level; of the first periods their mean. */
const smoothing = 0.1;
/** Added to levels, so that nothing is divided by 0. */
const leastLevel = 0.02;

/**
 * Features of sales for models of all products together. Nothing of an origin or behind it is looked at but the calendar and what is
 * `known`.
 *
 * @param season - Periods of a season, whose sales before are a feature.
 * @param groupsById - For each group its ids in the order of their codes; the code of any other is NaN. Default: those of `sales`.
 */
export function salesFeatures(
  sales: PeriodSales,
  known: KnownAhead,
  season: number | undefined,
  groupsById: readonly (readonly string[])[] = groupIds(sales, known),
): SalesFeatures {
  const ids = sales.products.toJSON().ids;
  const shop = shopTotals(sales);
  const numbers = Object.entries(known.numbers ?? {});
  const groups = groupsOfEach(ids, known).map((members, at) => codesOf(members, groupsById[at]!));
  const calendar = calendarOf(sales);
  const levels = levelsOf(sales);
  const standings = new Map<number, Standing>();
  const standingAt = (place: number, origin: number): Standing => {
    const key = place * (sales.periods + 1) + origin;
    const found = standings.get(key) ?? standing(sales, levels, shop, place, origin);
    // Steps of one origin come after each other.
    if (!standings.has(key)) standings.clear();
    standings.set(key, found);
    return found;
  };
  const kinds = featureKinds(known);
  const ownWidth = ownKinds().length;
  return {
    width: kinds.length,
    kinds,
    levelAt: (place, origin) => standingAt(place, origin).level,
    write(columns, row, place, origin, step) {
      const { level, values } = standingAt(place, origin);
      for (const [at, value] of values.entries()) columns[at]![row] = value;
      const period = origin + step;
      const rest = [
        step,
        ...calendar(period),
        seasonBefore(sales, place, period, origin, season) / level,
        ...numbers.map(([name, numberOf]) => checkedNumber(name, ids[place]!, period, numberOf(ids[place]!, period))),
        ...groups.map((codes) => codes[place]!),
      ];
      for (const [at, value] of rest.entries()) columns[ownWidth + at]![row] = value;
    },
  };
}

/** What each feature is, with so many numbers and groups known ahead. */
export function featureKinds({ numbers = {}, groups = {} }: KnownAhead): readonly FeatureKind[] {
  return [
    ...ownKinds(),
    ...(['step', 'day', 'dayOfYear', 'ratio'] as const),
    ...Object.keys(numbers).map(() => 'known' as const),
    ...Object.keys(groups).map(() => 'group' as const),
  ];
}

// Of the values of a standing.
function ownKinds(): FeatureKind[] {
  const ratios = Array.from({ length: lags + windows.length }, () => 'ratio' as const);
  return [...ratios, 'plain', 'plain', 'count', 'count', 'ratio', 'ratio', 'ratio'];
}

function standing(
  sales: PeriodSales,
  levels: Float64Array,
  shop: Float64Array,
  place: number,
  origin: number,
): Standing {
  const { periods, onSale } = sales;
  const own = sales.sales.subarray(place * periods + Math.min(onSale[place]!, origin), place * periods + origin);
  const level = levels[place * (periods + 1) + origin]!;
  const last = own.findLastIndex((value) => value > 0);
  const ofShop = shop.subarray(0, origin);
  return {
    level,
    values: [
      ...Array.from({ length: lags }, (_, lag) => (own.at(-1 - lag) ?? Number.NaN) / level),
      ...windows.map((window) => (own.length < window ? Number.NaN : meanOf(own.subarray(-window)) / level)),
      meanOf(own.subarray(-13).map((value) => (value > 0 ? 1 : 0))),
      Math.log(level),
      own.length,
      last < 0 ? own.length : own.length - 1 - last,
      meanOf(own.subarray(-13).map((value) => (value / level) ** 2)),
      meanOf(ofShop.subarray(-2)) / meanOf(ofShop.subarray(-13)),
      meanOf(ofShop.subarray(-4)) / meanOf(ofShop.subarray(-26)),
    ],
  };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

// [P, T + 1]: the level of each product at each origin.
function levelsOf({ sales, periods, products, onSale }: PeriodSales): Float64Array {
  const levels = new Float64Array(products.size * (periods + 1)).fill(leastLevel);
  for (let place = 0; place < products.size; place += 1) {
    let level = 0;
    for (let at = onSale[place]!; at < periods; at += 1) {
      const age = at - onSale[place]! + 1;
      level += Math.max(smoothing, 1 / age) * (sales[place * periods + at]! - level);
      levels[place * (periods + 1) + at + 1] = level + leastLevel;
    }
  }
  return levels;
}

// [T]: what all products sold.
function shopTotals({ sales, periods, products }: PeriodSales): Float64Array {
  const totals = new Float64Array(periods);
  for (let place = 0; place < products.size; place += 1) {
    for (let at = 0; at < periods; at += 1) totals[at]! += sales[place * periods + at]!;
  }
  return totals;
}

// The place of a period in the week or month, and in the year.
function calendarOf({ period, start }: PeriodSales): (at: number) => [number, number] {
  return (at) => {
    const date = new Date(periodStart(period, start, at));
    const dayOfYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000;
    return [period === 'day' ? date.getUTCDay() : date.getUTCDate(), dayOfYear];
  };
}

function seasonBefore(
  sales: PeriodSales,
  place: number,
  period: number,
  origin: number,
  season: number | undefined,
): number {
  if (season === undefined) return Number.NaN;
  let at = period - season;
  while (at >= origin) at -= season;
  return at < sales.onSale[place]! ? Number.NaN : sales.sales[place * sales.periods + at]!;
}

/** For each group the ids of its members, numbered by first appearance. */
export function groupIds({ products }: PeriodSales, { groups = {} }: KnownAhead): string[][] {
  return groupsOfEach(products.toJSON().ids, { groups }).map((members) => [...new Set(members)]);
}

// For each group that of each product.
function groupsOfEach(ids: readonly string[], { groups = {} }: KnownAhead): string[][] {
  return Object.entries(groups).map(([name, groupOf]) =>
    ids.map((id) => {
      const group = groupOf(id);
      requireId('forecast', `groups.${name}('${id}')`, group);
      return String(group);
    }),
  );
}

// NaN says that a number is not known; what is none, or infinite, was not meant.
function checkedNumber(name: string, id: string, period: number, value: unknown): number {
  if (typeof value === 'number' && Math.abs(value) !== Number.POSITIVE_INFINITY) return value;
  return refuse(
    'forecast',
    `numbers.${name}('${id}', ${period})`,
    'be a finite number, or NaN where it is not known',
    value,
  );
}

function codesOf(groups: readonly string[], ids: readonly string[]): Float64Array {
  const codes = new Map(ids.map((id, code) => [id, code]));
  return Float64Array.from(groups, (group) => codes.get(group) ?? Number.NaN);
}
