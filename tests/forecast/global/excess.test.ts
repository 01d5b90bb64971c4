import { createPeriodSales } from 'minimart';
import { describe, expect, test } from 'vitest';
import { emptyNumbers } from '../../../src/forecast/forecast-method.js';
import { mostLog } from '../../../src/forecast/global/count-loss.js';
import { excessAmong, excessOf, writeVariances } from '../../../src/forecast/global/excess.js';
import { atOnce } from '../../../src/internal/pieces.js';

/** Squared errors beyond Poisson's, over squared means, by moments. */
function excess(actual: readonly number[], means: readonly number[]): number {
  const sum = (of: (at: number) => number) => actual.reduce((total, _, at) => total + of(at), 0);
  return Math.max(0, sum((at) => (actual[at]! - means[at]!) ** 2 - means[at]!) / sum((at) => means[at]! ** 2));
}

describe('how much more a product varies than all', () => {
  const series = [0, 9, 1, 12, 0, 8, 2, 10];
  const own = (products: Record<string, number[]>, single: number) => [
    ...atOnce(excessAmong(createPeriodSales(products), { single, total: Float64Array.of(single) })).ofProduct,
  ];
  const drawn = (values: readonly number[], single: number) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const ratio = excess(values, Array(values.length).fill(mean)) / single;
    // 20 periods of all count with its own, and no product counts for more than ten times all.
    return (values.length * Math.min(10, ratio) + 20) / (values.length + 20);
  };

  test('is its own excess about its mean, drawn to that of all', () => {
    expect(own({ tea: series }, 0.4)[0]).toBeCloseTo(drawn(series, 0.4), 12);
    expect(own({ tea: series }, 0.001)[0]).toBeCloseTo((8 * 10 + 20) / 28, 12);
  });

  test('is of the last 52 periods on sale', () => {
    const long = [...Array(30).fill(100), ...Array.from({ length: 52 }, (_, at) => series[at % 8]!)];
    expect(own({ tea: long }, 0.4)[0]).toBeCloseTo(drawn(long.slice(30), 0.4), 12);
    const late = [...Array(3).fill(Number.NaN), ...series];
    expect(own({ tea: late, mug: Array(11).fill(1) }, 0.4)[0]).toBeCloseTo(drawn(series, 0.4), 12);
  });

  test('is that of all where nothing was sold, or nothing varies more than chance', () => {
    expect(own({ dead: [0, 0, 0], tea: [1, 5, 0] }, 0.4)[0]).toBe(1);
    expect(own({ tea: series }, 0)).toEqual([1]);
  });
});

test('the excess of all is that of single periods, and of their sums', () => {
  const sales = createPeriodSales({
    tea: [3, 3, 3, 3],
    mug: [1, 1, 1, 1],
    late: [Number.NaN, Number.NaN, Number.NaN, 5],
  });
  // Three products, two steps; the last one is not on sale before the origin and does not count.
  const rows = {
    columns: [],
    levels: Float64Array.of(4, 4, 2, 2, 9, 9),
    targets: Float64Array.of(2, 0.25, 3, 4, 7, 7),
  };
  const logs = Float64Array.of(0.1, -0.2, 0.3, 0, 1, 1);
  const { single, total } = atOnce(excessOf(sales, rows, logs, 2, 3));
  const actual = [8, 1, 6, 8];
  const means = [4 * Math.exp(0.1), 4 * Math.exp(-0.2), 2 * Math.exp(0.3), 2];
  expect(single).toBeCloseTo(excess(actual, means), 12);
  expect(total[0]).toBeCloseTo(excess([8, 6], [means[0]!, means[2]!]), 12);
  expect(total[1]).toBeCloseTo(excess([9, 14], [means[0]! + means[1]!, means[2]! + means[3]!]), 12);
});

test('variances are those of means and excess, and sums begin anew with each product', () => {
  const numbers = emptyNumbers(2, 2);
  numbers.means.set([2, 3, 10, 1]);
  const excess = { single: 0.5, total: Float64Array.of(0.4, 0), ofProduct: Float64Array.of(1, 2) };
  atOnce(writeVariances(numbers, excess, 2));
  // mean + own times excess times its square.
  expect([...numbers.variances]).toEqual([2 + 0.5 * 4, 3 + 0.5 * 9, 10 + 100, 1 + 1]);
  // The second product's sum of two varies no less than its first: 10 + 2 * 0.4 * 100, not the 11 of its own.
  expect([...numbers.totals]).toEqual([2 + 0.4 * 4, 5, 90, 90]);
});

test('means are cut off at 20 levels', () => {
  expect(Math.exp(mostLog)).toBeCloseTo(20.0855, 4);
});
