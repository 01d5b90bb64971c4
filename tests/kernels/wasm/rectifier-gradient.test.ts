import { engine, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { expectNear, numbers, numbersOf, startOn, valuesOf } from '../suites/support.js';

beforeAll(() => startOn('wasm'));

const gradient = (upstream: Tensor, x: Tensor, alpha: number) =>
  engine().runKernel('MinimartRectifierGradient', { upstream, x }, { alpha }) as Tensor;

test.each([1, 3, 4, 17])('%i numbers pass where the input is above zero, and alpha times elsewhere', async (count) => {
  const { values } = await valuesOf(() => gradient(numbersOf([count], 1), numbersOf([count], 2), 0.3));
  const inputs = numbers(count, 2);
  expectNear(
    values,
    Array.from(numbers(count, 1), (each, index) => (inputs[index]! > 0 ? each : 0.3 * each)),
  );
});

test('zero counts as below, NaN stays NaN, and an upstream gradient that is not finite is not hidden', async () => {
  const x = tensor([0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, -1]);
  const upstream = tensor([2, 2, 2, 2, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const { values } = await valuesOf(() => gradient(upstream, x, 0.5));
  expect(Array.from(values)).toEqual([1, 1, Number.NaN, 2, 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  // Infinity times zero, as the slope times the upstream gradient.
  const cut = await valuesOf(() => gradient(upstream, x, 0));
  expect(Array.from(cut.values)).toEqual([0, 0, Number.NaN, 2, 0, Number.POSITIVE_INFINITY, Number.NaN]);
});
