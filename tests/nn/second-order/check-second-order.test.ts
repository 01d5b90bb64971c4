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
import { compareSecondOrder, relativeError } from '../../support/finite-differences.js';

type Activation = Parameters<typeof layers.activation>[0]['activation'];
type Row = readonly [name: string, shape: readonly number[], make: () => layers.Layer];

const vector = [6];
const rows = [8, 3];
const picture = [6, 6, 2];
const volume = [4, 4, 4, 2];
const cells = { units: 3, recurrentInitializer: 'glorotNormal' as const };
const stack = { filters: 2, kernelSize: 3 };
const activation = (name: string): Row => [name, vector, () => layers.activation({ activation: name as Activation })];

const stockLayers: Readonly<Record<'right' | 'wrong' | 'throws', readonly Row[]>> = {
  right: [
    ...['linear', 'relu', 'softplus', 'softsign', 'gelu'].map(activation),
    ['dense with relu', vector, () => layers.dense({ units: 4, activation: 'relu' })],
    ['reLU', vector, () => layers.reLU({})],
    ['conv1d', rows, () => layers.conv1d(stack)],
    ['conv2d', picture, () => layers.conv2d({ ...stack, strides: 2, padding: 'same' })],
    ['conv2dTranspose', picture, () => layers.conv2dTranspose({ ...stack, strides: 2, padding: 'same' })],
    ['dropout', vector, () => layers.dropout({ rate: 0.3, seed: 1 })],
    ['spatialDropout1d', rows, () => layers.spatialDropout1d({ rate: 0.3, seed: 1 })],
    ['batchNormalization', picture, () => layers.batchNormalization({})],
    ['layerNormalization', vector, () => layers.layerNormalization({})],
    ['globalAveragePooling1d', rows, () => layers.globalAveragePooling1d({})],
    ['globalAveragePooling2d', picture, () => layers.globalAveragePooling2d({})],
    ['cropping2D', picture, () => layers.cropping2D({ cropping: 1 })],
    ['zeroPadding2d', picture, () => layers.zeroPadding2d({ padding: 1 })],
    ['permute', rows, () => layers.permute({ dims: [2, 1] })],
    ['repeatVector', vector, () => layers.repeatVector({ n: 2 })],
    ['rescaling', picture, () => layers.rescaling({ scale: 2, offset: 1 })],
    ['simpleRNN with relu', rows, () => layers.simpleRNN({ ...cells, activation: 'relu' })],
    ['timeDistributed', rows, () => layers.timeDistributed({ layer: layers.dense({ units: 2 }) })],
  ],
  wrong: [
    ...['tanh', 'sigmoid', 'softmax', 'logSoftmax', 'swish', 'mish', 'gelu_new'].map(activation),
    ['softmax layer', vector, () => layers.softmax()],
    ['dense with tanh', vector, () => layers.dense({ units: 4, activation: 'tanh' })],
    ['conv2d with sigmoid', picture, () => layers.conv2d({ ...stack, activation: 'sigmoid' })],
    ['simpleRNN', rows, () => layers.simpleRNN(cells)],
    ['lstm with sigmoid', rows, () => layers.lstm({ ...cells, recurrentActivation: 'sigmoid' })],
    ['timeDistributed', rows, () => layers.timeDistributed({ layer: layers.dense({ units: 2, activation: 'tanh' }) })],
  ],
  throws: [
    ...['elu', 'selu', 'relu6', 'hardSigmoid'].map(activation),
    ['reLU up to 6', vector, () => layers.reLU({ maxValue: 6 })],
    ['leakyReLU', vector, () => layers.leakyReLU({})],
    ['elu layer', vector, () => layers.elu({})],
    ['prelu', vector, () => layers.prelu({})],
    ['thresholdedReLU', vector, () => layers.thresholdedReLU({ theta: 0.2 })],
    ['dense with elu', vector, () => layers.dense({ units: 4, activation: 'elu' })],
    ['conv2d with dilation', picture, () => layers.conv2d({ ...stack, dilationRate: 2 })],
    ['conv3d', volume, () => layers.conv3d({ ...stack, kernelSize: 2 })],
    ['conv3dTranspose', volume, () => layers.conv3dTranspose({ ...stack, kernelSize: 2 })],
    ['separableConv2d', picture, () => layers.separableConv2d(stack)],
    ['depthwiseConv2d', picture, () => layers.depthwiseConv2d({ kernelSize: 3 })],
    ['upSampling2d', picture, () => layers.upSampling2d({})],
    ['averagePooling1d', rows, () => layers.averagePooling1d({})],
    ['averagePooling2d', picture, () => layers.averagePooling2d({})],
    ['averagePooling3d', volume, () => layers.averagePooling3d({})],
    ['maxPooling1d', rows, () => layers.maxPooling1d({})],
    ['maxPooling2d', picture, () => layers.maxPooling2d({})],
    ['maxPooling3d', volume, () => layers.maxPooling3d({})],
    ['globalMaxPooling1d', rows, () => layers.globalMaxPooling1d({})],
    ['globalMaxPooling2d', picture, () => layers.globalMaxPooling2d({})],
    ['masking', rows, () => layers.masking({ maskValue: 0 })],
    ['centerCrop', picture, () => layers.centerCrop({ height: 4, width: 4 })],
    ['gru', rows, () => layers.gru(cells)],
    ['lstm', rows, () => layers.lstm(cells)],
  ],
};

const effects = (Object.keys(stockLayers) as (keyof typeof stockLayers)[]).flatMap((effect) =>
  stockLayers[effect].map(([name, shape, make]) => ({ effect, name, shape, make })),
);

/** What finite differences say of the layer's second derivatives. */
async function measured(shape: readonly number[], layer: layers.Layer): Promise<string> {
  const subject = sequential({ layers: [layers.inputLayer({ inputShape: [...shape] }), layer] });
  const call = (x: tf.Tensor) => subject.apply(x, { training: true }) as tf.Tensor;
  const draw = (like: readonly number[], seed: number) => {
    const size = like.reduce((product, each) => product * each, 1);
    return tf.tensor(createRng(seed).fillNormal(new Float32Array(size)), [...like]);
  };
  const x = draw([2, ...shape], 3);
  const weights = tf.tidy(() => draw(call(x).shape, 4));
  const f = (each: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(weights, tf.square(call(each))));
  try {
    const error = await relativeError((seed) => compareSecondOrder(f, [x], { step: 3e-3, seed }));
    return error < 0.01 ? 'right' : 'wrong';
  } catch {
    return 'throws';
  }
}

describe('checkSecondOrder', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
    await prepareBackend();
  });

  test.each(effects)('says $effect of $name, as finite differences do', async ({ effect, shape, make }) => {
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
