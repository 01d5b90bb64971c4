import type { layers } from '@tensorflow/tfjs-layers';
import {
  type ActivationKind,
  activationLayer,
  averagePooling,
  createRng,
  maxPooling,
  preluLayer,
  reflectionPadding,
  reseedLayers,
  seededDropout,
  upSampling,
} from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { gradientCheck } from './gradient-check.js';
import { layerFunction } from './layer-model.js';
import { clip, elu, gelu, leakyRelu, relu, selu, sigmoid, softmax, softplus, swish } from './references/activations.js';
import { type Doubles, map, type Reference } from './references/doubles.js';
import { average, greatest, interpolatePixels, pool, reflectPixels, repeatPixels } from './references/images.js';
import { dropout, prelu } from './references/layers.js';

interface LayerCase {
  readonly name: string;
  readonly inputShape: readonly number[];
  make(): layers.Layer;
  readonly reference: Reference;
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
  {
    name: 'reflection padding',
    inputShape: [4, 3, 2],
    make: () => reflectionPadding({ padding: 2 }),
    reference: (x) => reflectPixels(x, 2),
  },
];

/** Our layers in training, all of which can be differentiated twice. */
export const ourLayerChecks: readonly ConformanceCheck[] = cases.map(({ name, inputShape, make, reference }) =>
  gradientCheck({
    name: `layer: ${name} (ours)`,
    reference,
    make: (values) =>
      layerFunction({ inputShape, batch: 3, make, before: (net) => reseedLayers(net, createRng(1)) }, values),
  }),
);
