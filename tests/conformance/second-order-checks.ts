import { grad, square, sum, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { input, type LayersModel, type layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
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
import { type Differentiable, gradientCheck } from './gradient-check.js';
import type { HostValues } from './host-values.js';

interface LayerCase {
  readonly name: string;
  readonly inputShape: readonly number[];
  make(): layers.Layer;
}

const batch = 3;
const kinds: readonly ActivationKind[] = [
  ...(['linear', 'relu', 'leakyrelu', 'elu', 'selu', 'tanh'] as const),
  ...(['sigmoid', 'softmax', 'swish', 'gelu', 'softplus', 'clip'] as const),
];

const cases: readonly LayerCase[] = [
  ...kinds.map((kind) => ({ name: kind, inputShape: [7], make: () => activationLayer({ kind }) })),
  { name: 'dropout', inputShape: [7], make: () => seededDropout({ rate: 0.3 }) },
  { name: 'prelu', inputShape: [4, 3], make: () => preluLayer() },
  { name: 'up-sampling', inputShape: [4, 3, 2], make: () => upSampling({ size: [2, 3] }) },
  { name: 'bilinear up-sampling', inputShape: [4, 3, 2], make: () => upSampling({ interpolation: 'bilinear' }) },
  { name: 'average pooling', inputShape: [5, 6, 2], make: () => averagePooling() },
  {
    name: 'average pooling over the edge',
    inputShape: [5, 7, 2],
    make: () => averagePooling({ size: 3, strides: 2, padding: 'same' }),
  },
  { name: 'max pooling', inputShape: [5, 6, 2], make: () => maxPooling() },
  { name: 'reflection padding', inputShape: [4, 3, 2], make: () => reflectionPadding({ padding: 2 }) },
];

/** Our layers in training: output and gradient, and then the gradient's own gradient. */
export const secondOrderChecks: readonly ConformanceCheck[] = cases.flatMap((each) => [
  gradientCheck({ name: `layer: ${each.name} (ours)`, make: (values) => subject(each, values, (call, x) => call(x)) }),
  gradientCheck({
    name: `second order: ${each.name}`,
    // Squares, because a layer made of straight pieces has no second derivative of its own.
    make: (values) => subject(each, values, (call, x) => grad((input: Tensor) => sum(square(call(input))))(x)),
  }),
]);

function subject(
  { inputShape, make }: LayerCase,
  values: HostValues,
  output: (call: (x: Tensor) => Tensor, x: Tensor) => Tensor,
): Differentiable {
  const net = modelOf(make(), inputShape);
  // Beyond the bounds of clip, and on both sides of zero.
  const x = values.variable([batch, ...inputShape], -2, 2);
  const call = (given: Tensor): Tensor => {
    reseedLayers(net, createRng(1));
    return net.apply(given, { training: true }) as Tensor;
  };
  return {
    variables: [x, ...net.trainableWeights.map((weight) => weight.read() as Variable)],
    output: () => output(call, x),
    dispose: () => {
      x.dispose();
      net.dispose();
    },
  };
}

// A model, because a layer that stands in none cannot be disposed.
function modelOf(layer: layers.Layer, inputShape: readonly number[]): LayersModel {
  const inputs = input({ shape: [...inputShape] });
  return model({ inputs, outputs: layer.apply(inputs) as SymbolicTensor });
}
