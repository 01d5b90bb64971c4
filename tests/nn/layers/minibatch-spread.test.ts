import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { createRng, minibatchSpread, useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { expectClose } from '../../support/expect-close.js';
import { compareFirstOrder, compareSecondOrder, relativeErrorAlong } from '../../support/finite-differences.js';

function normal(shape: number[]): tf.Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(createRng(3).fillNormal(new Float32Array(size)), shape);
}

/** Each sample's last feature in double precision: `members` samples that follow one another make a group. */
function spreads(values: ArrayLike<number>, batch: number, members: number): number[] {
  const features = values.length / batch;
  return Array.from({ length: batch }, (_, sample) => {
    const first = sample - (sample % members);
    let total = 0;
    for (let feature = 0; feature < features; feature += 1) {
      const group = Array.from({ length: members }, (_, member) => values[(first + member) * features + feature]!);
      const centre = group.reduce((sum, each) => sum + each, 0) / members;
      const variance = group.reduce((sum, each) => sum + (each - centre) ** 2, 0) / members;
      total += Math.sqrt(variance + 1e-8);
    }
    return total / features;
  });
}

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test.each([
    ['groups that divide the batch', 8, 4, 4],
    ['a batch smaller than a group', 3, 4, 3],
    ['a batch that two groups of more members make', 10, 4, 5],
    ['a batch that nothing divides', 7, 4, 7],
    ['a single sample', 1, 4, 1],
    ['groups of two', 6, 2, 2],
  ])('measures %s', async (_, batch, group, members) => {
    for (const rest of [[5], [2, 3, 4]]) {
      const x = normal([batch, ...rest]);
      const values = await x.data();
      const out = minibatchSpread({ group }).apply(x) as tf.Tensor;
      const channels = rest.at(-1)!;
      const rows = await tf.reshape<tf.Rank.R2>(out, [-1, channels + 1]).array();
      const places = rows.length / batch;
      const expected = spreads(values, batch, members);
      rows.forEach((row, index) => {
        expect(row.slice(0, channels)).toEqual([...values.slice(index * channels, (index + 1) * channels)]);
        expect(row[channels]).toBeCloseTo(expected[Math.floor(index / places)]!, 5);
      });
      expect(out.shape).toEqual([batch, ...rest.slice(0, -1), channels + 1]);
    }
  });
});

describe('minibatchSpread', () => {
  beforeEach(() => useBackend('cpu'));

  test('has first and second derivatives that finite differences confirm', async () => {
    const x = normal([6, 2, 2, 3]);
    const weights = normal([6, 2, 2, 4]);
    const layer = minibatchSpread({ group: 3 });
    const f = (samples: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(layer.apply(samples) as tf.Tensor, weights));
    expect(await relativeErrorAlong((seed) => compareFirstOrder(f, [x], { seed }))).toBeLessThan(0.01);
    expect(await relativeErrorAlong((seed) => compareSecondOrder(f, [x], { seed }))).toBeLessThan(0.01);
  });

  test('has a finite gradient where all samples are the same', async () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(minibatchSpread().apply(x) as tf.Tensor))(tf.ones([4, 2]));
    // The feature itself; the deviation is at its least, and does not change.
    await expectClose(gradient, new Float32Array(8).fill(1), [4, 2]);
  });

  test('gives a batch of equal samples next to no spread, and names its shape', async () => {
    const out = minibatchSpread().apply(tf.ones([4, 2])) as tf.Tensor;
    // sqrt(1e-8)
    await expectClose(tf.slice(out, [0, 2]), [1e-4, 1e-4, 1e-4, 1e-4], [4, 1]);
    expect(minibatchSpread().computeOutputShape([null, 8, 8, 3])).toEqual([null, 8, 8, 4]);
    expect(minibatchSpread().computeOutputShape([null, 8])).toEqual([null, 9]);
  });

  test('leaves one tensor, its result', () => {
    const x = normal([4, 3]);
    const before = tf.memory().numTensors;
    tf.dispose(minibatchSpread().apply(x) as tf.Tensor);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is a class to extend, and refuses groups of one and other shapes', () => {
    expect(() => minibatchSpread({ group: 1 })).toThrow(
      'MinibatchSpread: `group` must be at least 2, received 1 (number).',
    );
    expect(() => minibatchSpread({ group: 2.5 })).toThrow(
      'MinibatchSpread: `group` must be a positive integer, received 2.5 (number).',
    );
    expect(() => minibatchSpread().computeOutputShape([null, 3, 2])).toThrow(
      'MinibatchSpread: `inputs` must have the shape [B, D] or [B, H, W, C]',
    );
  });
});
