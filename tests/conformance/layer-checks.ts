import { layers } from '@tensorflow/tfjs-layers';
import type { ConformanceCheck } from './conformance-check.js';
import type { Orders } from './evaluate.js';
import { gradientCheck } from './gradient-check.js';
import { layerFunction } from './layer-model.js';
import { leakyRelu } from './references/activations.js';
import { conv2d, conv2dTranspose, withBias } from './references/convolutions.js';
import { dense } from './references/dense.js';
import { map, type Reference, reshape } from './references/doubles.js';
import { batchNormalization, layerNormalization } from './references/layers.js';

interface LayerCase extends Orders {
  readonly name: string;
  readonly inputShape: readonly number[];
  make(): layers.Layer;
  readonly reference: Reference;
}

// A gradient penalty needs the gradient by the image only; that by the filter has none of its own in tfjs.
const penalized = { twice: 1 };

const cases: readonly LayerCase[] = [
  { name: 'dense', inputShape: [7], make: () => layers.dense({ units: 5 }), reference: dense },
  {
    name: 'dense with tanh',
    inputShape: [7],
    // tfjs has the second derivative of tanh wrong, and none of leakyReLU: our layers have both.
    orders: 1,
    make: () => layers.dense({ units: 5, activation: 'tanh' }),
    reference: (x, weights, bias) => map(dense(x, weights, bias), Math.tanh),
  },
  {
    name: 'conv2d',
    inputShape: [8, 6, 2],
    make: () => layers.conv2d({ filters: 4, kernelSize: 3, strides: 2 }),
    ...penalized,
    reference: (x, filter, bias) => withBias(conv2d(x, filter, { stride: 2, pad: 'valid' }), bias),
  },
  {
    name: 'conv2dTranspose',
    inputShape: [4, 3, 2],
    make: () => layers.conv2dTranspose({ filters: 4, kernelSize: 4, strides: 2, padding: 'same' }),
    ...penalized,
    reference: (x, filter, bias) => withBias(conv2dTranspose(x, filter, { stride: 2, pad: 'same' }), bias),
  },
  {
    name: 'batchNormalization',
    inputShape: [7],
    make: () => layers.batchNormalization(),
    reference: batchNormalization,
  },
  {
    name: 'batchNormalization of images',
    inputShape: [4, 3, 5],
    make: () => layers.batchNormalization(),
    reference: batchNormalization,
  },
  {
    name: 'layerNormalization',
    inputShape: [7],
    make: () => layers.layerNormalization(),
    reference: layerNormalization,
  },
  {
    name: 'leakyReLU',
    inputShape: [7],
    orders: 1,
    make: () => layers.leakyReLU({ alpha: 0.2 }),
    reference: (x) => map(x, leakyRelu),
  },
  {
    name: 'flatten',
    inputShape: [2, 3, 4],
    make: () => layers.flatten(),
    reference: (x) => reshape(x, [x.shape[0], 24]),
  },
];

/** Layers of tfjs in training: output, and derivatives with respect to the input and every trainable weight. */
export const layerChecks: readonly ConformanceCheck[] = cases.map(({ name, inputShape, make, ...rest }) =>
  gradientCheck({
    ...rest,
    name: `layer: ${name}`,
    make: (values) => layerFunction({ inputShape, batch: 6, make }, values),
  }),
);
