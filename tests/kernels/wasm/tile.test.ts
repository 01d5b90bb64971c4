import { tensor, tile } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { numbers, sizeOf, startOn, valuesOf } from '../suites/support.js';

/** Element by element: position along each axis, modulo the axis' size. */
function tileReference(values: ArrayLike<number>, shape: number[], times: number[]): number[] {
  const tiled = shape.map((size, axis) => size * times[axis]!);
  return Array.from({ length: sizeOf(tiled) }, (_, flat) => {
    let [rest, source, step] = [flat, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      source += ((rest % tiled[axis]!) % shape[axis]!) * step;
      rest = Math.floor(rest / tiled[axis]!);
      step *= shape[axis]!;
    }
    return values[source]!;
  });
}

describe('tile on wasm', () => {
  beforeAll(() => startOn('wasm'));

  test('repeats any axes of any shape, of floats, whole numbers and truths', async () => {
    const axis = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }));
    const axes = fc.array(axis, { minLength: 1, maxLength: 4 });
    const type = fc.constantFrom('float32', 'int32', 'bool');
    await fc.assert(
      fc.asyncProperty(axes, type, async (pairs, dtype) => {
        const [shape, times] = [pairs.map(([size]) => size), pairs.map(([, count]) => count)];
        const values = Array.from(numbers(sizeOf(shape), 1), (each) =>
          dtype === 'float32' ? each : dtype === 'int32' ? Math.round(each * 1e6) : Number(each > 0),
        );
        const tiled = await valuesOf(() => tile(tensor(values, shape, dtype as 'float32'), times));
        expect(tiled.shape).toEqual(shape.map((size, index) => size * times[index]!));
        expect(Array.from(tiled.values)).toEqual(tileReference(values, shape, times));
      }),
      { numRuns: 80 },
    );
  });
});
