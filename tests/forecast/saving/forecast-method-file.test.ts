import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  backtest,
  conformalForecast,
  decodeForecastMethod,
  encodeForecastMethod,
  type Forecast,
  type ForecastMethod,
  forecastSales,
  type LearnedForecastMethod,
  learnForecastMethod,
  networkForecast,
  type PeriodSales,
  sesForecast,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { daysOf, first, known, learned, methods } from './learned-methods.js';

await useBackend('wasm');

const numbersOf = (method: ForecastMethod, sales: PeriodSales, horizon = 3) =>
  method.forecast(sales, { horizon, pause: async () => {} });

const said = (forecast: Forecast, product: string) => [
  forecast.mean(product),
  forecast.quantile(product, 0.9),
  forecast.demand(product, { periods: 2 }).mean,
];

describe.each(Object.keys(methods))('%s that have learned', (name) => {
  test('forecast what the method does, before and after a file, to the bit', async () => {
    const sales = daysOf(first, 40);
    const method = await learned(name);
    const before = memory().numTensors;
    const bytes = await encodeForecastMethod(method);
    const again = await decodeForecastMethod(bytes, known);
    const anew = await numbersOf(methods[name]!(), sales);
    expect(await numbersOf(method, sales)).toEqual(anew);
    expect(await numbersOf(again, sales)).toEqual(anew);
    expect(await encodeForecastMethod(again)).toEqual(bytes);
    expect([again.name, again.horizon, again.products.size]).toEqual([methods[name]!().name, 3, 16]);
    expect(memory().numTensors).toBe(before);
  });

  test('go by what products are called, in whatever order they and their groups come', async () => {
    const method = await decodeForecastMethod(await encodeForecastMethod(await learned(name)), known);
    const inOrder = await forecastSales(daysOf(first, 44), { method, horizon: 2 });
    const other = [...first].reverse();
    const reversed = await forecastSales(daysOf(other, 44), { method, horizon: 2 });
    for (const product of first) expect(said(reversed, `p${product}`)).toEqual(said(inOrder, `p${product}`));
  });

  test('look at the days that have come, and learn nothing from them', async () => {
    const method = await learned(name);
    const [then, now] = [daysOf(first, 40), daysOf(first, 44)];
    expect((await numbersOf(method, now)).means).not.toEqual((await numbersOf(method, then)).means);
    // What is the same up to the origin is forecast alike, whatever was looked at in between.
    expect(await numbersOf(method, then)).toEqual(await numbersOf(methods[name]!(), then));
  });

  test('forecast a product or group that they did not learn of as a mean one, and doubt it', async () => {
    const method = await learned(name);
    const more = [...first, 18];
    const forecast = await forecastSales(daysOf(more, 40), { method, horizon: 3 });
    expect(forecast.doubtful).toEqual(['p18']);
    for (const mean of forecast.mean('p18')) expect(mean > 0.5 && mean < 20).toBe(true);
    // An unknown group only moves those that are in it.
    const groups = { kind: (product: string | number) => (product === 'p3' ? 'new' : known.groups.kind(product)) };
    const moved = await decodeForecastMethod(await encodeForecastMethod(method), { ...known, groups });
    const [plain, changed] = [
      await forecastSales(daysOf(first, 40), { method, horizon: 3 }),
      await forecastSales(daysOf(first, 40), { method: moved, horizon: 3 }),
    ];
    expect(changed.mean('p4')).toEqual(plain.mean('p4'));
    for (const mean of changed.mean('p3')) expect(mean > 0.5 && mean < 20).toBe(true);
    if (name !== 'trees') expect(changed.mean('p3')).not.toEqual(plain.mean('p3'));
  });

  test('say fewer periods as the first of more', async () => {
    const method = await learned(name);
    const sales = daysOf(first, 40);
    const [one, three] = [await numbersOf(method, sales, 1), await numbersOf(method, sales)];
    expect([...one.means]).toEqual([...three.means].filter((_, cell) => cell % 3 === 0));
    expect([...one.totals]).toEqual([...three.totals].filter((_, cell) => cell % 3 === 0));
  });

  test('refuse what they cannot forecast, and what they already know', async () => {
    const method = await learned(name);
    const where = name === 'trees' ? 'boostedForecast' : 'networkForecast';
    const sales = daysOf(first, 40);
    await expect(forecastSales(sales, { method, horizon: 4 })).rejects.toThrow(
      `${where}: \`horizon\` must be at most the 3 that it learned, received 4`,
    );
    await expect(forecastSales({ ...sales, period: 'week' }, { method, horizon: 2 })).rejects.toThrow(
      `${where}: \`sales.period\` must be the 'day' that it learned`,
    );
    // 5 January and forty days.
    const early = `${where}: \`sales\` must end on 2026-02-14 or later, for it learned from what is before`;
    await expect(forecastSales(daysOf(first, 39), { method, horizon: 2 })).rejects.toThrow(early);
    await expect(backtest(sales, { methods: [method], horizon: 2 })).rejects.toThrow(early);
    const conformal = conformalForecast(method, { origins: 8 });
    await expect(forecastSales(sales, { method: conformal, horizon: 2 })).rejects.toThrow(early);
  });
});

test('the embedding of what was not learned of is the mean of all', async () => {
  const method = await learned('network');
  const sales = daysOf(first, 40);
  // All products made one: what the known say is what an unknown one would say.
  const bytes = await encodeForecastMethod(method);
  const { forged } = await import('../../support/forge-file.js');
  const alike = await forged(bytes, (_, tensors) => {
    for (const [name, { values }] of Object.entries(tensors)) if (name.endsWith('table/product')) values.fill(0.25);
  });
  const read = await decodeForecastMethod(alike, known);
  const renamed = { ...sales, products: daysOf([100, ...first.slice(1)], 40).products };
  // p100 is of the group of p0, and its price has another day: it is asked for as p0's.
  const sameKnown = {
    ...known,
    numbers: { price: (_: string | number, period: number) => known.numbers.price('p0', period) },
  };
  const [one, other] = [await decodeForecastMethod(alike, sameKnown), read];
  expect(other.products.has('p0')).toBe(true);
  const [asKnown, asUnknown] = [await numbersOf(one, sales), await numbersOf(one, renamed)];
  expect(asUnknown.means[0]).toBeCloseTo(asKnown.means[0]!, 6);
  expect([...asUnknown.tooShort].indexOf(1)).toBe(0);
});

test.each<[string, () => Promise<unknown>]>([
  [
    'learnForecastMethod: `method` must be one that learns beforehand',
    () => learnForecastMethod(daysOf(first, 40), { method: sesForecast(), horizon: 2 }),
  ],
  [
    'learnForecastMethod: `horizon` must be a whole number from 1 to 1000',
    () => learnForecastMethod(daysOf(first, 40), { method: methods.trees!(), horizon: 0 }),
  ],
  [
    'networkForecast: `sales` must have 11 periods and 200 rows to learn from',
    () => learnForecastMethod(daysOf([1], 20), { method: networkForecast(), horizon: 3 }),
  ],
  [
    'encodeForecastMethod: `method` must be one that has learned',
    () => encodeForecastMethod(networkForecast() as LearnedForecastMethod),
  ],
  [
    'decodeForecastMethod: `numbers.price` must be a function',
    async () => decodeForecastMethod(await encodeForecastMethod(await learned('trees')), { groups: known.groups }),
  ],
  [
    'decodeForecastMethod: `groups` must name what the method learned with only (kind)',
    async () => {
      const groups = { ...known.groups, shop: () => 1 };
      return decodeForecastMethod(await encodeForecastMethod(await learned('trees')), { ...known, groups });
    },
  ],
])('refuses: %s', async (message, run) => {
  await expect(run()).rejects.toThrow(message);
});

test('stops learning', async () => {
  const controller = new AbortController();
  const method = networkForecast({ networks: 1, hidden: [4], onProgress: () => controller.abort(new Error('enough')) });
  const run = learnForecastMethod(daysOf(first, 40), { method, horizon: 2, signal: controller.signal });
  await expect(run).rejects.toThrow('enough');
});
