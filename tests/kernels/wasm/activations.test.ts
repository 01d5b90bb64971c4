import { leakyRelu, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { expectNear, numbers, numbersOf, startOn, valuesOf } from '../suites/support.js';

beforeAll(() => startOn('wasm'));

test.each([1, 3, 4, 17])('leaky relu of %i numbers follows its formula', async (count) => {
  const { values } = await valuesOf(() => leakyRelu(numbersOf([count], 1), 0.3));
  expectNear(
    values,
    Array.from(numbers(count, 1), (each) => (each < 0 ? 0.3 * each : each)),
  );
});

test('leaky relu keeps NaN and infinities, and takes whole numbers', async () => {
  const extremes = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 2];
  const { values } = await valuesOf(() => leakyRelu(tensor(extremes), 0.5));
  expect(Array.from(values)).toEqual(extremes);
  const whole = await valuesOf(() => leakyRelu(tensor([-4, 3], [2], 'int32'), 0.5));
  expectNear(whole.values, [-2, 3]);
});
