import {
  createRng,
  type Demand,
  discreteDemand,
  empiricalDemand,
  geometricDemand,
  lognormalDemand,
  negativeBinomialDemand,
  normalDemand,
  poissonDemand,
  wholeUnitDemand,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const all: readonly (readonly [string, Demand])[] = [
  ['Poisson', poissonDemand(5)],
  ['Poisson, large', poissonDemand(5000)],
  ['geometric', geometricDemand(5)],
  ['negative binomial', negativeBinomialDemand({ mean: 4, deviation: 3 })],
  ['negative binomial, lumpy', negativeBinomialDemand({ mean: 2, deviation: 6 })],
  ['discrete', discreteDemand([0.2, 0, 0.5, 0.3])],
  ['empirical', empiricalDemand([3, 0, 0, 7])],
  ['normal', normalDemand(50, 8)],
  ['normal in whole units', wholeUnitDemand(normalDemand(50, 8))],
  ['lognormal', lognormalDemand(2, 0.5)],
];

describe.each(all)('%s demand', (_name, demand) => {
  const draws = (() => {
    const rng = createRng(1);
    return Array.from({ length: 40_000 }, () => demand.sample(rng));
  })();
  const error = (demand.deviation / 200) * 4.5;

  test('samples have its mean, its deviation and its shares', () => {
    const mean = draws.reduce((sum, each) => sum + each, 0) / draws.length;
    const deviation = Math.sqrt(draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) / draws.length);
    expect(Math.abs(mean - demand.mean)).toBeLessThan(error);
    expect(Math.abs(deviation / demand.deviation - 1)).toBeLessThan(0.05);
    for (const x of [demand.mean - demand.deviation, demand.mean, demand.mean + 1.5 * demand.deviation]) {
      const share = draws.filter((each) => each <= x).length / draws.length;
      expect(Math.abs(share - demand.cumulative(x))).toBeLessThan(0.0115);
    }
  });

  test('the mean shortage is that of the samples', () => {
    for (const x of [demand.mean, demand.mean + demand.deviation]) {
      const shortage = draws.reduce((sum, each) => sum + Math.max(each - x, 0), 0) / draws.length;
      expect(Math.abs(shortage - demand.shortage(x))).toBeLessThan(error);
    }
    expect(demand.shortage(demand.mean - 60 * demand.deviation)).toBeCloseTo(60 * demand.deviation, 6);
  });

  test('quantiles undo the distribution', () => {
    for (const probability of [0.01, 0.3, 0.5, 0.8, 0.975]) {
      const x = demand.quantile(probability);
      expect(demand.cumulative(x)).toBeGreaterThanOrEqual(probability - 1e-12);
      expect(demand.cumulative(x - (demand.probabilities ? 1 : 1e-6))).toBeLessThan(probability);
    }
  });

  test('one period is itself', () => {
    expect(demand.over(1).quantile(0.9)).toBe(demand.quantile(0.9));
    expect(() => demand.over(0)).toThrow('over: `periods` must be');
  });
});

test('probabilities are those of the formulas', () => {
  // exp(-5) 5^k / k!, and (1/6) (5/6)^k.
  const poisson = [0.006737946999, 0.033689734995, 0.084224337488];
  expect([0, 1, 2].map((units) => poissonDemand(5).probabilities![units])).toEqual(
    poisson.map((p) => expect.closeTo(p, 11)),
  );
  expect([0, 1, 2].map((k) => geometricDemand(5).probabilities![k])).toEqual(
    [1 / 6, 5 / 36, 25 / 216].map((p) => expect.closeTo(p, 14)),
  );
});

test('the normal distribution is exact to many digits', () => {
  const { cumulative, quantile } = normalDemand(0, 1);
  // Abramowitz and Stegun, table 26.1, and known quantiles.
  expect([1, 2.5, 4].map(cumulative)).toEqual(
    [0.841344746068543, 0.993790334674224, 0.999968328758167].map((p) => expect.closeTo(p, 13)),
  );
  expect(cumulative(-10) / 7.619853024160527e-24).toBeCloseTo(1, 10);
  expect([0.975, 0.001].map(quantile)).toEqual([
    expect.closeTo(1.959963984540054, 12),
    expect.closeTo(-3.090232306167813, 12),
  ]);
});

test('the demand of several periods', () => {
  expect(poissonDemand(5).over(3).probabilities).toEqual(poissonDemand(15).probabilities);
  expect(normalDemand(10, 3).over(4).deviation).toBe(6);
  // 0.5 * 0.5 each: 0, 1 or 2.
  expect([...discreteDemand([0.5, 0.5]).over(2).probabilities!]).toEqual([0.25, 0.5, 0.25]);
  expect(geometricDemand(2).over(3).mean).toBeCloseTo(6, 9);
  expect(() => lognormalDemand(1, 1).over(2)).toThrow('over: `periods` must be 1 for lognormal demand');
});

test('ten shares of a tenth are one: no unit is lost to rounding', () => {
  expect(empiricalDemand([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).quantile(0.8)).toBe(7);
});

test.each([
  [() => discreteDemand([0.5, 0.4]), 'discreteDemand: `probabilities` must sum to 1, received 0.9 (number)'],
  [
    () => discreteDemand([1.5, -0.5]),
    'discreteDemand: `probabilities` must hold numbers in [0, 1], received 1.5 (number).',
  ],
  [() => discreteDemand([Number.NaN]), 'discreteDemand: `probabilities` must hold numbers in [0, 1], received NaN'],
  [() => poissonDemand(0), 'poissonDemand: `mean` must be a number in'],
  [() => geometricDemand(-1), 'geometricDemand: `mean` must be a number in'],
  [() => normalDemand(5, 0), 'normalDemand: `deviation` must be a number in'],
  [() => empiricalDemand([]), 'empiricalDemand: `series` must hold at least one period, received [] (array).'],
  [() => empiricalDemand([1, Number.NaN]), 'empiricalDemand: `series` must hold numbers in [0, 1000000], received NaN'],
])('refuses %s', (make, message) => {
  expect(make).toThrow(message);
});

describe('negative binomial demand', () => {
  test('with a shape of 1 it is geometric', () => {
    // Variance mean (1 + mean).
    const negative = negativeBinomialDemand({ mean: 3, deviation: Math.sqrt(12) }).probabilities!;
    const geometric = geometricDemand(3).probabilities!;
    for (let units = 0; units < 60; units += 1) expect(negative[units]! / geometric[units]!).toBeCloseTo(1, 10);
  });

  test('probabilities are those of the formula', () => {
    // Mean 4 and variance 9: shape 16 / 5 = 3.2, ratio 4 / 7.2 = 5 / 9.
    const { probabilities } = negativeBinomialDemand({ mean: 4, deviation: 3 });
    const none = (4 / 9) ** 3.2;
    expect(probabilities![0]).toBeCloseTo(none, 12);
    expect(probabilities![1]).toBeCloseTo(none * 3.2 * (5 / 9), 12);
    expect(probabilities![2]).toBeCloseTo(none * ((3.2 * 4.2) / 2) * (5 / 9) ** 2, 12);
  });

  test('refuses what varies less than chance, or more than a table holds', () => {
    expect(() => negativeBinomialDemand({ mean: 4, deviation: 2 })).toThrow(
      /`deviation` must be above 2, the root of the mean/,
    );
    expect(() => negativeBinomialDemand({ mean: 4, deviation: 5000 })).toThrow(/counted in larger units/);
    expect(() => negativeBinomialDemand({ mean: 0, deviation: 2 })).toThrow(/`mean`/);
  });
});
