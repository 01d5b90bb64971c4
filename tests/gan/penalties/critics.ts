import { mul, reshape, square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { activationLayer, createRng, type PenaltyContext, type Rng } from 'minimart';

/** Normal numbers, the same for a seed. */
export function normal(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  return tensor(createRng(seed).fillNormal(new Float32Array(size)), [...shape]);
}

/** What a penalty sees of a discriminator and two batches. */
export function contextOf(
  judge: (samples: Tensor) => Tensor,
  real: Tensor,
  fake: Tensor,
  rng: Rng = createRng(5),
): PenaltyContext {
  return { real, fake, judge, rng, realLogits: judge(real), fakeLogits: judge(fake) };
}

/** D(x) = w.x, the product over all axes of a sample: its gradient is w everywhere. */
export function linear(w: Tensor): (samples: Tensor) => Tensor {
  return (samples) => logitOfEach(mul(samples, w));
}

/** D(x) = |x|^2 / 2, whose gradient at x is x. */
export function bowl(samples: Tensor): Tensor {
  return logitOfEach(mul(0.5, square(samples)));
}

/** A small convolutional critic of images 6 x 6 x 2; by default with a leaky relu that can be differentiated twice. */
export function convCritic(slope = () => activationLayer({ kind: 'leakyrelu' }) as layers.Layer): LayersModel {
  const kernelInitializer = (seed: number) => initializers.glorotNormal({ seed });
  const convolution = { filters: 4, kernelSize: 3, strides: 2, padding: 'same' } as const;
  return sequential({
    layers: [
      layers.conv2d({ ...convolution, kernelInitializer: kernelInitializer(1), inputShape: [6, 6, 2] }),
      slope(),
      layers.conv2d({ ...convolution, kernelInitializer: kernelInitializer(2) }),
      slope(),
      layers.flatten(),
      // No slope depends on a bias of the last layer.
      layers.dense({ units: 1, useBias: false, kernelInitializer: kernelInitializer(3) }),
    ],
  });
}

function logitOfEach(parts: Tensor): Tensor {
  return sum(reshape(parts, [parts.shape[0]!, -1]), 1, true);
}
