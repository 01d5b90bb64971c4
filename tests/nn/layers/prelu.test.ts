import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { preluActivation, preluLayer } from 'minimart';
import { expect, test } from 'vitest';

test('has a slope of its own for each channel, 0.25 at the start', async () => {
  const model = sequential({ layers: [preluLayer({ inputShape: [2, 2] })] });
  expect(model.trainableWeights.map((each) => each.shape)).toEqual([[2]]);
  const outputs = tf.tidy(() => {
    const x = tf.tensor3d([-4, -4, 8, 8], [1, 2, 2]);
    const fresh = model.predict(x) as tf.Tensor;
    model.setWeights([tf.tensor1d([0.5, -1])]);
    return tf.concat([tf.reshape(fresh, [4]), tf.reshape(model.predict(x) as tf.Tensor, [4])]);
  });
  expect([...(await outputs.data())]).toEqual([-1, -1, 8, 8, -2, 4, 8, 8]);
  outputs.dispose();
  model.dispose();
});

test('gives each slope the sum of the gradients below zero', async () => {
  const slopes = tf.tidy(() => {
    const x = tf.tensor2d([-1, -2, 3, -4], [2, 2]);
    return tf.grad((alpha: tf.Tensor) => tf.sum(preluActivation(x, alpha)))(tf.tensor1d([0.25, 0.25]));
  });
  expect([...(await slopes.data())]).toEqual([-1, -2 - 4]);
  slopes.dispose();
});

test('is a class to extend, and refuses a slope that is no number', () => {
  expect(() => preluLayer({ alpha: Number.POSITIVE_INFINITY })).toThrow(
    /PRelu: `alpha` must be a finite number, received Infinity \(number\)/,
  );
  expect(() => preluLayer().build([null, null])).toThrow(/PRelu: `inputs` must have a known last axis/);
});
