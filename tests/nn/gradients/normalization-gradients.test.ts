import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { createRng, latentNoise, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { withFastGradients } from '../../../src/nn/gradients/fast-gradients.js';

type Run = (operands: tf.Tensor[]) => tf.Tensor;

const epsilon = 0.01;
const images = [3, 4, 2, 5];
const channel = [5];
const normalize: Run = ([x, mean, variance, offset, scale]) =>
  tf.batchNorm(
    x as tf.Tensor4D,
    mean as tf.Tensor1D,
    tf.add(tf.square(variance!), 0.5) as tf.Tensor1D,
    offset as tf.Tensor1D | undefined,
    scale as tf.Tensor1D | undefined,
    epsilon,
  );

const cases: Readonly<Record<string, readonly [number[][], Run]>> = {
  'sum over one axis': [[[3, 4]], ([x]) => tf.sum(x!, 0)],
  'sum over axes that are kept': [[[3, 4, 2]], ([x]) => tf.sum(x!, [0, -1], true)],
  'sum of everything': [[[3, 4]], ([x]) => tf.sum(x!)],
  'mean over the last axis': [[[3, 4, 2]], ([x]) => tf.mean(x!, -1)],
  'mean over batch and pixels': [[images], ([x]) => tf.mean(x!, [0, 1, 2], true)],
  'mean of one number': [[[1]], ([x]) => tf.mean(x!)],
  'normalization with scale and offset': [[images, channel, channel, channel, channel], normalize],
  'normalization of rows': [[[6, 5], channel, channel, channel, channel], normalize],
  'normalization by moments of the batch': [
    [images, channel, channel],
    ([x, offset, scale]) => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.batchNorm(
        x as tf.Tensor4D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        epsilon,
      );
    },
  ],
  'normalization of numbers one by one': [[images, images, images, images, images], normalize],
};

describe.each(['cpu', 'wasm'])('on %s', (backendName) => {
  beforeAll(() => useBackend(backendName));

  describe.each(Object.entries(cases))('the gradients of %s', (_, [shapes, run]) => {
    const made = () => shapes.map((shape, seed) => latentNoise(createRng(seed + 1), shape));
    const weighed: Run = (operands) => {
      const result = run(operands);
      return tf.sum(tf.mul(tf.square(result), latentNoise(createRng(9), result.shape)));
    };
    const first = () => tf.grads((...operands) => weighed(operands))(made());
    const second = () =>
      tf.grads((...operands) => {
        const [x, ...others] = operands;
        return tf.sum(tf.square(tf.grad((y) => weighed([y, ...others]))(x!)));
      })(made());

    test.each([
      ['', first],
      [', differentiated again', second],
    ])("are those of tfjs's own%s", async (_, gradients) => {
      const [own, standard] = [withFastGradients(gradients), gradients()];
      for (const [place, each] of standard.entries()) {
        const [values, expected] = [await own[place]!.data(), await each.data()];
        const largest = Math.max(...expected.map(Math.abs));
        expect(values.length).toBe(expected.length);
        for (const [at, value] of values.entries()) {
          expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(1e-5 * largest);
        }
      }
    });
  });

  test('images are passed over five times, and nothing of their size comes from the host', async () => {
    const [x, ...others] = [images, channel, channel, channel, channel].map((shape, seed) =>
      latentNoise(createRng(seed + 1), shape),
    );
    const gradients = tf.grads((...operands) => tf.mean(normalize(operands)));
    const { kernels } = await tf.profile(() => {
      withFastGradients(() => gradients([x!, ...others]));
      return tf.scalar(0);
    });
    const names = kernels.map(({ name }) => name);
    const passes = kernels.slice(names.indexOf('Mean') + 1).filter(({ name, inputShapes }) => {
      const isPass = !['Identity', 'Reshape', 'Cast'].includes(name) && !name.endsWith('__op');
      return isPass && inputShapes.some((shape) => shape && tf.util.sizeFromShape(shape) === 120);
    });
    expect(passes.map(({ name }) => name).sort()).toEqual(['Multiply', 'Multiply', 'Sub', 'Sum', 'Sum']);
  });
});
