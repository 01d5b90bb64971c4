import { type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { input, type LayersModel, type layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Differentiable } from './evaluate.js';
import type { HostValues } from './host-values.js';

/** A layer to check, with the shape of one sample. */
export interface LayerSubject {
  readonly inputShape: readonly number[];
  readonly batch: number;
  make(): layers.Layer;
  /** Called before each use, for layers that draw random numbers. */
  before?(net: LayersModel): void;
}

/** A layer in training, as a function of its input, in [-2, 2), and of its trainable weights, in [0.1, 1). */
export function layerFunction({ inputShape, batch, make, before }: LayerSubject, values: HostValues): Differentiable {
  const net = modelOf(make(), inputShape);
  // Beyond the bounds of clip, and on both sides of zero.
  const x = values.variable([batch, ...inputShape], -2, 2);
  tidy(() => net.setWeights(net.weights.map(({ shape }) => values.tensor(shape as number[], 0.1, 1))));
  return {
    variables: [x, ...net.trainableWeights.map((weight) => weight.read() as Variable)],
    output: () => {
      before?.(net);
      return net.apply(x, { training: true }) as Tensor;
    },
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
