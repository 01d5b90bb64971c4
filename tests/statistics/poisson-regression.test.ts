import { describe, expect, test } from 'vitest';
import { poissonRegression } from '../../src/statistics/poisson-regression.js';

const pause = async () => {};
const first = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3];
const second = [1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0];
const features = Float64Array.from(first.flatMap((value, row) => [1, value, second[row]!]));
const counts = Float64Array.of(3, 2, 1, 0, 4, 5, 1, 2, 2, 3, 0, 1);
const clusters = Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3);

describe('Poisson regression', () => {
  test('agrees with statsmodels and numpy', async () => {
    // Weights: statsmodels 0.15.0, GLM(counts, features, Poisson()). Errors: numpy 2.4.6 by the formula, cluster by cluster.
    const found = (await poissonRegression({ counts, features, clusters }, pause))!;
    const weights = [1.4137847014261016, -0.49066555513910387, -0.2286239101876406];
    const errors = [1.028583707462325, 0.45503802037267416, 0.7353912467294248];
    for (const place of [0, 1, 2]) {
      expect(found.weights[place]).toBeCloseTo(weights[place]!, 8);
      expect(found.errors[place]).toBeCloseTo(errors[place]!, 7);
    }
    expect(found.freedom).toBe(3);
  });

  test('of two groups the means are the groups own', async () => {
    const groups = Float64Array.of(1, 0, 1, 0, 1, 1, 1, 1);
    const sample = { counts: Float64Array.of(1, 3, 10, 6), features: groups, clusters: Int32Array.of(0, 1, 2, 3) };
    // A count left out moves the log mean of its group by (count - mean) / mean, as one other is left.
    const { weights, errors } = (await poissonRegression(sample, pause))!;
    expect(weights[0]).toBeCloseTo(Math.log(2), 9);
    expect(weights[1]).toBeCloseTo(Math.log(8 / 2), 9);
    // The first group: twice (1 / 2)^2; the second adds twice (2 / 8)^2. Times (4 - 1) / 4.
    expect(errors[0]).toBeCloseTo(Math.sqrt((3 / 4) * 2 * (1 / 2) ** 2), 9);
    expect(errors[1]).toBeCloseTo(Math.sqrt((3 / 4) * 2 * ((1 / 2) ** 2 + (2 / 8) ** 2)), 9);
  });

  test('counts a row by its share', async () => {
    // Each row twice, with shares of a quarter and three quarters, is the row once; a row with a share of 0 is none.
    const plain = (await poissonRegression({ counts, features, clusters }, pause))!;
    const twice = <A extends Float64Array | Int32Array>(values: A) => [...values, ...values];
    const doubled = {
      counts: Float64Array.from([...twice(counts), 100]),
      features: Float64Array.from([...twice(features), 1, 3, 1]),
      clusters: Int32Array.from([...twice(clusters), 0]),
      shares: Float64Array.from([...counts.map(() => 0.25), ...counts.map(() => 0.75), 0]),
    };
    const found = (await poissonRegression(doubled, pause))!;
    for (const place of [0, 1, 2]) {
      expect(found.weights[place]).toBeCloseTo(plain.weights[place]!, 7);
      expect(found.errors[place]).toBeCloseTo(plain.errors[place]!, 7);
    }
  });

  test('says nothing where features repeat each other, or tell zeros for certain', async () => {
    const twice = Float64Array.from(first.flatMap((value) => [1, value, 2 * value]));
    expect(await poissonRegression({ counts, features: twice, clusters }, pause)).toBeUndefined();
    const zeros = counts.map((count, row) => (second[row] === 1 ? 0 : count + 1));
    expect(await poissonRegression({ counts: zeros, features, clusters }, pause)).toBeUndefined();
  });
});
