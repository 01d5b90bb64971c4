import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import {
  type ActivationKind,
  activationLayer,
  averagePooling,
  createRng,
  maxPooling,
  minibatchSpread,
  preluLayer,
  prepareBackend,
  reflectionPadding,
  reseedLayers,
  seededDropout,
  upSampling,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { trainableVariables } from '../../../src/nn/models/model-variables.js';
import {
  compareFirstOrder,
  compareGradient,
  compareSecondOrder,
  gradientPenalty,
  relativeErrorAlong,
} from '../../support/finite-differences.js';

interface Row {
  readonly name: string;
  readonly shape: readonly number[];
  readonly make: () => layers.Layer;
  /** How tfjs's own layer fails, where the row is one. */
  readonly fails?: 'wrong' | 'throws';
}

const vector = [6];
const picture = [6, 6, 2];
const kinds: readonly ActivationKind[] = [
  'linear',
  'relu',
  'leakyrelu',
  'elu',
  'selu',
  'tanh',
  'sigmoid',
  'softmax',
  'swish',
  'gelu',
  'softplus',
  'clip',
];

const ours: readonly Row[] = [
  ...kinds.map((kind) => ({ name: `activation ${kind}`, shape: vector, make: () => activationLayer({ kind }) })),
  { name: 'dropout', shape: vector, make: () => seededDropout({ rate: 0.3 }) },
  { name: 'prelu', shape: vector, make: () => preluLayer() },
  { name: 'up-sampling', shape: picture, make: () => upSampling() },
  { name: 'bilinear up-sampling', shape: picture, make: () => upSampling({ size: 3, interpolation: 'bilinear' }) },
  { name: 'average pooling', shape: picture, make: () => averagePooling() },
  {
    name: 'average pooling over the edge',
    shape: picture,
    make: () => averagePooling({ size: 3, strides: 2, padding: 'same' }),
  },
  { name: 'max pooling', shape: picture, make: () => maxPooling() },
  { name: 'minibatch spread', shape: vector, make: () => minibatchSpread() },
  { name: 'minibatch spread of maps', shape: picture, make: () => minibatchSpread({ group: 2 }) },
  { name: 'reflection padding', shape: picture, make: () => reflectionPadding({ padding: 2 }) },
];

const stock: readonly Row[] = [
  { name: 'tanh', shape: vector, make: () => layers.activation({ activation: 'tanh' }), fails: 'wrong' },
  { name: 'sigmoid', shape: vector, make: () => layers.activation({ activation: 'sigmoid' }), fails: 'wrong' },
  { name: 'softmax', shape: vector, make: () => layers.softmax(), fails: 'wrong' },
  {
    name: 'dense with tanh',
    shape: vector,
    make: () =>
      layers.dense({ units: 6, activation: 'tanh', kernelInitializer: initializers.glorotNormal({ seed: 3 }) }),
    fails: 'wrong',
  },
  { name: 'leakyReLU', shape: vector, make: () => layers.leakyReLU({}), fails: 'throws' },
  { name: 'elu', shape: vector, make: () => layers.elu({}), fails: 'throws' },
  { name: 'prelu', shape: vector, make: () => layers.prelu({}), fails: 'throws' },
  { name: 'upSampling2d', shape: picture, make: () => layers.upSampling2d({}), fails: 'throws' },
  { name: 'averagePooling2d', shape: picture, make: () => layers.averagePooling2d({}), fails: 'throws' },
  { name: 'maxPooling2d', shape: picture, make: () => layers.maxPooling2d({}), fails: 'throws' },
];

function randomTensor(shape: readonly number[], seed: number): tf.Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(createRng(seed).fillNormal(new Float32Array(size)), [...shape]);
}

/** The layer between two dense ones, and without them. */
function around({ shape, make }: Row): LayersModel {
  const size = shape.reduce((product, each) => product * each, 1);
  const dense = (units: number, seed: number) =>
    layers.dense({ units, kernelInitializer: initializers.glorotNormal({ seed }) });
  const first = layers.reshape({ targetShape: [4], inputShape: [4] });
  const inner = [
    dense(size, 1),
    layers.reshape({ targetShape: [...shape] }),
    make(),
    ...(shape.length > 1 ? [layers.flatten()] : []),
    dense(3, 2),
  ];
  return sequential({ layers: [first, ...inner] });
}

/** The model in training, with the same dropout masks at every call. */
function call(model: LayersModel, x: tf.Tensor): tf.Tensor {
  reseedLayers(model, createRng(1));
  return model.apply(x, { training: true }) as tf.Tensor;
}

/** How far the gradients of the layer alone are from finite differences, of first and second order. */
async function errorsOfLayer({ shape, make }: Row): Promise<[first: number, second: number]> {
  const model = sequential({ layers: [layers.inputLayer({ inputShape: [...shape] }), make()] });
  const x = randomTensor([2, ...shape], 3);
  const weights = tf.tidy(() => randomTensor(call(model, x).shape, 4));
  // Squares, because a layer made of straight pieces has no second derivative of its own.
  const f = (input: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(weights, tf.square(call(model, input))));
  const step = 5e-3;
  const first = await relativeErrorAlong((seed) => compareFirstOrder(f, [x], { step, seed }));
  const second = await relativeErrorAlong((seed) => compareSecondOrder(f, [x], { step, seed }));
  tf.dispose([x, weights, model.weights.map((each) => each.read())]);
  return [first, second];
}

/** The same for the gradient of an exact gradient penalty by the weights of a model with the layer inside. */
async function errorOfPenalty(row: Row): Promise<number> {
  const model = around(row);
  const x = randomTensor([3, 4], 5);
  const penalty = gradientPenalty((input) => tf.square(call(model, input)), x);
  const variables = trainableVariables(model);
  // A small step: where pieces meet, the slope inside the penalty jumps, and a difference across a jump means nothing.
  const error = await relativeErrorAlong((seed) => compareGradient(penalty, variables, { step: 5e-4, seed }));
  x.dispose();
  model.dispose();
  return error;
}

describe.each(['cpu', 'wasm'])('second-order gradients on %s', (backend) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
    await prepareBackend();
  });

  test.each(ours)('are right for $name', async (row) => {
    const [first, second] = await errorsOfLayer(row);
    expect(first).toBeLessThan(0.01);
    expect(second).toBeLessThan(0.01);
    expect(await errorOfPenalty(row)).toBeLessThan(0.01);
  });

  test.each(stock)('$fails for $name of tfjs', async (row) => {
    if (row.fails === 'throws') {
      await expect(errorOfPenalty(row)).rejects.toThrow(/gradient function not found/);
    } else {
      // Twice what is allowed to ours.
      expect(await errorOfPenalty(row)).toBeGreaterThan(0.02);
    }
  });
});
