import { sigmoid, softplus } from './activations.js';
import { matMul } from './dense.js';
import { at, build, combine, type Doubles, map } from './doubles.js';

/** The logits softplus(x W) v. */
export function logits(x: Doubles, hidden: Doubles, last: Doubles): Doubles {
  return matMul(map(matMul(x, hidden), softplus), last);
}

/** How long the gradient of the logit by each sample is: that of W (sigmoid(x W) * v). */
export function slopeNorms(x: Doubles, hidden: Doubles, last: Doubles): number[] {
  const row = { shape: [1, last.shape[0]], values: last.values };
  const behind = combine(map(matMul(x, hidden), sigmoid), row, (open, weight) => open * weight);
  const slopes = matMul(behind, hidden, false, true);
  const [count, size] = slopes.shape;
  return Array.from({ length: count }, (_, sample) =>
    Math.hypot(...Array.from({ length: size }, (__, axis) => at(slopes, sample, axis))),
  );
}

/** Between real samples and fakes, at a share for each pair. */
export function between(real: Doubles, fake: Doubles, shares: ArrayLike<number>): Doubles {
  return build(real.shape, (sample, axis) => {
    const from = at(real, sample, axis);
    return from + shares[sample] * (at(fake, sample, axis) - from);
  });
}
