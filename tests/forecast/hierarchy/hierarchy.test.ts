import {
  createPeriodSales,
  type ForecastMethod,
  forecastSales,
  groupSales,
  naiveForecast,
  reconciledForecast,
  seriesForecast,
  sesForecast,
  sumForecast,
  topDownForecast,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const sales = createPeriodSales({
  tea: [3, 0, 2, 4, 1],
  mate: [Number.NaN, Number.NaN, 1, 1, 2],
  mug: [1, 0, 0, 3, 0],
  pot: [0, 0, 0, 0, 0],
});
const groupOf = (product: string) => (product === 'tea' || product === 'mate' ? 'drinks' : 'things');

test('groups are sums, on sale from their first product on', () => {
  const groups = groupSales(sales, groupOf as never);
  expect(groups.series('drinks')).toEqual([3, 0, 3, 5, 3]);
  expect(groups.series('things')).toEqual([1, 0, 0, 3, 0]);
  expect(groups.products.size).toBe(2);
});

test('bottom-up: groups and shop agree to the last digit', async () => {
  const third = seriesForecast(
    (_, horizon) => ({ means: Array(horizon).fill(1 / 3), variances: Array(horizon).fill(1) }),
    { name: 'third' },
  );
  const forecast = await forecastSales(sales, { method: third, horizon: 2 });
  const { groups, shop } = sumForecast(forecast, groupOf as never);
  const drinks = forecast.mean('tea').map((mean, step) => mean + forecast.mean('mate')[step]!);
  expect(groups.get('drinks')).toEqual(drinks);
  expect(shop).toEqual(drinks.map((mean, step) => mean + groups.get('things')![step]!));
});

describe('top-down', () => {
  test('splits by average proportions', async () => {
    const forecast = await forecastSales(sales, {
      method: topDownForecast(naiveForecast(), { groupOf: groupOf as never }),
      horizon: 2,
    });
    // Drinks sold in four periods: tea's shares 1, 2/3, 4/5 and 1/3 of them; the last period of drinks is 3.
    const share = (1 + 2 / 3 + 4 / 5 + 1 / 3) / 4;
    expect(forecast.mean('tea')[0]).toBeCloseTo(3 * share, 12);
    expect(forecast.mean('mate')[1]).toBeCloseTo(3 * (1 - share), 12);
    // Of the last two periods alone.
    const recent = await forecastSales(sales, { method: topDownForecast(naiveForecast(), { window: 2 }), horizon: 1 });
    expect(recent.mean('tea')[0]).toBeCloseTo((3 * (4 / 8 + 1 / 3)) / 2, 12);
  });

  test('keeps the sum of what was forecast above', async () => {
    const ofGroups = await forecastSales(
      groupSales(sales, () => 'shop'),
      { method: sesForecast(), horizon: 3 },
    );
    const forecast = await forecastSales(sales, { method: topDownForecast(sesForecast()), horizon: 3 });
    const { shop } = sumForecast(forecast, () => 'shop');
    for (const [step, mean] of ofGroups.mean('shop').entries()) expect(shop[step]).toBeCloseTo(mean, 10);
  });
});

describe('reconciled', () => {
  // Means and variances by the first number of a series: products 10, 20 and 30, groups of two 50 and 25, the shop 90.
  const stated: Readonly<Record<number, readonly [number, number]>> = {
    1: [10, 1],
    2: [20, 4],
    4: [30, 2],
    3: [50, 3],
    7: [90, 5],
  };
  const method: ForecastMethod = seriesForecast(
    ([first], horizon) => ({
      means: Array(horizon).fill(stated[first!]![0]),
      variances: Array(horizon).fill(stated[first!]![1]),
    }),
    { name: 'stated' },
  );
  const three = createPeriodSales({ a: [1], b: [2], c: [4] });

  // The sums of products nearest to all statements: normal equations S' W^-1 S b = S' W^-1 y, solved by elimination.
  function nearest(
    rows: readonly (readonly number[])[],
    means: readonly number[],
    variances: readonly number[],
  ): number[] {
    const size = rows[0]!.length;
    const matrix = Array.from({ length: size }, (_, i) => [
      ...Array.from({ length: size }, (_, j) =>
        rows.reduce((sum, row, at) => sum + (row[i]! * row[j]!) / variances[at]!, 0),
      ),
      rows.reduce((sum, row, at) => sum + (row[i]! * means[at]!) / variances[at]!, 0),
    ]);
    for (let pivot = 0; pivot < size; pivot += 1) {
      for (let row = 0; row < size; row += 1) {
        if (row === pivot) continue;
        const factor = matrix[row]![pivot]! / matrix[pivot]![pivot]!;
        matrix[row] = matrix[row]!.map((value, at) => value - factor * matrix[pivot]![at]!);
      }
    }
    return matrix.map((row, place) => row[size]! / row[place]!);
  }

  test('is least squares over variances, of products and shop', async () => {
    const forecast = await forecastSales(three, { method: reconciledForecast(method), horizon: 1 });
    const expected = nearest(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [1, 1, 1],
      ],
      [10, 20, 30, 90],
      [1, 4, 2, 5],
    );
    for (const [place, product] of ['a', 'b', 'c'].entries()) {
      expect(forecast.mean(product)[0]).toBeCloseTo(expected[place]!, 10);
    }
  });

  test('and of groups between them', async () => {
    const groups = (product: unknown) => (product === 'c' ? 'other' : 'first');
    const forecast = await forecastSales(three, {
      method: reconciledForecast(method, { groupOf: groups }),
      horizon: 1,
    });
    const rows = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [1, 1, 0],
      [0, 0, 1],
      [1, 1, 1],
    ];
    const expected = nearest(rows, [10, 20, 30, 50, 30, 90], [1, 4, 2, 3, 2, 5]);
    for (const [place, product] of ['a', 'b', 'c'].entries()) {
      expect(forecast.mean(product)[0]).toBeCloseTo(expected[place]!, 10);
    }
  });

  test('what never sold stays at 0, and nothing falls below', async () => {
    const forecast = await forecastSales(sales, { method: reconciledForecast(sesForecast()), horizon: 2 });
    expect(forecast.mean('pot')).toEqual([0, 0]);
    expect(forecast.means.every((mean) => mean >= 0)).toBe(true);
    const dead = createPeriodSales({ one: [0, 0], other: [0, 0] });
    expect([...(await forecastSales(dead, { method: reconciledForecast(sesForecast()), horizon: 1 })).means]).toEqual([
      0, 0,
    ]);
  });
});

test.each([
  ['topDownForecast: `method` must be a method', () => topDownForecast(3 as never)],
  ['topDownForecast: `window` must be a positive integer', () => topDownForecast(naiveForecast(), { window: 0 })],
  [
    'reconciledForecast: `groupOf` must be a function',
    () => reconciledForecast(naiveForecast(), { groupOf: 'category' as never }),
  ],
  ['groupSales: `groupOf` must be a function', () => groupSales(sales, 'category' as never)],
  ['sumForecast: `forecast` must be a forecast', () => sumForecast([1] as never, () => 'shop')],
])('%s', (message, call) => {
  expect(call).toThrow(message);
});

test('groups are ids: what a function forgets is no group, and 1 is the same as a text', async () => {
  const forgetful = (product: unknown) => (product === 'mug' ? undefined : 'drinks') as never;
  const rule = "`groupOf('mug')` must be an id: a text or a finite number, received undefined";
  expect(() => groupSales(sales, forgetful)).toThrow(`groupSales: ${rule}`);
  const forecast = await forecastSales(sales, { method: naiveForecast(), horizon: 1 });
  expect(() => sumForecast(forecast, forgetful)).toThrow(`sumForecast: ${rule}`);
  expect(() => sumForecast(forecast, () => Number.NaN)).toThrow('received NaN');
  for (const make of [
    topDownForecast(naiveForecast(), { groupOf: forgetful }),
    reconciledForecast(naiveForecast(), { groupOf: forgetful }),
  ]) {
    await expect(forecastSales(sales, { method: make, horizon: 1 })).rejects.toThrow(rule);
  }
  const mixed = groupSales(sales, (product) => (product === 'mug' ? 1 : '1'));
  expect([mixed.products.size, mixed.sales.length]).toEqual([1, mixed.periods]);
});
