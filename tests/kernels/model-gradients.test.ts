import {
  add,
  mean,
  type Scalar,
  setBackend,
  square,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { prepareBackend } from '../../src/kernels/prepare-backend.js';
import { expectNear, numbersOf } from './suites/support.js';

/** A picture and a product id, convolved, looked up and joined into one number. */
function smallModel(): LayersModel {
  const picture = input({ shape: [8, 8, 2] });
  const product = input({ shape: [1], dtype: 'int32' });
  const strided = layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' });
  const depthwise = layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 });
  const grown = layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 'same', activation: 'relu' });
  const seen = layers.flatten().apply(grown.apply(depthwise.apply(strided.apply(picture))));
  const known = layers.flatten().apply(layers.embedding({ inputDim: 7, outputDim: 4 }).apply(product));
  const joined = layers.concatenate().apply([seen, known] as SymbolicTensor[]);
  const hidden = layers.dense({ units: 6, activation: 'softplus' }).apply(joined);
  return model({ inputs: [picture, product], outputs: layers.dense({ units: 1 }).apply(hidden) as SymbolicTensor });
}

async function gradientsOn(backendName: string): Promise<Float32Array[]> {
  await setBackend(backendName);
  await prepareBackend();
  const net = smallModel();
  const shapes = net.weights.map((weight) => weight.shape as number[]);
  net.setWeights(shapes.map((shape, index) => numbersOf(shape, index + 1)));
  const variables = net.trainableWeights.map((weight) => weight.read() as Variable);
  const { grads, value } = tidy(() =>
    variableGrads((): Scalar => {
      const ids = tensor([6, 0, 6, 2], [4, 1], 'int32');
      const output = net.apply([numbersOf([4, 8, 8, 2], 50), ids], { training: true }) as Tensor;
      return mean(square(add(output, 1)));
    }, variables),
  );
  const gradients = await Promise.all(Object.values(grads).map(async (each) => Float32Array.from(await each.data())));
  value.dispose();
  for (const each of Object.values(grads)) each.dispose();
  net.dispose();
  return gradients;
}

test('a model of dense, convolutional and embedding layers has the same gradient on wasm and on cpu', async () => {
  const expected = await gradientsOn('cpu');
  const actual = await gradientsOn('wasm');
  expect(actual.length).toBe(11);
  for (const [index, gradient] of actual.entries()) expectNear(gradient, expected[index], 1e-5);
});
