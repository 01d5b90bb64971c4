import {
  adidaForecast,
  createPeriodSales,
  crostonForecast,
  type ForecastMethod,
  forecastSales,
  imapaForecast,
  meanForecast,
  naiveForecast,
  sbaForecast,
  seasonalNaiveForecast,
  sesForecast,
  thetaForecast,
  tsbForecast,
  zeroForecast,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const lumpy = [0, 0, 3, 0, 0, 1, 0, 5, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 4, 0, 0];

async function ahead(series: readonly number[], method: ForecastMethod, horizon: number) {
  const work = { horizon, pause: async () => {} };
  const { means, variances, totals } = await method.forecast(createPeriodSales({ tea: series }), work);
  return { means: [...means], variances: [...variances], totals: [...totals] };
}

function expectAll(values: readonly number[], expected: readonly number[], digits = 12): void {
  expect(values.length).toBe(expected.length);
  for (const [place, value] of values.entries()) expect(value, `number ${place}`).toBeCloseTo(expected[place]!, digits);
}

describe('methods agree with statsforecast 2.1.1', () => {
  // On the series `lumpy`: CrostonClassic, CrostonSBA, TSB(0.2, 0.3) and SimpleExponentialSmoothing(0.3).
  test.each([
    [crostonForecast(), 0.91811074],
    [sbaForecast(), 0.87220521],
    [tsbForecast({ sizeSmoothing: 0.2, chanceSmoothing: 0.3 }), 0.55641418],
    [sesForecast({ smoothing: 0.3 }), 0.66493006],
  ])('%s', async (method, expected) => {
    expectAll((await ahead(lumpy, method, 2)).means, [expected, expected], 7);
  });
});

describe('methods are what they say', () => {
  test('zero', async () => {
    const { means, variances } = await ahead([1, 2, 2], zeroForecast(), 2);
    expectAll(means, [0, 0]);
    expectAll(variances, [3, 3]);
  });

  test('naive: variances of a random walk', async () => {
    // Differences 2, -1 and 2: a mean square of 3; two periods together 1 + 4 times that.
    const { means, variances, totals } = await ahead([1, 3, 2, 4], naiveForecast(), 3);
    expectAll(means, [4, 4, 4]);
    expectAll(variances, [3, 6, 9]);
    expectAll(totals, [3, 15, 42]);
  });

  test('seasonal naive: each phase is a walk of its own', async () => {
    // Differences over two periods: 1 and 1.
    const { means, variances, totals } = await ahead([1, 3, 2, 4], seasonalNaiveForecast({ season: 2 }), 4);
    expectAll(means, [2, 4, 2, 4]);
    expectAll(variances, [1, 1, 2, 2]);
    expectAll(totals, [1, 2, 6, 10]);
  });

  test('mean: variance of a sample, and of its mean', async () => {
    const { means, variances, totals } = await ahead([1, 3, 5], meanForecast(), 2);
    expectAll(means, [3, 3]);
    expectAll(variances, [4 + 4 / 3, 4 + 4 / 3]);
    expectAll(totals, [4 + 4 / 3, 8 + (4 * 4) / 3]);
    expectAll((await ahead([9, 1, 3, 5], meanForecast({ window: 3 }), 1)).means, [3]);
  });

  test('SES: levels, and variances of the textbook', async () => {
    // Level 4, errors -2 and 3: levels 3 and 4.5; mean square 6.5.
    const { means, variances, totals } = await ahead([4, 2, 6], sesForecast({ smoothing: 0.5 }), 3);
    expectAll(means, [4.5, 4.5, 4.5]);
    expectAll(variances, [6.5, 6.5 * 1.25, 6.5 * 1.5]);
    expectAll(totals, [6.5, 6.5 * (1 + 2.25), 6.5 * (1 + 2.25 + 4)]);
  });

  test('SES takes the smoothing of least squared errors', async () => {
    const series = [5, 6, 4, 8, 7, 9, 10, 8, 12, 11, 3, 9];
    let [least, best] = [Number.POSITIVE_INFINITY, 0];
    for (let alpha = 0.01; alpha <= 0.99; alpha += 1e-4) {
      let [level, squares] = [series[0]!, 0];
      for (const value of series.slice(1)) {
        squares += (value - level) ** 2;
        level += alpha * (value - level);
      }
      if (squares < least) [least, best] = [squares, level];
    }
    expectAll((await ahead(series, sesForecast(), 1)).means, [best], 2);
  });

  test('ADIDA and iMAPA: means of buckets', async () => {
    // Two periods from sale to sale. Buckets from the end: 2, 2, 2.
    expectAll((await ahead([0, 2, 0, 2, 0, 2], adidaForecast(), 2)).means, [1, 1]);
    // A period left at the beginning is left out: buckets 4, 4.
    expectAll((await ahead([7, 0, 4, 0, 4], adidaForecast(), 1)).means, [2]);
    // Three series of buckets that never vary: of 1, 2 and 3 periods; of 1 alone SES moves.
    const single = await ahead([1, 1, 1, 1, 1, 1], imapaForecast(), 1);
    expectAll(single.means, [1]);
    const one = (await ahead([0, 2, 0, 2, 0, 2], sesForecast(), 1)).means[0]!;
    expectAll((await ahead([0, 2, 0, 2, 0, 2], imapaForecast(), 1)).means, [(one + 1) / 2]);
  });

  test('theta: SES with half the slope', async () => {
    // A straight line: SES follows with the largest smoothing, 0.99, and the slope of the line is 2.
    const series = [2, 4, 6, 8, 10];
    let level = 2;
    for (const value of series) level += 0.99 * (value - level);
    const drift = (1 - 0.01 ** 5) / 0.99;
    expectAll((await ahead(series, thetaForecast(), 2)).means, [level + drift, level + 1 + drift], 4);
  });

  test('Croston stays where sales stop, TSB falls', async () => {
    const [alive, dead] = [
      [4, 4, 4, 4],
      [4, 4, 4, 4, 0, 0, 0, 0, 0],
    ];
    expectAll((await ahead(dead, crostonForecast(), 1)).means, (await ahead(alive, crostonForecast(), 1)).means);
    expectAll((await ahead(dead, tsbForecast(), 1)).means, [4 * 0.9 ** 5]);
  });
});

const every: readonly ForecastMethod[] = [
  zeroForecast(),
  naiveForecast(),
  seasonalNaiveForecast({ season: 3 }),
  meanForecast(),
  meanForecast({ window: 4 }),
  sesForecast(),
  crostonForecast(),
  sbaForecast(),
  tsbForecast(),
  adidaForecast(),
  imapaForecast(),
  thetaForecast(),
];

describe.each(every.map((method) => [method.name, method] as const))('%s has an answer to', (_, method) => {
  test.each([
    ['nothing ever sold', [0, 0, 0, 0, 0, 0]],
    ['one sale alone', [0, 0, 0, 2, 0, 0]],
    ['a single period', [3]],
    ['two periods', [0, 5]],
    ['what never varies', [4, 4, 4, 4, 4, 4]],
    ['what is no whole number', [0.5, 0, 12.25, 3]],
    ['what is large', [1e9, 0, 1e9]],
  ])('%s', async (_, series) => {
    // A horizon that is longer than the history.
    const { means, variances, totals } = await ahead(series, method, 9);
    for (const numbers of [means, variances, totals]) {
      expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
    expect(Math.max(...means)).toBeLessThanOrEqual(Math.max(...series) * 3);
    expect(totals.every((total, step) => total >= (totals[step - 1] ?? 0))).toBe(true);
    const forecast = await forecastSales(createPeriodSales({ tea: series }), { method, horizon: 9 });
    for (const probability of [0.01, 0.5, 0.99]) {
      expect(forecast.quantile('tea', probability).every((each) => Number.isFinite(each) && each >= 0)).toBe(true);
    }
  });
});

test('what a method has too little history for is named', async () => {
  const sales = createPeriodSales({
    new: [Number.NaN, Number.NaN, Number.NaN, 1, 3],
    old: [1, 2, 3, 4, 5],
    dead: [0, 0, 0, 0, 0],
  });
  const named = async (method: ForecastMethod) => (await forecastSales(sales, { method, horizon: 1 })).doubtful;
  expect(await named(seasonalNaiveForecast({ season: 4 }))).toEqual(['new', 'dead']);
  expect(await named(meanForecast({ window: 3 }))).toEqual(['new', 'dead']);
  expect(await named(naiveForecast())).toEqual(['dead']);
  const { means } = await forecastSales(sales, { method: seasonalNaiveForecast({ season: 4 }), horizon: 1 });
  expect([...means]).toEqual([2, 2, 0]);
});

test.each([
  ['seasonalNaiveForecast: `season` must be a whole number from 2 to 366', () => seasonalNaiveForecast({ season: 1 })],
  ['meanForecast: `window` must be a whole number >= 1', () => meanForecast({ window: 0 })],
  ['sesForecast: `smoothing` must be a number in (0, 1]', () => sesForecast({ smoothing: 0 })],
  ['crostonForecast: `smoothing` must be a number in (0, 1]', () => crostonForecast({ smoothing: 2 })],
  ['sbaForecast: `smoothing` must be a number in (0, 1]', () => sbaForecast({ smoothing: Number.NaN })],
  ['tsbForecast: `chanceSmoothing` must be a number in (0, 1]', () => tsbForecast({ chanceSmoothing: -1 })],
])('%s', (message, make) => {
  expect(make).toThrow(message);
});
