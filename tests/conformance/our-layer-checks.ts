import { ones, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, type layers, layers as makers } from '@tensorflow/tfjs-layers';
import {
  type ActivationKind,
  activationLayer,
  averagePooling,
  createRng,
  maxPooling,
  minibatchSpread,
  preluLayer,
  reflectionPadding,
  reseedLayers,
  seededDropout,
  spectralNorm,
  upSampling,
} from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import type { Orders } from './evaluate.js';
import { gradientCheck } from './gradient-check.js';
import { layerFunction } from './layer-model.js';
import { clip, elu, gelu, leakyRelu, relu, selu, sigmoid, softmax, softplus, swish } from './references/activations.js';
import { conv2d, conv2dTranspose, withBias } from './references/convolutions.js';
import { dense } from './references/dense.js';
import { type Doubles, map, type Reference } from './references/doubles.js';
import { average, greatest, interpolatePixels, pool, reflectPixels, repeatPixels } from './references/images.js';
import { dropout, prelu, spread } from './references/layers.js';
import { spectral } from './references/spectral.js';

interface LayerCase extends Orders {
  readonly name: string;
  readonly inputShape: readonly number[];
  make(): layers.Layer;
  readonly reference: Reference;
  /** Called before each use. Default: gives layers that draw their streams. */
  before?(net: LayersModel): void;
}

const each = (f: (x: number) => number) => (x: Doubles) => map(x, f);

const activations: Record<ActivationKind, Reference> = {
  linear: (x) => x,
  relu: each(relu),
  leakyrelu: each(leakyRelu),
  elu: each(elu),
  selu: each(selu),
  tanh: each(Math.tanh),
  sigmoid: each(sigmoid),
  softmax,
  swish: each(swish),
  gelu: each(gelu),
  softplus: each(softplus),
  clip: each(clip),
};

// The gradient by a filter has none of its own in tfjs, and a gradient penalty needs none.
const penalized = { twice: 1 };

const reseed = (net: LayersModel) => reseedLayers(net, createRng(1));

// The vector u of a spectral norm, which comes last.
const startFromOnes = (net: LayersModel) => {
  const u = net.weights.at(-1)!;
  tidy(() => {
    u.write(ones(u.shape as number[]));
  });
};

const cases: readonly LayerCase[] = [
  ...(Object.keys(activations) as ActivationKind[]).map((kind) => ({
    name: kind,
    inputShape: [7],
    make: () => activationLayer({ kind }),
    reference: activations[kind],
  })),
  {
    name: 'dropout',
    inputShape: [7],
    make: () => seededDropout({ rate: 0.3 }),
    // The input layer is '0', so the stream of dropout is named '1'.
    reference: (x) => dropout(x, 0.3, 1, '1'),
  },
  { name: 'prelu', inputShape: [4, 3], make: () => preluLayer(), reference: prelu },
  {
    name: 'up-sampling',
    inputShape: [4, 3, 2],
    make: () => upSampling({ size: [2, 3] }),
    reference: (x) => repeatPixels(x, [2, 3]),
  },
  {
    name: 'bilinear up-sampling',
    inputShape: [4, 3, 2],
    make: () => upSampling({ interpolation: 'bilinear' }),
    reference: (x) => interpolatePixels(x, 2),
  },
  {
    name: 'average pooling',
    inputShape: [5, 6, 2],
    make: () => averagePooling(),
    reference: (x) => pool(x, { size: 2, stride: 2, pad: 'valid' }, average),
  },
  {
    name: 'average pooling over the edge',
    inputShape: [5, 7, 2],
    make: () => averagePooling({ size: 3, strides: 2, padding: 'same' }),
    reference: (x) => pool(x, { size: 3, stride: 2, pad: 'same' }, average),
  },
  {
    name: 'max pooling',
    inputShape: [5, 6, 2],
    make: () => maxPooling(),
    reference: (x) => pool(x, { size: 2, stride: 2, pad: 'valid' }, greatest),
  },
  { name: 'minibatch spread', inputShape: [5], make: () => minibatchSpread(), reference: spread },
  { name: 'minibatch spread of maps', inputShape: [2, 3, 2], make: () => minibatchSpread(), reference: spread },
  {
    name: 'spectral norm of dense',
    inputShape: [5],
    make: () => spectralNorm(makers.dense({ units: 4 })),
    before: startFromOnes,
    reference: spectral(dense),
  },
  {
    name: 'spectral norm of conv2d',
    inputShape: [5, 6, 2],
    make: () => spectralNorm(makers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' })),
    before: startFromOnes,
    ...penalized,
    reference: spectral((x, filter, bias) => withBias(conv2d(x, filter, { stride: 2, pad: 'same' }), bias)),
  },
  {
    name: 'spectral norm of conv2dTranspose',
    inputShape: [3, 4, 2],
    make: () => spectralNorm(makers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 'same' })),
    before: startFromOnes,
    ...penalized,
    reference: spectral((x, filter, bias) => withBias(conv2dTranspose(x, filter, { stride: 2, pad: 'same' }), bias), {
      outputsBeforeInputs: true,
    }),
  },
  {
    name: 'reflection padding',
    inputShape: [4, 3, 2],
    make: () => reflectionPadding({ padding: 2 }),
    reference: (x) => reflectPixels(x, 2),
  },
];

/** Our layers in training, all of which can be differentiated twice. */
export const ourLayerChecks: readonly ConformanceCheck[] = cases.map(
  ({ name, inputShape, make, before = reseed, ...rest }) =>
    gradientCheck({
      name: `layer: ${name} (ours)`,
      ...rest,
      make: (values) => layerFunction({ inputShape, batch: 3, make, before }, values),
    }),
);
