import {
  add,
  div,
  grad,
  maximum,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { withoutGradient } from '../../nn/gradients/without-gradient.js';
import { latentNoise } from '../../random/latent-noise.js';
import type { Rng } from '../../random/rng.js';

/** Gives logits for samples. */
export type Judge = (samples: Tensor) => Tensor;

// Far below any slope that counts. Without it the gradient of a square root at 0 is no number.
const smallest = 1e-12;

/** `[B]`: the square of the slope, a gradient by each sample, of the discriminator. */
export function squaredSlopes(judge: Judge, samples: Tensor): Tensor1D {
  return sumOfEach(square(slopeOf(judge, samples)));
}

/** `[B]`: how long the gradient by each sample is, over all its axes. */
export function slopeNorms(judge: Judge, samples: Tensor): Tensor1D {
  return sqrt(add(squaredSlopes(judge, samples), smallest)) as Tensor1D;
}

/**
 * `[B]`: an estimate of `squaredSlopes` whose mean over many calls is right, apart from the curve within a step: the slope in
 * a random direction e, normal in every component.
 *
 *     (D(x + step e) - D(x))^2 / step^2
 *
 * @param logits - D(samples), already known.
 */
export function estimatedSquaredSlopes(
  judge: Judge,
  samples: Tensor,
  logits: Tensor,
  rng: Rng,
  step: number,
): Tensor1D {
  const direction = latentNoise(rng, samples.shape);
  const moved = judge(add(samples, mul(direction, step)));
  return square(div(sumOfEach(sub(moved, logits)), step)) as Tensor1D;
}

/**
 * `[B]`: `slopeNorms` by central differences along the steepest direction u. No gradient passes through u, and none needs
 * to: a unit vector moves at right angles to itself, where the slope is 0.
 *
 *     (D(x + step u) - D(x - step u)) / (2 step)
 */
export function estimatedSlopeNorms(judge: Judge, samples: Tensor, step: number): Tensor1D {
  const move = mul(steepestDirections(judge, samples), step);
  const difference = sub(judge(add(samples, move)), judge(sub(samples, move)));
  return div(sumOfEach(difference), 2 * step);
}

// A gradient cannot be taken inside of what is hidden from the outer one: it is taken first, and its result is hidden.
function steepestDirections(judge: Judge, samples: Tensor): Tensor {
  const slope = slopeOf(judge, samples);
  return withoutGradient(() => {
    const norms = sqrt(sumOfEach(square(slope)));
    return div(slope, reshape(maximum(norms, Math.sqrt(smallest)), [-1, ...slope.shape.slice(1).map(() => 1)]));
  });
}

// `grad` differentiates the sum of all logits. Those of one sample depend on that sample alone (batch statistics aside), so
// that the sum has all gradients in it.
function slopeOf(judge: Judge, samples: Tensor): Tensor {
  return grad(judge)(samples);
}

/** `[B]`: the sum over all axes but the first. */
function sumOfEach(values: Tensor): Tensor1D {
  return sum(reshape(values, [values.shape[0]!, -1]), 1);
}
