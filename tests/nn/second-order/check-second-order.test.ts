import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential } from '@tensorflow/tfjs-layers';
import {
  activationLayer,
  averagePooling,
  checkSecondOrder,
  createRng,
  maxPooling,
  preluLayer,
  prepareBackend,
  reflectionPadding,
  seededDropout,
  upSampling,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireSecondOrder } from '../../../src/nn/second-order/require-second-order.js';
import { compareSecondOrder, relativeErrorAlong } from '../../support/finite-differences.js';
import { picture, stockLayers } from './stock-layers.js';

/** What finite differences say of the layer's second derivatives. */
async function measured(shape: readonly number[], layer: layers.Layer): Promise<string> {
  const subject = sequential({ layers: [layers.inputLayer({ inputShape: [...shape] }), layer] });
  const call = (x: tf.Tensor) => subject.apply(x, { training: true }) as tf.Tensor;
  const draw = (like: readonly number[], seed: number) => {
    const size = like.reduce((product, each) => product * each, 1);
    return tf.tensor(createRng(seed).fillNormal(new Float32Array(size)), [...like]);
  };
  const initial = subject.getWeights().map((each, index) => draw(each.shape, 10 + index));
  subject.setWeights(initial);
  const errorAt = (point: number) => {
    const x = draw([2, ...shape], point);
    const weights = tf.tidy(() => draw(call(x).shape, 4));
    const f = (each: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(weights, tf.square(call(each))));
    return relativeErrorAlong((seed) => compareSecondOrder(f, [x], { step: 3e-3, seed }));
  };
  try {
    // Three points: a difference across a kink means nothing, and a wrong derivative is right at none of them.
    const errors = [await errorAt(3), await errorAt(13), await errorAt(23)];
    return Math.min(...errors) < 0.01 ? 'right' : 'wrong';
  } catch {
    return 'throws';
  }
}

describe('checkSecondOrder', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
    await prepareBackend();
  });

  test.each(stockLayers)('says $effect of $name, as finite differences do', async ({ effect, shape, make }) => {
    const subject = sequential({ layers: [layers.inputLayer({ inputShape: [...shape] }), make()] });
    expect(checkSecondOrder(subject).map((each) => each.effect)).toEqual(effect === 'right' ? [] : [effect]);
    expect(await measured(shape, make())).toBe(effect);
  });

  test('has nothing against layers of this library', () => {
    const ours = [
      upSampling({ inputShape: picture }),
      ...[averagePooling(), maxPooling({ size: 1 }), reflectionPadding(), preluLayer(), seededDropout({ rate: 0.1 })],
      activationLayer({ kind: 'tanh' }),
    ];
    expect(checkSecondOrder(sequential({ layers: ours }))).toEqual([]);
  });

  test('names the layer inside a nested model, where it stands, and what to use instead', () => {
    const inner = sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [3] }),
        layers.dense({ units: 4, activation: 'tanh', name: 'hidden' }),
        layers.leakyReLU({ name: 'leak' }),
      ],
    });
    const outer = sequential({ layers: [layers.flatten({ inputShape: [3, 1] }), inner] });
    expect(checkSecondOrder(outer)).toEqual([
      {
        layer: 'hidden',
        position: '1/1',
        effect: 'wrong',
        message:
          "`hidden` (Dense, at 1/1): its activation 'tanh' gives wrong second derivatives without a word; use " +
          "activation 'linear' and behind it activationLayer({ kind: 'tanh' }) instead.",
      },
      {
        layer: 'leak',
        position: '1/2',
        effect: 'throws',
        message:
          '`leak` (LeakyReLU, at 1/2): has no second derivatives: tfjs throws; use ' +
          "activationLayer({ kind: 'leakyrelu' }) instead.",
      },
    ]);
  });

  test('looks at every branch of a graph', () => {
    const first = input({ shape: [3] });
    const left = layers.dense({ units: 2, activation: 'sigmoid' }).apply(first);
    const right = layers.dense({ units: 2, activation: 'elu' }).apply(first);
    const graph = model({ inputs: first, outputs: layers.maximum().apply([left, right] as never) as never });
    expect(
      checkSecondOrder(graph)
        .map((each) => each.effect)
        .sort(),
    ).toEqual(['throws', 'throws', 'wrong']);
  });

  test('says so of a layer that it does not know', () => {
    class Mine extends layers.Layer {
      static className = 'toString';
    }
    const problems = checkSecondOrder(sequential({ layers: [new Mine({ inputShape: [2], name: 'mine' })] }));
    expect(problems.map((each) => each.effect)).toEqual(['unknown']);
    expect(problems[0]!.message).toMatch(/^`mine` \(toString, at 0\): is not known here; it is right if all/);
  });
});

describe('requireSecondOrder', () => {
  test('refuses a model with known problems, and lets unknown layers pass', () => {
    class Mine extends layers.Layer {
      static className = 'Mine';
    }
    const unknown = sequential({ layers: [new Mine({ inputShape: [2] })] });
    expect(() => requireSecondOrder('trainGan', 'discriminator', unknown)).not.toThrow();
    const wrong = sequential({
      layers: [layers.dense({ units: 1, activation: 'tanh', inputShape: [2], name: 'last' })],
    });
    expect(() => requireSecondOrder('trainGan', 'discriminator', wrong)).toThrow(
      /^trainGan: `discriminator` must have second derivatives for an exact gradient penalty\.\n {2}`last` \(Dense, at 0\)/,
    );
  });
});
