import { describe, expect, test } from 'vitest';
import { globalRows, placesAt } from '../../../src/forecast/global/global-rows.js';
import { type KnownAhead, salesFeatures } from '../../../src/forecast/global/sales-features.js';
import { createPeriodSales } from '../../../src/forecast/series/period-sales.js';
import { createRng } from '../../../src/random/rng.js';

const pause = async () => {};
const rng = createRng(3);
const drawn = (periods: number) => Array.from({ length: periods }, () => Math.floor(4 * rng.uniform()));
const [tea, mug] = [drawn(70), drawn(70).map((value, at) => (at < 55 ? Number.NaN : value))];
// A mug was sold last in the period numbered 60.
for (let at = 61; at < 66; at += 1) mug[at] = 0;
mug[60] = 2;
// A Monday.
const start = Date.UTC(2025, 8, 1);
const sales = createPeriodSales({ tea, mug }, { start });

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

/** The mean of the first ten, into which each later one goes with a tenth; and a little, so that none is 0. */
function level(known: readonly number[]): number {
  const later = known.slice(10).reverse();
  const ofLater = sum(later.map((value, ago) => 0.1 * 0.9 ** ago * value));
  return 0.9 ** later.length * mean(known.slice(0, 10)) + ofLater + 0.02;
}

/** What a row says of a product whose sales are known before an origin. */
function standing(series: readonly number[], origin: number): number[] {
  const known = series.slice(0, origin).filter((value) => !Number.isNaN(value));
  const own = level(known);
  const last = known.slice(-13);
  const shop = Array.from({ length: origin }, (_, at) => tea[at]! + (mug[at]! || 0));
  return [
    ...[1, 2, 3, 4].map((ago) => known[known.length - ago]! / own),
    ...[4, 8, 13, 26, 52].map((window) => (known.length < window ? Number.NaN : mean(known.slice(-window)) / own)),
    last.filter((value) => value > 0).length / last.length,
    Math.log(own),
    known.length,
    [...known].reverse().findIndex((value) => value > 0),
    mean(last.map((value) => (value / own) ** 2)),
    mean(shop.slice(-2)) / mean(shop.slice(-13)),
    mean(shop.slice(-4)) / mean(shop.slice(-26)),
  ];
}

async function columnsAt(origin: number, horizon: number, known: KnownAhead = {}, season?: number) {
  const places = await placesAt(sales, horizon, origin, pause);
  const features = salesFeatures(sales, known, season);
  const { columns, levels } = await globalRows(sales, features, places, pause);
  return { rows: places.map((_, row) => columns.map((column) => column[row]!)), levels, kinds: features.kinds };
}

function expectNumbers(found: readonly number[], expected: readonly number[]) {
  expect(found.length).toBe(expected.length);
  for (const [at, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(found[at], `feature ${at}`).toBeNaN();
    else expect(found[at], `feature ${at}`).toBeCloseTo(value, 9);
  }
}

describe('features of sales', () => {
  // The mug is on sale for 3, 4, 11, 13 and 15 periods then.
  test.each([58, 59, 66, 68, 70])('before origin %i: lags, windows, level and the shop as a whole', async (origin) => {
    const { rows, levels, kinds } = await columnsAt(origin, 1);
    for (const [place, series] of [tea, mug].entries()) {
      expectNumbers(rows[place]!.slice(0, 16), standing(series, origin));
      expect(levels[place]).toBeCloseTo(level(series.slice(0, origin).filter((value) => value >= 0)), 12);
    }
    expect(kinds.length).toBe(rows[0]!.length);
    expect(kinds.flatMap((kind, at) => (kind === 'count' ? [at] : []))).toEqual([11, 12]);
    expect(kinds.flatMap((kind, at) => (kind === 'plain' ? [at] : []))).toEqual([9, 10]);
    expect(kinds.slice(16)).toEqual(['step', 'day', 'dayOfYear', 'ratio']);
  });

  test('of a product that is not on sale yet: nothing but the least level', async () => {
    const { rows, levels } = await columnsAt(40, 1);
    expect(levels[1]).toBe(0.02);
    expectNumbers(rows[1]!.slice(0, 9), Array(9).fill(Number.NaN));
    expect(rows[1]!.slice(11, 13)).toEqual([0, 0]);
  });

  test('of weeks: the day of the month and of the year in which each begins', async () => {
    const { rows } = await columnsAt(15, 4);
    // 15 weeks behind 1 September 2025 lies 15 December; two weeks on a new year has begun, on Thursday.
    expect(rows.slice(0, 4).map((row) => row.slice(16, 19))).toEqual([
      [0, 15, 348],
      [1, 22, 355],
      [2, 29, 362],
      [3, 5, 4],
    ]);
  });

  test('of days: the day of the week', async () => {
    const days = createPeriodSales({ tea: [1, 2, 3, 4, 5, 6] }, { period: 'day', start: Date.UTC(2026, 0, 1) });
    const places = await placesAt(days, 4, 4, pause);
    const { columns } = await globalRows(days, salesFeatures(days, {}, undefined), places, pause);
    // 1 January 2026 was a Thursday, 5 January a Monday.
    expect([...columns[17]!]).toEqual([1, 2, 3, 4]);
    expect([...columns[18]!]).toEqual([4, 5, 6, 7]);
  });

  test('a season before: the last that is known of the same place in the season', async () => {
    const { rows, levels } = await columnsAt(58, 7, {}, 3);
    const ofPlace = (place: number) => rows.slice(7 * place, 7 * place + 7).map((row) => row[19]!);
    // Steps 0 to 6 look at periods 55, 56, 57, and again at those: none lies behind the origin.
    const looked = [55, 56, 57, 55, 56, 57, 55];
    expectNumbers(
      ofPlace(0),
      looked.map((at) => tea[at]! / levels[0]!),
    );
    expectNumbers(
      ofPlace(1),
      looked.map((at) => mug[at]! / levels[7]!),
    );
    const before = await columnsAt(58, 1, {}, 4);
    expect(before.rows[1]![19]).toBeNaN();
    expect((await columnsAt(58, 1)).rows[0]![19]).toBeNaN();
  });

  test('what is known ahead is asked for of the period itself, and groups have codes by first appearance', async () => {
    const asked = (product: string | number, period: number) => (product === 'tea' ? 100 : 200) + period;
    const kind = (product: string | number) => (product === 'tea' ? 'drink' : 'cup');
    const { rows, kinds } = await columnsAt(58, 2, { numbers: { asked }, groups: { kind, same: () => 'all' } });
    expect(kinds.slice(20)).toEqual(['known', 'group', 'group']);
    expect(rows.map((row) => row.slice(20))).toEqual([
      [158, 0, 0],
      [159, 0, 0],
      [258, 1, 0],
      [259, 1, 0],
    ]);
    const learned = salesFeatures(sales, { groups: { kind } }, undefined, [['cup', 'plate']]);
    const { columns } = await globalRows(sales, learned, await placesAt(sales, 1, 58, pause), pause);
    expectNumbers([...columns[20]!], [Number.NaN, 0]);
  });
});
