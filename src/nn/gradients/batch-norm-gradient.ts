import {
  add,
  clone,
  FusedBatchNorm,
  type GradConfig,
  getGradient,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * The gradient of normalization by one mean and variance for each channel, in five passes over the images where that of tfjs takes
 * sixteen: two sums for each channel are in the gradients to mean, variance, scale and offset alike.
 *
 *     S = sum g,   T = sum g (x - mean),   r = 1 / sqrt(variance + epsilon),   f = scale r
 *     dx = f g,   dmean = -f S,   dvariance = -f r^2 T / 2,   dscale = r T,   doffset = S
 *
 * Where moments have other shapes, tfjs's own is kept.
 */
export function batchNormGradient(): GradConfig | undefined {
  const standard = getGradient(FusedBatchNorm);
  if (!standard) return undefined;
  return {
    ...standard,
    gradFunc: (upstream, saved, attributes) =>
      saved[1]!.rank === 1
        ? slopesByChannel(upstream as Tensor, saved, attributes.varianceEpsilon as number)
        : standard.gradFunc(upstream, saved, attributes),
  };
}

function slopesByChannel(
  upstream: Tensor,
  [x, mean, variance, scale]: readonly (Tensor | undefined)[],
  epsilon: number,
): ReturnType<GradConfig['gradFunc']> {
  const others = x!.shape.slice(1).map((_, axis) => axis);
  const root = rsqrt(add(variance!, epsilon));
  const factor = scale ? mul(scale, root) : root;
  const total = sum(upstream, others);
  const moment = sum(mul(upstream, sub(x!, mean!)), others);
  return {
    x: () => mul(upstream, factor),
    mean: () => mul(mul(factor, total), -1),
    variance: () => mul(mul(mul(factor, square(root)), moment), -0.5),
    scale: () => mul(root, moment),
    offset: () => clone(total),
  };
}
