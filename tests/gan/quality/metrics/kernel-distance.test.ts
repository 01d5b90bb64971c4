import { kernelDistance } from 'minimart';
import { expect, test } from 'vitest';
import { kernelDiscrepancy } from '../../../../src/gan/quality/metrics/kernel-discrepancy.js';
import { openProducts } from '../../../../src/gan/quality/metrics/products.js';
import { studentQuantile } from '../../../../src/statistics/student.js';
import { listRows, normalRows, rowsOf } from '../random-rows.js';

// The unbiased estimator of Bińkowski et al. (2018), equation 4, in double precision.
function reference(real: number[][], generated: number[][]): number {
  const kernel = (x: number[], y: number[]) =>
    (x.reduce((sum, value, index) => sum + value * y[index]!, 0) / x.length + 1) ** 3;
  const within = (rows: number[][]) => {
    const pairs = rows.flatMap((x, i) => rows.filter((_, j) => j !== i).map((y) => kernel(x, y)));
    return pairs.reduce((sum, each) => sum + each, 0) / pairs.length;
  };
  const across = real.flatMap((x) => generated.map((y) => kernel(x, y)));
  return within(real) + within(generated) - (2 * across.reduce((sum, each) => sum + each, 0)) / across.length;
}

const asRows = (data: { values: ArrayLike<number>; shape: readonly number[] }) => ({
  values: Float32Array.from(data.values),
  count: data.shape[0]!,
  size: data.shape[1]!,
});

test.each([16, 1024])('is the double sum over pairs, in blocks of %d', async (block) => {
  const [real, generated] = [normalRows(70, 5, 1), normalRows(70, 5, 2)];
  const products = await openProducts(5, async () => {}, block);
  const value = await kernelDiscrepancy(asRows(real), asRows(generated), products);
  expect(value).toBeCloseTo(reference(listRows(real), listRows(generated)), 5);
});

test('is, over many subsets, the estimator over all samples', async () => {
  // The mean over all subsets is the estimator itself; 4,000 of them come near.
  const real = normalRows(20, 3, 1);
  const generated = rowsOf(listRows(normalRows(20, 3, 2)).map((row) => row.map((value) => value + 0.5)));
  const { value } = await kernelDistance(real, generated, { subsetSize: 10, subsets: 4000 });
  expect(Math.abs(value / reference(listRows(real), listRows(generated)) - 1)).toBeLessThan(0.02);
});

test('has no bias: it is 0 on average, and negative now and then, for two samples of one kind', async () => {
  const runs = Array.from({ length: 60 }, (_, run) => [normalRows(40, 2, 2 * run), normalRows(40, 2, 2 * run + 1)]);
  const values: number[] = [];
  for (const [real, generated] of runs)
    values.push((await kernelDistance(real!, generated!, { subsetSize: 10 })).value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length / values.length);
  expect(Math.abs(mean)).toBeLessThan(3 * error);
  expect(values.some((value) => value < 0)).toBe(true);
});

test('grows with a shift, and its interval leaves 0 out when the shift is large', async () => {
  const real = normalRows(200, 2, 1);
  const other = listRows(normalRows(200, 2, 2));
  const shifted = (by: number) => kernelDistance(real, rowsOf(other.map((row) => row.map((value) => value + by))));
  const scores = [await shifted(0), await shifted(0.5), await shifted(1), await shifted(2)];
  for (const [index, { value }] of scores.entries()) {
    if (index > 0) expect(value).toBeGreaterThan(scores[index - 1]!.value);
  }
  expect(scores[0]!.interval[0]).toBeLessThan(0);
  expect(scores[0]!.interval[1]).toBeGreaterThan(0);
  expect(scores[3]!.interval[0]).toBeGreaterThan(0);
});

test('has the mean of one order with the interval of that mean', async () => {
  // Beside zeros, whose kernel is 1, a pair x, y scores (x y + 1)^3 - 1. Of 1 to 4 there are three orders of two pairs.
  const { value, interval } = await kernelDistance(rowsOf([[0], [0], [0], [0]]), rowsOf([[1], [2], [3], [4]]), {
    subsetSize: 2,
    subsets: 2,
  });
  const orders = [
    [2, 12],
    [3, 8],
    [4, 6],
  ].map((products) => products.map((product) => (product + 1) ** 3 - 1) as [number, number]);
  const [one, other] = orders.find(([a, b]) => Math.abs((a + b) / 2 - value) < 1e-2)!;
  // The standard deviation of two numbers is |a - b| / sqrt(2).
  const reach = (studentQuantile(1) * Math.abs(one - other)) / 2;
  expect(interval[0] / (value - reach)).toBeCloseTo(1, 4);
  expect(interval[1] / (value + reach)).toBeCloseTo(1, 4);
});

test.each([
  [12, { subsetSize: 2, subsets: 60 }],
  [60, { subsetSize: 6, subsets: 100 }],
])(
  'takes by default, of %d samples, a tenth in each subset, but no more than ten orders of them',
  async (count, plan) => {
    const [real, generated] = [normalRows(count, 2, 1), normalRows(70, 2, 2)];
    expect(await kernelDistance(real, generated)).toEqual(await kernelDistance(real, generated, { ...plan, seed: 0 }));
  },
);

test('repeats itself for a seed, takes sets of two sizes, and refuses subsets that do not fit', async () => {
  const [real, generated] = [normalRows(100, 2, 1), normalRows(60, 2, 2)];
  const score = await kernelDistance(real, generated, { seed: 3 });
  expect(score.samples).toEqual({ real: 100, generated: 60 });
  expect(await kernelDistance(real, generated, { seed: 3 })).toEqual(score);
  expect((await kernelDistance(real, generated, { seed: 4 })).value).not.toBe(score.value);
  await expect(kernelDistance(real, generated, { subsetSize: 31 })).rejects.toThrow(
    'from 2 to half the smaller set, 30',
  );
  await expect(kernelDistance(real, generated, { subsets: 1 })).rejects.toThrow('`subsets` must be at least 2');
});
