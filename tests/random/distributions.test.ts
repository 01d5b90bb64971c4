import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { createAliasTable } from '../../src/random/alias-table.js';
import { drawExponential, drawGamma } from '../../src/random/gamma.js';
import { drawPoisson } from '../../src/random/poisson.js';
import { poissonDeviation } from '../shop/simulator/support/statistics.js';

const draws = 40_000;

/** Counts of draws in cells, beside the expected ones: conditional on their sum, which is nearly the same. */
function expectFrequencies(draw: () => number, probabilities: readonly number[]): void {
  const counts = new Float64Array(probabilities.length);
  for (let index = 0; index < draws; index += 1) counts[Math.min(counts.length - 1, draw())]! += 1;
  const expected = probabilities.map((probability) => draws * probability);
  expect(Math.abs(poissonDeviation(counts, expected))).toBeLessThan(3.5);
}

describe('drawPoisson', () => {
  test.each([0.05, 1, 4, 9.99, 10, 35, 900])('has the probabilities of the mean %d', (mean) => {
    const most = Math.ceil(mean + 8 * Math.sqrt(mean) + 4);
    // p(k) = p(k - 1) mean / k, in logarithms.
    const logs = [-mean];
    for (let k = 1; k < most; k += 1) logs.push(logs[k - 1]! + Math.log(mean / k));
    const rng = createRng(11);
    expectFrequencies(() => drawPoisson(rng, mean), logs.map(Math.exp));
  });

  test('is 0 for the mean 0', () => {
    expect(drawPoisson(createRng(1), 0)).toBe(0);
  });
});

describe('drawGamma', () => {
  // Of shape 1 it is exponential; of shape 2 the sum of two: distributions with a closed form.
  test.each([
    [1, (x: number) => 1 - Math.exp(-x)],
    [2, (x: number) => 1 - Math.exp(-x) * (1 + x)],
    [4, (x: number) => 1 - Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6)],
  ])('of shape %d has the distribution of a sum of exponentials', (shape, cumulated) => {
    const rng = createRng(5);
    const edges = Array.from({ length: 41 }, (_, index) => (index * shape) / 8);
    const inner = edges.slice(1).map((edge, index) => cumulated(edge) - cumulated(edges[index]!));
    const probabilities = [...inner, 1 - cumulated(edges.at(-1)!)];
    expectFrequencies(() => Math.floor((8 * drawGamma(rng, shape)) / shape), probabilities);
  });

  test('of two halves is exponential', () => {
    const rng = createRng(6);
    const probabilities = Array.from({ length: 30 }, (_, cell) => Math.exp(-cell / 5) - Math.exp(-(cell + 1) / 5));
    expectFrequencies(
      () => Math.floor(5 * (drawGamma(rng, 0.5) + drawGamma(rng, 0.5))),
      [...probabilities, Math.exp(-6)],
    );
  });
});

test('drawExponential has the mean and the tail of an exponential number', () => {
  const rng = createRng(9);
  const probabilities = Array.from({ length: 30 }, (_, cell) => Math.exp(-cell / 5) - Math.exp(-(cell + 1) / 5));
  expectFrequencies(() => Math.floor(5 * drawExponential(rng)), [...probabilities, Math.exp(-6)]);
});

describe('createAliasTable', () => {
  test.each([
    [[1]],
    [[1, 1]],
    [[0, 3, 1]],
    [[0, 1, 2.5, 0, 4, 0.5]],
    [[5, 0.001, 2, 0, 9, 1, 1]],
    [Array.from({ length: 97 }, (_, i) => 1 / (i + 1))],
  ])('draws by the weights %j', (weights) => {
    const sum = weights.reduce((part, weight) => part + weight, 0);
    const table = createAliasTable(weights);
    const rng = createRng(3);
    expect(table.total).toBeCloseTo(sum, 9);
    expectFrequencies(
      () => table.draw(rng),
      weights.map((weight) => weight / sum),
    );
  });

  test('never draws what weighs nothing', () => {
    const table = createAliasTable([0, 1, 0, 2, 0]);
    const rng = createRng(3);
    const drawn = new Set(Array.from({ length: 5000 }, () => table.draw(rng)));
    expect([...drawn].sort()).toEqual([1, 3]);
  });
});
