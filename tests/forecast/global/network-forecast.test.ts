import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  backtest,
  createPeriodSales,
  createRng,
  type ForecastMethod,
  forecastSales,
  meanForecast,
  type NetworkForecastOptions,
  type NetworkForecastProgress,
  networkForecast,
  type PeriodSales,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { headRules } from '../../../src/forecast/global/forecast-heads.js';
import { globalRows, placesAt } from '../../../src/forecast/global/global-rows.js';
import { codedFeatures, codeRows, networkCoding } from '../../../src/forecast/global/network-inputs.js';
import { salesFeatures } from '../../../src/forecast/global/sales-features.js';
import { rowCodes } from '../../../src/forecast/learned/learned-networks.js';
import { atOnce } from '../../../src/internal/pieces.js';

await useBackend('wasm');

const pause = async () => {};
const heads = ['negativeBinomial', 'quantiles'] as const;
const small = { networks: 1, hidden: [16], epochs: 6, learningRate: 0.005 };

/** Products whose sales a promotion trebles, but those of kind 1; both are known ahead. */
function promoted(products: number, periods: number) {
  const rng = createRng(5);
  const isPromoted = (product: number, period: number) => product % 2 === 0 && (period * 7 + product * 3) % 11 === 0;
  const series = Object.fromEntries(
    Array.from({ length: products }, (_, product) => [
      `p${product}`,
      Array.from({ length: periods }, (_, period) => {
        const mean = (4 + (product % 5)) * (isPromoted(product, period) ? 3 : 1);
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
      }),
    ]),
  );
  const place = (product: string | number) => Number(String(product).slice(1));
  const numbers = {
    promotion: (product: string | number, period: number) => (isPromoted(place(product), period) ? 1 : 0),
  };
  const groups = { kind: (product: string | number) => place(product) % 2 };
  return { sales: createPeriodSales(series, { start: Date.UTC(2026, 0, 5) }), known: { numbers, groups } };
}

/** A method that is asked by a backtest of sales whose last periods are others. */
async function meansBeforeOrigin(sales: PeriodSales, method: ForecastMethod, origin: number, change: number) {
  const ids = sales.products.toJSON().ids;
  const series = Object.fromEntries(
    ids.map((id) => [id, sales.series(id).map((value, at) => (at < origin ? value : change * value + 3))]),
  );
  let found: Float64Array | undefined;
  const watched: ForecastMethod = {
    name: 'watched',
    forecast: async (known, work) => {
      const numbers = await method.forecast(known, work);
      found = numbers.means;
      return numbers;
    },
  };
  const changed = createPeriodSales(series, { start: sales.start });
  await backtest(changed, { methods: [watched], horizon: sales.periods - origin });
  return [...found!];
}

describe.each(heads)('a network, %s', (head) => {
  test('knows nothing of what lies behind the origin', async () => {
    const { sales, known } = promoted(20, 30);
    const method = networkForecast({ ...small, ...known, head });
    expect(await meansBeforeOrigin(sales, method, 27, 1)).toEqual(await meansBeforeOrigin(sales, method, 27, 9));
    // And something of what lies before it.
    expect(await meansBeforeOrigin(sales, method, 27, 1)).not.toEqual(await meansBeforeOrigin(sales, method, 26, 1));
  });

  test('learns what a promotion does, and that it does nothing for other kinds', async () => {
    const { sales, known } = promoted(40, 50);
    const method = networkForecast({ ...small, ...known, head, hidden: [32], epochs: 40 });
    const { methods } = await backtest(sales, { methods: [meanForecast(), method], horizon: 4, origins: 2 });
    const [, plain, network] = methods;
    expect(network!.rmsse.value).toBeLessThan(0.95 * plain!.rmsse.value);
    expect(network!.pinball.value).toBeLessThan(0.95 * plain!.pinball.value);
    // 90% asked for, of 320 periods.
    expect(network!.coverage.value).toBeGreaterThan(0.82);
    expect(network!.coverage.value).toBeLessThan(0.97);
  });

  test('repeats by its seed, and leaves no tensor behind', async () => {
    const { sales } = promoted(20, 30);
    const run = async (seed: number) => {
      const method = networkForecast({ ...small, head, epochs: 2, seed });
      return [...(await forecastSales(sales, { method, horizon: 2 })).means];
    };
    const first = await run(1);
    const tensors = memory().numTensors;
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
    expect(memory().numTensors).toBe(tensors);
  });

  test('has an answer for what never sold, what is new and what is not on sale', async () => {
    const { sales } = promoted(20, 30);
    const series = Object.fromEntries(sales.products.toJSON().ids.map((id) => [id, sales.series(id)]));
    const more = createPeriodSales({
      ...series,
      dead: Array(30).fill(0),
      new: [...Array(29).fill(Number.NaN), 3],
    });
    const forecast = await forecastSales(more, { method: networkForecast({ ...small, head }), horizon: 2 });
    expect(forecast.mean('dead')[0]).toBeLessThan(0.5);
    expect(forecast.mean('new').every((mean) => mean > 0 && mean < 30)).toBe(true);
    expect(forecast.doubtful).toEqual(['dead']);
    const quantiles = [0.01, 0.05, 0.3, 0.9, 0.99, 0.999].map(
      (probability) => forecast.quantile('p3', probability)[1]!,
    );
    expect(quantiles).toEqual([...quantiles].sort((one, other) => one - other));
    for (const step of [1, 2]) {
      const demand = forecast.demand('p3', { periods: step, together: false });
      expect(Math.abs(demand.mean - forecast.mean('p3')[step - 1]!)).toBeLessThan(0.15 * demand.mean + 0.5);
    }
  });

  test('has an answer for a shop that never sold, or no longer does', async () => {
    const shop = (sold: number, periods: number) =>
      Object.fromEntries(
        Array.from({ length: 12 }, (_, p) => [`p${p}`, [...Array(12).fill(sold), ...Array(periods).fill(0)]]),
      );
    // Levels fall by a tenth a period: 2 * 0.9^70 is 0.001, below what is judged by.
    for (const series of [shop(0, 20), shop(2, 70)]) {
      const told: NetworkForecastProgress[] = [];
      const method = networkForecast({ ...small, epochs: 2, head, onProgress: (each) => void told.push(each) });
      const { means } = await forecastSales(createPeriodSales(series), { method, horizon: 2 });
      expect(means.every((mean) => mean >= 0 && mean < 0.1)).toBe(true);
      expect(told.filter(({ phase }) => phase === 'learning').length).toBe(1);
    }
  });

  test('gives the same on the cpu backend, but for rounding', async () => {
    const { sales } = promoted(20, 26);
    const run = async () => {
      const method = networkForecast({ networks: 1, hidden: [4], epochs: 1, rows: 300, head });
      return (await forecastSales(sales, { method, horizon: 2 })).means;
    };
    const here = await run();
    await useBackend('cpu');
    const there = await run();
    await useBackend('wasm');
    for (const [cell, mean] of here.entries()) expect(Math.abs(there[cell]! - mean)).toBeLessThan(1e-5 * (1 + mean));
  });
});

test('tells its progress, and stops', async () => {
  const { sales } = promoted(20, 30);
  const told: NetworkForecastProgress[] = [];
  const controller = new AbortController();
  const options = {
    networks: 2,
    hidden: [4],
    epochs: 3,
    onProgress: (each: NetworkForecastProgress) => void told.push(each),
  };
  await forecastSales(sales, { method: networkForecast({ ...options, origins: 2 }), horizon: 2 });
  const choosing = told.filter(({ phase }) => phase === 'choosing');
  // Two networks of three epochs at each of two origins.
  expect(choosing.map(({ network, epoch }) => `${network} ${epoch}`)).toEqual(
    [1, 2].flatMap(() => ['1 1', '1 2', '1 3', '2 1', '2 2', '2 3']),
  );
  expect(choosing.every(({ loss, heldOut }) => Number.isFinite(loss) && Number.isFinite(heldOut))).toBe(true);
  // So many passes as were best, the sum over networks and origins being least.
  const sums = [1, 2, 3].map((epoch) =>
    choosing.filter((each) => each.epoch === epoch).reduce((sum, { heldOut }) => sum + heldOut!, 0),
  );
  const best = 1 + sums.indexOf(Math.min(...sums));
  const learning = told.filter(({ phase }) => phase === 'learning');
  expect(learning.length).toBe(2 * best);
  expect(learning.every(({ heldOut }) => heldOut === undefined)).toBe(true);
  const stopping = networkForecast({ ...options, onProgress: () => controller.abort(new Error('enough')) });
  await expect(forecastSales(sales, { method: stopping, horizon: 2, signal: controller.signal })).rejects.toThrow(
    'enough',
  );
});

test('codes numbers to mean 0 and deviation 1, and says what is missing', async () => {
  const sales = createPeriodSales({ tea: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], mug: [0, 1, 0, 0, 2, 0, 0, 0, 3, 0] });
  const price = (product: string | number, period: number) => (product === 'mug' ? Number.NaN : period);
  const features = salesFeatures(sales, { numbers: { price }, groups: { kind: (product) => product } }, undefined);
  const places = (await Promise.all([4, 5, 6, 7].map((origin) => placesAt(sales, 2, origin, pause)))).flat();
  const rows = await globalRows(sales, features, places, pause);
  const coding = await networkCoding(
    rows,
    features.kinds,
    { products: 2, horizon: 2, period: 'week', years: false },
    pause,
  );
  const inputs = await codeRows(coding, rows, await rowCodes(places, pause), { pause, unknown: () => 0 });
  const inputsOf = codedFeatures(coding);
  const numbers = inputs.numbers as Float32Array;
  const width = (inputsOf.numbers as { size: number }).size;
  const column = (at: number) => Array.from({ length: places.length }, (_, row) => numbers[row * width + at]!);
  for (let at = 0; at < width; at += 1) expect(column(at).every((value) => Math.abs(value) <= 5)).toBe(true);
  // The first is the last period's ratio to the level, as ln(1 + x): sample mean 0, deviation 1.
  const first = column(0);
  const ratios = Array.from(rows.columns[0]!, Math.log1p);
  const centre = ratios.reduce((sum, value) => sum + value, 0) / ratios.length;
  const deviation = Math.sqrt(ratios.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (ratios.length - 1));
  for (const [row, value] of first.entries()) expect(value).toBeCloseTo((ratios[row]! - centre) / deviation, 5);
  // Price is the last, with a column behind it that says where it is missing.
  const [prices, isMissing] = [column(width - 2), column(width - 1)];
  places.forEach(({ place }, row) => {
    expect(isMissing[row]).toBe(place === 1 ? 1 : 0);
    if (place === 1) expect(prices[row]).toBe(0);
  });
  expect([...(inputs.product as Int32Array)]).toEqual(places.map(({ place }) => place));
  expect([...(inputs.step as Int32Array)]).toEqual(places.map(({ step }) => step));
  expect(Object.keys(inputsOf).length).toBe(4);
  // The day of the year is a sine and a cosine more, where years are there to tell it.
  const longer = await networkCoding(
    rows,
    features.kinds,
    { products: 2, horizon: 2, period: 'week', years: true },
    pause,
  );
  expect((codedFeatures(longer).numbers as { size: number }).size).toBe(width + 2);
});

test('variances are those of each row, and sums of periods vary as errors went together', () => {
  const sales = createPeriodSales({ tea: [4, 4, 4, 4] });
  const rows = { columns: [], levels: Float64Array.of(2, 2), targets: new Float64Array(2) };
  const read = Float64Array.of(0, Math.log(0.5), Math.log(2), Math.log(0.25));
  const excess = { single: 0.2, total: Float64Array.of(0.2, 0.3), ofProduct: Float64Array.of(1) };
  const numbers = atOnce(headRules('negativeBinomial').numbers(sales, rows, read, 2, excess));
  expect([...numbers.means]).toEqual([2, 4]);
  // 2 + 0.5 * 2^2 and 4 + 0.25 * 4^2.
  expect(numbers.variances[0]).toBeCloseTo(4, 12);
  expect(numbers.variances[1]).toBeCloseTo(8, 12);
  // Together: 6 + 0.3 / 0.2 * the mean of 0.5 and 0.25, times 6^2.
  expect(numbers.totals[0]).toBeCloseTo(4, 12);
  expect(numbers.totals[1]).toBeCloseTo(6 + 1.5 * 0.375 * 36, 12);
});

test.each<[string, NetworkForecastOptions]>([
  ["`head` must be one of 'negativeBinomial', 'quantiles'", { head: 'normal' as never }],
  ['`season` must be a whole number from 2 to 366', { season: 1 }],
  ['`hidden', { hidden: [0] }],
  ['`embeddingSize` must be a positive integer', { embeddingSize: 0 }],
  ['`epochs` must be a positive integer', { epochs: 0.5 }],
  ['`networks` must be a positive integer', { networks: 0 }],
  ['`origins` must be a positive integer', { origins: 0 }],
  ['`learningRate` must be', { learningRate: 0 }],
  ['`rows` must be a whole number >= 200', { rows: 3 }],
  ['`seed` must be a safe integer', { seed: 0.5 }],
  ['`onProgress` must be a function', { onProgress: 3 as never }],
  ['`price` must be a function', { numbers: { price: 3 as never } }],
])('refuses: %s', (message, options) => {
  expect(() => networkForecast(options)).toThrow(`networkForecast: ${message}`);
});

test('refuses too little to learn from', async () => {
  const sales = createPeriodSales({ tea: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] });
  await expect(forecastSales(sales, { method: networkForecast(), horizon: 2 })).rejects.toThrow(
    'networkForecast: `sales` must have 10 periods and 200 rows to learn from',
  );
});
