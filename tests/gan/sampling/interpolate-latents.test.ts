import '../../support/backends.js';
import { memory, mul, slice, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { createRng, interpolateLatents, latentNoise, useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { expectClose } from '../../support/expect-close.js';

/** White's formula in double precision, for one pair of vectors that are not parallel. */
function sphere(from: readonly number[], to: readonly number[], t: number): number[] {
  const dot = from.reduce((total, value, index) => total + value * to[index]!, 0);
  const omega = Math.acos(dot / Math.hypot(...from) / Math.hypot(...to));
  return from.map(
    (value, index) => (Math.sin((1 - t) * omega) * value + Math.sin(t * omega) * to[index]!) / Math.sin(omega),
  );
}

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('follows the great circle between vectors of any lengths', async () => {
    const [from, to] = [
      [1, -2, 0.5],
      [0.3, 4, -1],
    ];
    const expected = [0, 0.25, 0.5, 0.75, 1].flatMap((t) => sphere(from!, to!, t));
    await expectClose(interpolateLatents(tensor1d(from!), tensor1d(to!), { steps: 5 }), expected, [5, 3]);
  });

  test('goes straight when it is asked to', async () => {
    const path = interpolateLatents(tensor1d([0, 4]), tensor1d([2, 0]), { steps: 3, path: 'linear' });
    await expectClose(path, [0, 4, 1, 2, 2, 0], [3, 2]);
  });

  test('is straight between vectors that point the same way, opposite ways or nowhere', async () => {
    const from = tensor2d([
      [1, 1],
      [3, 0],
      [2, 1],
      [0, 0],
    ]);
    const to = tensor2d([
      [3, 3],
      [-1, 0],
      [2, 1],
      [0, 0],
    ]);
    const expected = [1, 1, 2, 2, 3, 3, 3, 0, 1, 0, -1, 0, 2, 1, 2, 1, 2, 1, 0, 0, 0, 0, 0, 0];
    await expectClose(interpolateLatents(from, to, { steps: 3 }), expected, [12, 2]);
  });
});

describe('interpolateLatents', () => {
  beforeEach(() => useBackend('cpu'));

  test('puts the paths of several pairs one after the other', async () => {
    const [from, to] = [1, 2].map((seed) => latentNoise(createRng(seed), [3, 4]));
    const all = interpolateLatents(from!, to!, { steps: 6 });
    for (const row of [0, 1, 2]) {
      const [start, end] = [from, to].map((each) => slice(each!, [row, 0], [1, 4]));
      const alone = await interpolateLatents(start!, end!, { steps: 6 }).data();
      expect(await slice(all, [row * 6, 0], [6, 4]).data()).toEqual(alone);
    }
  });

  test('starts and ends at the ends, and keeps lengths between theirs where the angle is at most a right one', () => {
    const part = fc.double({ min: 0.05, max: 5, noNaN: true });
    const vector = fc.array(part, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.asyncProperty(vector, vector, async (from, to) => {
        const path = interpolateLatents(tensor1d(from), tensor1d(to), { steps: 4 });
        const rows = await path.array();
        const lengths = rows.map((row) => Math.hypot(...row));
        rows[0]!.forEach((value, index) => {
          expect(value).toBeCloseTo(from[index]!, 4);
        });
        rows[3]!.forEach((value, index) => {
          expect(value).toBeCloseTo(to[index]!, 4);
        });
        const [least, most] = [Math.min(lengths[0]!, lengths[3]!), Math.max(lengths[0]!, lengths[3]!)];
        for (const length of lengths) {
          expect(length).toBeGreaterThan(least * Math.SQRT1_2);
          expect(length).toBeLessThan(most * Math.SQRT2);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('keeps the length of vectors of one length', async () => {
    const from = tensor1d([3, 0, 0]);
    const to = mul(3, tensor1d([-0.6, 0.8, 0]));
    const rows = await interpolateLatents(from, to, { steps: 7 }).array();
    for (const row of rows) expect(Math.hypot(...row)).toBeCloseTo(3, 5);
  });

  test('leaves one tensor, its result', () => {
    const [from, to] = [tensor1d([1, 2]), tensor1d([2, 1])];
    const before = memory().numTensors;
    interpolateLatents(from, to, { steps: 4 }).dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('refuses other shapes, too few steps and unknown paths', () => {
    const z = tensor1d([1, 2]);
    expect(() => interpolateLatents(z, tensor1d([1]), { steps: 2 })).toThrow(
      'interpolateLatents: `to` must have the shape of `from`, [2], received [1] (array).',
    );
    expect(() => interpolateLatents(z, z, { steps: 1 })).toThrow(
      'interpolateLatents: `steps` must be a whole number >= 2, received 1 (number).',
    );
    expect(() => interpolateLatents(z, z, { steps: 2, path: 'round' as never })).toThrow(
      "interpolateLatents: `path` must be one of 'spherical', 'linear', received 'round' (string).",
    );
  });
});
