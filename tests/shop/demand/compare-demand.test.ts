import { compareDemand, type DailyDemand, demandByDay } from 'minimart';
import { describe, expect, test } from 'vitest';
import { columns, linesByDay, orderTable } from './order-table.js';

const days = (series: Readonly<Record<string, readonly number[]>>) => {
  const rows = Object.entries(series).flatMap(([product, counts]) => linesByDay(product, counts));
  const length = Math.max(...Object.values(series).map((counts) => counts.length));
  const start = Date.UTC(2026, 2, 2);
  const to = start + (length - 1) * 86_400_000;
  return demandByDay(orderTable(rows), { ...columns, products: Object.keys(series), from: start, to });
};
const week = (counts: readonly number[]) => [...counts, ...counts];

test('differences are those of the formulas', async () => {
  const real = await days({ tea: week([4, 0, 0, 4, 0, 0, 0]) });
  const virtual = await days({ tea: [4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0] });
  const { products, correlation } = await compareDemand(virtual, { real, heldOut: real });
  const { tea } = products;
  // 16 pieces in 14 days, and 8.
  expect(tea!.mean).toEqual({ value: 0.5, heldOut: 0 });
  // Sums of squares about the means: 64 - 256 / 14 and 32 - 64 / 14.
  expect(tea!.deviation.value).toBeCloseTo(1 - Math.sqrt((32 - 64 / 14) / (64 - 256 / 14)), 12);
  // 10 of 14 days without demand, and 12.
  expect(tea!.pieces.value).toBeCloseTo(2 / 14, 12);
  // Gaps of 3, 4 and 3 days, and one of 7: nothing in common.
  expect(tea!.gaps.value).toBeCloseTo(1, 12);
  // Half on Mondays and half on Thursdays; all on Mondays.
  expect(tea!.weekdays.value).toBeCloseTo(0.5, 12);
  expect(correlation).toEqual({ value: 0, heldOut: 0 });
});

test('gaps are compared by their groups', async () => {
  // Gaps of 3, 4 and 3 days; of 3, 3 and 3; of 3, 5 and 3: four and five days are one group.
  const real = await days({ tea: [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0] });
  const even = await days({ tea: [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0] });
  const longer = await days({ tea: [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0] });
  const { gaps } = await compareDemand(even, { real, heldOut: longer });
  expect(gaps.value).toBeCloseTo(1 / 3, 12);
  expect(gaps.heldOut).toBe(0);
});

test('autocorrelation is looked at up to eight days back, correlation pair by pair', async () => {
  const turns = [2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0];
  const real = await days({ tea: turns, mug: turns });
  const virtual = await days({ tea: turns, mug: turns.map((count) => 2 - count) });
  const { correlation, products } = await compareDemand(virtual, { real, heldOut: real });
  expect(correlation).toEqual({ value: 2, heldOut: 0 });
  expect(products.mug!.autocorrelation.value).toBeCloseTo(0, 12);
  const flat = await days({ tea: turns.map(() => 1), mug: turns });
  // Of turns the autocorrelation at lag k is (14 - k) / 14 with changing signs, of a constant 0: the mean of 13 / 14 to 6 / 14.
  expect((await compareDemand(flat, { real, heldOut: real })).products.tea!.autocorrelation.value).toBeCloseTo(
    9.5 / 14,
    12,
  );
});

describe('refuses', () => {
  test('other products, other numbers of days, products without demand', async () => {
    const real = await days({ tea: week([1, 1, 1, 1, 1, 0, 0]), mug: week([1, 0, 1, 0, 1, 0, 0]) });
    const tea = await days({ tea: week([1, 1, 1, 1, 1, 0, 0]) });
    await expect(compareDemand(tea, { real, heldOut: real })).rejects.toThrow(
      /`virtual.products` must be the same products/,
    );
    const short = await days({ tea: [1, 1, 1], mug: [1, 0, 0] });
    await expect(compareDemand(short, { real, heldOut: real })).rejects.toThrow(
      /`virtual.days` must be as many as those held out, 14/,
    );
    const never: DailyDemand = {
      ...real,
      series: (id) => (id === 'tea' ? real.series(id) : real.series(id).map(() => 0)),
    };
    await expect(compareDemand(real, { real: never, heldOut: real })).rejects.toThrow(
      /`real` must have demand for each product.*'mug'/,
    );
  });
});
