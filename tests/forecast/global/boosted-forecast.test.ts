import {
  backtest,
  boostedForecast,
  createPeriodSales,
  createRng,
  forecastSales,
  meanForecast,
  type PeriodSales,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { globalRows, placesAt, placesBefore } from '../../../src/forecast/global/global-rows.js';
import { levelPoissonLoss } from '../../../src/forecast/global/level-poisson-loss.js';
import { salesFeatures } from '../../../src/forecast/global/sales-features.js';

const pause = async () => {};

/** Products whose sales a promotion trebles; it is known ahead. */
function promoted(products: number, periods: number) {
  const rng = createRng(5);
  const isPromoted = (product: number, period: number) => (period * 7 + product * 3) % 11 === 0;
  const series = Object.fromEntries(
    Array.from({ length: products }, (_, product) => [
      `p${product}`,
      Array.from({ length: periods }, (_, period) => {
        const mean = (2 + (product % 5)) * (isPromoted(product, period) ? 3 : 1);
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
      }),
    ]),
  );
  const promotion = (product: string | number, period: number) =>
    isPromoted(Number(String(product).slice(1)), period) ? 1 : 0;
  return { sales: createPeriodSales(series, { start: Date.UTC(2026, 0, 5) }), promotion };
}

test('features look at nothing of their origin or behind it', async () => {
  const rng = createRng(1);
  const draw = () => Array.from({ length: 30 }, () => Math.floor(9 * rng.uniform()));
  const [tea, mug] = [draw(), draw()];
  const features = async (sales: PeriodSales, origin: number) => {
    const found = salesFeatures(sales, { groups: { kind: (product) => String(product).slice(0, 1) } }, 13);
    const { columns, levels } = await globalRows(sales, found, await placesAt(sales, 4, origin, pause), pause);
    return [...columns.map((column) => [...column]), [...levels]];
  };
  for (const origin of [5, 12, 20]) {
    const other = (series: readonly number[]) => series.map((value, at) => (at < origin ? value : 1000 + at));
    const [here, there] = [createPeriodSales({ tea, mug }), createPeriodSales({ tea: other(tea), mug: other(mug) })];
    expect(await features(there, origin)).toEqual(await features(here, origin));
    // And of what lies before they do.
    const before = tea.map((value, at) => (at === origin - 1 ? value + 5 : value));
    expect(await features(createPeriodSales({ tea: before, mug }), origin)).not.toEqual(await features(here, origin));
  }
});

test('what is known ahead is refused where a function does not say it', async () => {
  const sales = createPeriodSales({ tea: Array(60).fill(2), mug: Array(60).fill(1) });
  const learn = (known: object) =>
    forecastSales(sales, { method: boostedForecast({ rounds: 1, ...known }), horizon: 2 });
  const kind = (product: unknown) => (product === 'mug' ? undefined : 'drink');
  await expect(learn({ groups: { kind } })).rejects.toThrow(
    "forecast: `groups.kind('mug')` must be an id: a text or a finite number, received undefined",
  );
  await expect(learn({ groups: { kind: () => null } })).rejects.toThrow("`groups.kind('tea')` must be an id");
  for (const value of [undefined, null, '3', Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const price = (product: unknown, period: number) => (product === 'mug' && period === 9 ? value : 3);
    await expect(learn({ numbers: { price } })).rejects.toThrow(
      "forecast: `numbers.price('mug', 9)` must be a finite number, or NaN where it is not known, received",
    );
  }
  await expect(learn({ numbers: { price: () => Number.NaN }, groups: { kind: () => 3 } })).resolves.toBeDefined();
});

test('rows are learned from only where their targets lie before the end', async () => {
  const sales = createPeriodSales({
    tea: Array(20).fill(1),
    late: [...Array(10).fill(Number.NaN), ...Array(10).fill(1)],
  });
  const places = await placesBefore(sales, 3, 18, { most: 1e9, rng: createRng(0), pause: async () => {} });
  expect(Math.max(...places.map(({ origin, step }) => origin + step))).toBe(17);
  // Four periods on sale come before the first origin: 4 to 17 and 14 to 17, with up to three steps each.
  expect(places.filter(({ place }) => place === 0).length).toBe(12 * 3 + 2 + 1);
  expect(places.filter(({ place }) => place === 1).length).toBe(2 * 3 + 2 + 1);
  const drawn = await placesBefore(sales, 3, 18, { most: 24, rng: createRng(0), pause: async () => {} });
  expect(drawn.length).toBeLessThan(places.length);
  expect(drawn.length).toBeGreaterThan(8);
});

test('targets are what was sold, over the level', async () => {
  const sales = createPeriodSales({ tea: [4, 4, 4, 4, 4, 9, 2] });
  const { targets, levels } = await globalRows(
    sales,
    salesFeatures(sales, {}, undefined),
    await placesAt(sales, 3, 5, pause),
    pause,
  );
  // A level of 4, and a little so that none is 0.
  expect(levels[0]).toBeCloseTo(4.02, 12);
  expect(targets[0]).toBeCloseTo(9 / 4.02, 12);
  expect(targets[1]).toBeCloseTo(2 / 4.02, 12);
  expect(targets[2]).toBeNaN();
});

test('the loss has the derivatives of its formula', () => {
  const loss = levelPoissonLoss(Float64Array.of(2, 8));
  const targets = Float64Array.of(1.5, 0);
  // Weights 1 / (1/2 + 1/2) and 1 / (1/8 + 1/2).
  const weights = [1, 1.6];
  const of = (score: number, row: number) => weights[row]! * (Math.exp(score) - targets[row]! * score);
  const scores = [Float64Array.of(0.3, -1)];
  const to = { gradients: [new Float64Array(2)], hessians: [new Float64Array(2)] };
  loss.differentiate(targets, scores, to, 0, 2);
  for (const row of [0, 1]) {
    const at = scores[0]![row]!;
    expect(to.gradients[0]![row]).toBeCloseTo((of(at + 1e-5, row) - of(at - 1e-5, row)) / 2e-5, 6);
    expect(to.hessians[0]![row]).toBeCloseTo(weights[row]! * (Math.exp(at) + 1e-3), 12);
  }
  // The constant whose gradient is 0: the weighted mean of targets.
  expect(loss.starts(targets)[0]).toBeCloseTo(Math.log(1.5 / 2.6), 12);
});

describe('boosted trees', () => {
  test('learn what a promotion does, which no method of one series can', async () => {
    const { sales, promotion } = promoted(30, 50);
    const method = boostedForecast({ rounds: 50, numbers: { promotion } });
    const { methods } = await backtest(sales, { methods: [meanForecast(), method], horizon: 4, origins: 2 });
    const [, plain, boosted] = methods.map(({ rmsse }) => rmsse.value);
    expect(boosted).toBeLessThan(0.9 * plain!);
    // Their quantiles hold what they say, within chance of 240 periods.
    expect(methods[2]!.coverage.value).toBeGreaterThan(0.84);
  });

  test('repeat by their seed', async () => {
    const { sales } = promoted(20, 30);
    const run = async (seed: number) => {
      const { means } = await forecastSales(sales, {
        method: boostedForecast({ rounds: 10, rows: 400, seed }),
        horizon: 2,
      });
      return [...means];
    };
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  test('what never sold and what is new have an answer', async () => {
    const { sales } = promoted(20, 30);
    const series = Object.fromEntries(sales.products.toJSON().ids.map((id) => [id, sales.series(id)]));
    const more = createPeriodSales({
      ...series,
      dead: Array(30).fill(0),
      new: [...Array(29).fill(Number.NaN), 3],
    });
    const forecast = await forecastSales(more, { method: boostedForecast({ rounds: 10 }), horizon: 2 });
    expect(forecast.mean('dead')[0]).toBeLessThan(0.2);
    expect(forecast.mean('new').every((mean) => mean > 0 && mean < 30)).toBe(true);
    expect(forecast.doubtful).toEqual(['dead']);
  });

  test.each([
    ['`rounds` must be a positive integer', { rounds: 0 }],
    ['`season` must be a whole number from 2 to 366', { season: 1 }],
    ['`rows` must be a whole number >= 200', { rows: 3 }],
    ['`seed` must be a safe integer', { seed: 0.5 }],
    ['`price` must be a function', { numbers: { price: 3 as never } }],
  ])('refuse: %s', (message, options) => {
    expect(() => boostedForecast(options)).toThrow(`boostedForecast: ${message}`);
  });

  test('refuse too little to learn from', async () => {
    const sales = createPeriodSales({ tea: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] });
    await expect(forecastSales(sales, { method: boostedForecast(), horizon: 2 })).rejects.toThrow(
      'boostedForecast: `sales` must have 10 periods and 200 rows to learn from',
    );
  });
});
