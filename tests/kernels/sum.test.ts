import { sum } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectNear, numbers, numbersOf, sizeOf, startOn, valuesOf } from './support.js';

/** Sums a flat array over the axes given, in double precision. */
function sumReference(values: Float32Array, shape: number[], axes: number[]): Float64Array {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const sums = new Float64Array(sizeOf(kept));
  values.forEach((value, flat) => {
    let [rest, offset, step] = [flat, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const position = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
      if (!axes.includes(axis)) offset += position * step;
      step *= kept[axis];
    }
    sums[offset] += value;
  });
  return sums;
}

describe.each(['cpu', 'wasm'] as const)('sums on %s', (backendName) => {
  beforeAll(() => startOn(backendName));

  test.each([
    { shape: [7, 5], axes: [0] },
    { shape: [7, 5], axes: [1] },
    { shape: [1, 9], axes: [0] },
    { shape: [600, 1], axes: [0] },
    { shape: [3, 4, 5], axes: [0, 1] },
    { shape: [3, 4, 5], axes: [1] },
    { shape: [2, 3, 4, 5], axes: [0, 1, 2] },
    { shape: [2, 3, 4, 5], axes: [0, 2] },
    { shape: [6], axes: [0] },
    { shape: [3, 4], axes: [0, 1] },
  ])('add up axes $axes of $shape', async ({ shape, axes }) => {
    const expected = sumReference(numbers(sizeOf(shape), 5), shape, axes);
    const dropped = await valuesOf(() => sum(numbersOf(shape, 5), axes));
    expect(dropped.shape).toEqual(shape.filter((_, axis) => !axes.includes(axis)));
    expectNear(dropped.values, expected);
    const kept = await valuesOf(() => sum(numbersOf(shape, 5), axes, true));
    expect(kept.shape).toEqual(shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
    expectNear(kept.values, expected);
  });
});
