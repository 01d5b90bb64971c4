import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type Shape, sequential } from '@tensorflow/tfjs-layers';
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
import { ActivationLayer } from '../../../src/nn/layers/activation-layer.js';
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
  // Layers of a stranger's own, by what they compute. tf.tanh saves its output, which an outer gradient takes for a constant.
  function ownLayer(name: string, compute: (x: tf.Tensor) => tf.Tensor, vouched = false) {
    class Mine extends layers.Layer {
      static className = name;
      static secondOrder = vouched;
      override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
        return shape;
      }
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return compute([inputs].flat()[0]!);
      }
    }
    const middle = new Mine({ name: 'mine' });
    const first = layers.dense({ units: 5, inputShape: [3] });
    return sequential({ layers: [first, middle, layers.dense({ units: 1 })] });
  }
  const ask = (subject: layers.Layer) => requireSecondOrder('trainGan', 'discriminator', subject);
  const tanhOf = (x: tf.Tensor) => tf.tanh(x);

  beforeAll(async () => {
    await tf.setBackend('cpu');
    await prepareBackend();
  });

  test('refuses a model with known problems', async () => {
    const wrong = sequential({
      layers: [layers.dense({ units: 1, activation: 'tanh', inputShape: [2], name: 'last' })],
    });
    await expect(ask(wrong)).rejects.toThrow(
      /^trainGan: `discriminator` must have second derivatives for an exact gradient penalty\.\n {2}`last` \(Dense, at 0\)/,
    );
  });

  test.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['tanh', tanhOf],
    ['sigmoid', (x) => tf.sigmoid(x)],
    ['exp', (x) => tf.exp(tf.mul(0.5, x))],
    ['softmax', (x) => tf.softmax(x)],
    ['swish', (x) => tf.mul(x, tf.sigmoid(x))],
  ])('measures a layer of a stranger with %s inside, and says how far it is off', async (name, compute) => {
    await expect(ask(ownLayer(`Own${name}`, compute))).rejects.toThrow(
      new RegExp(`\`mine\` \\(Own${name}, at 1\\): its second derivatives were measured, and are \\d+% off`),
    );
  });

  test.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['a sine', (x) => tf.sin(x)],
    ['a relu', (x) => tf.relu(tf.sub(x, 0.3))],
    ['softplus', (x) => tf.softplus(x)],
    ['a division', (x) => tf.div(x, tf.add(1, tf.square(x)))],
    ['nothing', (x) => tf.mul(x, 1)],
  ])('takes a layer of a stranger with %s inside', async (name, compute) => {
    await expect(ask(ownLayer(`Right${name.length}`, compute))).resolves.toBeUndefined();
  });

  test('refuses what has no second derivatives, and what draws anew at each call, unless its class vouches for it', async () => {
    await expect(ask(ownLayer('Leaky', (x) => tf.leakyRelu(x)))).rejects.toThrow(
      '`mine` (Leaky, at 1): its second derivatives cannot be computed',
    );
    const noisy = (x: tf.Tensor) => tf.add(x, tf.randomNormal(x.shape));
    await expect(ask(ownLayer('Noisy', noisy))).rejects.toThrow('its second derivatives cannot be measured');
    await expect(ask(ownLayer('Vouched', noisy, true))).resolves.toBeUndefined();
  });

  test('is not deceived by a class that extends a layer of ours, or is named as one of tfjs', async () => {
    class Extended extends ActivationLayer {
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return tf.tanh([inputs].flat()[0]!);
      }
    }
    const extended = sequential({
      layers: [layers.dense({ units: 4, inputShape: [3] }), new Extended({ kind: 'linear', name: 'mine' })],
    });
    await expect(ask(extended)).rejects.toThrow('% off');
    await expect(ask(ownLayer('Flatten', tanhOf))).rejects.toThrow('`mine` (Flatten, at 1)');
  });

  test('measures a wrapper of a stranger as a whole', async () => {
    class Wrapper extends layers.Layer {
      static className = 'OwnWrapper';
      readonly layer = layers.dense({ units: 4 });
      override build(shape: Shape | Shape[]): void {
        this.layer.build(shape);
        this.built = true;
      }
      override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
        return this.layer.computeOutputShape(shape);
      }
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return tf.tanh(this.layer.call(inputs, {}) as tf.Tensor);
      }
    }
    const x = input({ shape: [3] });
    const subject = model({ inputs: x, outputs: new Wrapper({ name: 'wrapper' }).apply(x) as never });
    await expect(ask(subject)).rejects.toThrow(/`wrapper` \(OwnWrapper, at 1\): its second derivatives were measured/);
  });

  test('leaves no tensor and moves no state', async () => {
    const subject = ownLayer('Still', (x) => tf.sin(x));
    await ask(subject);
    const before = tf.memory().numTensors;
    await ask(subject);
    expect(tf.memory().numTensors).toBe(before);
  });
});
