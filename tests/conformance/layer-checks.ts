import { type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ConformanceCheck } from './conformance-check.js';
import { gradientCheck } from './gradient-check.js';
import type { HostValues } from './host-values.js';

interface LayerCase {
  readonly name: string;
  readonly inputShape: readonly number[];
  make(): layers.Layer;
}

const batch = 6;

const cases: readonly LayerCase[] = [
  { name: 'dense', inputShape: [7], make: () => layers.dense({ units: 5, activation: 'tanh' }) },
  { name: 'conv2d', inputShape: [8, 6, 2], make: () => layers.conv2d({ filters: 4, kernelSize: 3, strides: 2 }) },
  {
    name: 'conv2dTranspose',
    inputShape: [4, 3, 2],
    make: () => layers.conv2dTranspose({ filters: 4, kernelSize: 4, strides: 2, padding: 'same' }),
  },
  { name: 'batchNormalization', inputShape: [7], make: () => layers.batchNormalization() },
  { name: 'batchNormalization of images', inputShape: [4, 3, 5], make: () => layers.batchNormalization() },
  { name: 'layerNormalization', inputShape: [7], make: () => layers.layerNormalization() },
  { name: 'leakyReLU', inputShape: [7], make: () => layers.leakyReLU({ alpha: 0.2 }) },
  { name: 'flatten', inputShape: [2, 3, 4], make: () => layers.flatten() },
];

/** Layers in training: output, and gradient with respect to the input and every trainable weight. */
export const layerChecks: readonly ConformanceCheck[] = cases.map(({ name, inputShape, make }) =>
  gradientCheck({
    name: `layer: ${name}`,
    make: (values) => {
      const net = modelOf(make(), inputShape);
      const x = values.variable([batch, ...inputShape]);
      return {
        variables: [x, ...giveWeights(net, values)],
        output: () => net.apply(x, { training: true }) as Tensor,
        dispose: () => {
          x.dispose();
          net.dispose();
        },
      };
    },
  }),
);

// A model, because a layer that stands in none cannot be disposed.
function modelOf(layer: layers.Layer, inputShape: readonly number[]): LayersModel {
  const inputs = input({ shape: [...inputShape] });
  return model({ inputs, outputs: layer.apply(inputs) as SymbolicTensor });
}

function giveWeights(net: LayersModel, values: HostValues): Variable[] {
  tidy(() => net.setWeights(net.weights.map(({ shape }) => values.tensor(shape as number[], 0.1, 1))));
  return net.trainableWeights.map((weight) => weight.read() as Variable);
}
