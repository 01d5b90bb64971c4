import { createRng } from 'minimart';
import { expect, test } from 'vitest';
import { chanceOf, learnCurve } from '../../../../src/recsys/kinds/baskets/purchase-chances.js';

const pause = async () => {};
const start = { constant: -1, slope: 1, orders: 0 };

test('the slope of the penalised likelihood is 0 at the curve', async () => {
  const rng = createRng(5);
  const values = Array.from({ length: 200 }, () => 0.1 + 3 * rng.uniform());
  const counts = values.map(() => 1 + rng.integer(9));
  const bought = values.map((value) => (rng.uniform() < value / 4 ? 1 : 0));
  const curve = await learnCurve({ values, counts, bought }, start, pause);
  const slope = [start.constant - curve.constant, start.slope - curve.slope, start.orders - curve.orders];
  for (const [row, value] of values.entries()) {
    const log = [1, Math.log(value), Math.log(counts[row]!)];
    const z = curve.constant + curve.slope * log[1]! + curve.orders * log[2]!;
    const miss = bought[row]! - 1 / (1 + Math.exp(-z));
    log.forEach((feature, at) => {
      slope[at]! += miss * feature;
    });
  }
  for (const each of slope) expect(each).toBeCloseTo(0, 8);
});

test('finds the curve that purchases were drawn from, and stays where there are none', async () => {
  const rng = createRng(6);
  const truth = { constant: -0.5, slope: 1.5, orders: -0.4 };
  const values = Array.from({ length: 20_000 }, () => Math.exp(2 * rng.uniform() - 1));
  const counts = values.map(() => 1 + rng.integer(20));
  const bought = values.map((value, row) => (rng.uniform() < chanceOf(truth, value, counts[row]!) ? 1 : 0));
  const found = await learnCurve({ values, counts, bought }, start, pause);
  // Standard errors of 20,000 draws are below 0.05.
  for (const name of ['constant', 'slope', 'orders'] as const)
    expect(Math.abs(found[name] - truth[name])).toBeLessThan(0.2);
  expect(await learnCurve({ values: [], counts: [], bought: [] }, start, pause)).toEqual(start);
});

test('does not run off where every trial was a purchase', async () => {
  const [values, counts] = [new Array(500).fill(1), new Array(500).fill(1)];
  const { constant, slope } = await learnCurve({ values, counts, bought: values }, start, pause);
  expect(slope).toBeCloseTo(1, 9);
  // 500 (1 - p) = constant + 1
  expect(500 / (1 + Math.exp(constant))).toBeCloseTo(constant + 1, 6);
  // The start is worth a trial or so: without it the constant would rise for ever.
  expect(constant).toBeLessThan(6);
});
