import {
  add,
  mean,
  type Scalar,
  square,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { numbersOf } from './support.js';

/** A picture and a product id, convolved, looked up and joined into one number; the same weights on every backend. */
export function smallModel(): LayersModel {
  const picture = input({ shape: [8, 8, 2] });
  const product = input({ shape: [1], dtype: 'int32' });
  const strided = layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' });
  const depthwise = layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 });
  const grown = layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 'same', activation: 'relu' });
  const seen = layers.flatten().apply(grown.apply(depthwise.apply(strided.apply(picture))));
  const known = layers.flatten().apply(layers.embedding({ inputDim: 7, outputDim: 4 }).apply(product));
  const joined = layers.concatenate().apply([seen, known] as SymbolicTensor[]);
  const hidden = layers.dense({ units: 6, activation: 'softplus' }).apply(joined);
  const net = model({
    inputs: [picture, product],
    outputs: layers.dense({ units: 1 }).apply(hidden) as SymbolicTensor,
  });
  const shapes = net.weights.map((weight) => weight.shape as number[]);
  const weights = shapes.map((shape, index) => numbersOf(shape, index + 1));
  net.setWeights(weights);
  for (const each of weights) each.dispose();
  return net;
}

/** The gradients of the mean squared output plus one, by variable name; the caller disposes them. */
export function smallModelGradients(net: LayersModel): Record<string, Tensor> {
  const variables = net.trainableWeights.map((weight) => weight.read() as Variable);
  const loss = (): Scalar => {
    const ids = tensor([6, 0, 6, 2], [4, 1], 'int32');
    const output = net.apply([numbersOf([4, 8, 8, 2], 50), ids], { training: true }) as Tensor;
    return mean(square(add(output, 1)));
  };
  return tidy(() => variableGrads(loss, variables).grads);
}

/** Reads tensors and disposes them. */
export async function takeValues(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map(async (each) => Float32Array.from(await each.data())));
  for (const each of tensors) each.dispose();
  return values;
}
