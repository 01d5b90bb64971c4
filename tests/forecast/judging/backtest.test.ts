import {
  backtest,
  createPeriodSales,
  type ForecastMethod,
  meanForecast,
  naiveForecast,
  seasonalNaiveForecast,
  zeroForecast,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { meanEstimate } from '../../../src/statistics/estimate.js';

const sales = createPeriodSales({ tea: [1, 3, 2, 6, 4, 8], mug: [0, 0, 2, 0, 1, 0] });

describe('scores are those of the formulas', () => {
  // Four periods are known. Tea: differences 2, -1, 4, so 21 / 3 squared and 7 / 3 absolute; mug: 0, 2, -2, so 8 / 3 and 4 / 3.
  const horizon = 2;

  test('of errors', async () => {
    const { methods } = await backtest(sales, { methods: [naiveForecast()], horizon });
    const [zero, naive] = methods;
    // Tea: errors of zero 4 and 8, of the naive forecast of 6: 2 and -2. Mug: 1 and 0, of both.
    const ofZero = [Math.sqrt(40 / 7), Math.sqrt(0.5 / (8 / 3))];
    const ofNaive = [Math.sqrt(4 / 7), Math.sqrt(0.5 / (8 / 3))];
    expect(zero!.rmsse.value).toBeCloseTo((ofZero[0]! + ofZero[1]!) / 2, 12);
    expect(naive!.rmsse.value).toBeCloseTo((ofNaive[0]! + ofNaive[1]!) / 2, 12);
    expect(zero!.mase.value).toBeCloseTo((6 / (7 / 3) + 0.5 / (4 / 3)) / 2, 12);
    expect(naive!.mase.value).toBeCloseTo((2 / (7 / 3) + 0.5 / (4 / 3)) / 2, 12);
    expect(naive!.bias.value).toBeCloseTo((0 / (7 / 3) - 0.5 / (4 / 3)) / 2, 12);
    expect(naive!.lessZero.value).toBeCloseTo((ofNaive[0]! - ofZero[0]!) / 2, 12);
    const ends = meanEstimate(Float64Array.from(ofNaive)).interval;
    for (const [side, end] of ends.entries()) expect(naive!.rmsse.interval[side]).toBeCloseTo(end, 12);
  });

  test('of quantiles', async () => {
    const sure: ForecastMethod = {
      name: 'quantiles of 0 and about 4',
      async forecast() {
        // Variance 0 and mean 4: Poisson, whose quantiles at .1 and .9 are 2 and 7; mean 0: 0 and 0.
        const means = Float64Array.of(4, 4, 0, 0);
        return { means, variances: new Float64Array(4), totals: new Float64Array(4), tooShort: new Uint8Array(2) };
      },
    };
    const { methods } = await backtest(sales, { methods: [sure], horizon, levels: [0.1, 0.9] });
    // Tea sells 4 and 8: at .1 of 2 it misses 2 and 6, at .9 of 7 by -3 and 1. Mug sells 1 and 0.
    const tea = (0.1 * 2 + 0.1 * 6 + 0.1 * 3 + 0.9 * 1) / 4 / (7 / 3);
    const mug = (0.1 * 1 + 0.9 * 1) / 4 / (4 / 3);
    expect(methods[1]!.pinball.value).toBeCloseTo((tea + mug) / 2, 12);
    // Tea: 4 lies within 2 and 7, 8 does not; mug: 0 lies within 0 and 0.
    expect(methods[1]!.coverage.value).toBe(0.5);
  });
});

test('origins roll, and each product counts by the mean of its own', async () => {
  const { origins, methods } = await backtest(sales, { methods: [naiveForecast()], horizon: 1, origins: 2, step: 2 });
  expect(origins).toEqual([3, 5]);
  // Tea, 3 known: differences 2, -1, error 4: 4 / sqrt(5 / 2). 5 known: 2, -1, 4, -2, error 4: 4 / sqrt(25 / 4).
  const tea = (4 / Math.sqrt(5 / 2) + 4 / 2.5) / 2;
  // Mug, 3 known: 0, 2, error 2: 2 / sqrt(2). 5 known: 0, 2, -2, 1, error 1: 1 / 1.5.
  const mug = (Math.SQRT2 + 1 / 1.5) / 2;
  expect(methods[1]!.rmsse.value).toBeCloseTo((tea + mug) / 2, 12);
});

test('methods see nothing of what lies behind an origin', async () => {
  const seen: number[][] = [];
  const spy: ForecastMethod = {
    name: 'spy',
    async forecast(known, { horizon }) {
      seen.push([...known.sales]);
      const cells = () => new Float64Array(known.products.size * horizon);
      return { means: cells(), variances: cells(), totals: cells(), tooShort: new Uint8Array(known.products.size) };
    },
  };
  await backtest(sales, { methods: [spy], horizon: 2, origins: 2, step: 1 });
  expect(seen).toEqual([
    [1, 3, 2, 0, 0, 2],
    [1, 3, 2, 6, 0, 0, 2, 0],
  ]);
});

test('what cannot be scored is named and left out', async () => {
  const mixed = createPeriodSales({
    tea: [1, 3, 2, 6],
    dead: [0, 0, 0, 0],
    constant: [5, 5, 5, 4],
    late: [Number.NaN, Number.NaN, Number.NaN, 4],
  });
  const report = await backtest(mixed, { methods: [naiveForecast()], horizon: 1 });
  expect(report.unscored).toEqual(['dead', 'constant', 'late']);
  expect(report.products).toBe(1);
  expect(report.methods[1]!.rmsse.value).toBeCloseTo(4 / Math.sqrt(2.5), 12);
});

test('the forecast of 0 comes first, once, and the table has a row for each', async () => {
  const progress: string[] = [];
  const { methods, table } = await backtest(sales, {
    methods: [zeroForecast(), seasonalNaiveForecast({ season: 4 })],
    horizon: 1,
    origins: 3,
    onProgress: ({ done, total, method }) => void progress.push(`${done} of ${total}: ${method}`),
  });
  expect(methods.map(({ method }) => method)).toEqual(['zero', 'seasonal naive (4)']);
  // One origin of three knows 3 periods, less than a season, of two products.
  expect(methods.map(({ tooShort }) => tooShort)).toEqual([0, 2]);
  expect(progress[0]).toBe('1 of 6: zero');
  expect(progress.length).toBe(6);
  expect(table).toContain('| zero |');
  expect(table).toContain(`| seasonal naive (4) | ${methods[1]!.rmsse.value.toFixed(3)} (`);
});

describe('backtest refuses', () => {
  const run = (options: object, of = sales) => backtest(of, { methods: [meanForecast()], horizon: 1, ...options });

  test.each([
    ['`sales.periods` must be at least 9, for 1 origins of a horizon of 7', () => run({ horizon: 7 })],
    ['`sales.periods` must be at least 8', () => run({ horizon: 2, origins: 3 })],
    ['`methods` must not be empty', () => run({ methods: [] })],
    ['`methods[0]` must be a method', () => run({ methods: [3] })],
    ['`levels` must rise', () => run({ levels: [0.5, 0.5] })],
    ['`levels[0]` must be a number in (0, 1)', () => run({ levels: [0] })],
    ['`horizon` must be a positive integer', () => run({ horizon: 0.5 })],
    [
      '`sales` must have a product whose sales vary before an origin',
      () => run({}, createPeriodSales({ dead: [0, 0, 0] })),
    ],
  ])('%s', async (message, call) => {
    await expect(call()).rejects.toThrow(`backtest: ${message}`);
  });
});
