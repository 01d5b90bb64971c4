import type { Rng } from './rng.js';

/**
 * Draws a Poisson number: by multiplying uniforms below a mean of 10, above it by transformed rejection (PTRS), whose
 * cost does not grow with the mean.
 *
 * @param mean - Any number >= 0.
 * @see Hörmann, "The Transformed Rejection Method for Generating Poisson Random Variables" (1993)
 */
export function drawPoisson(rng: Rng, mean: number): number {
  return mean < 10 ? byMultiplying(rng, mean) : byRejection(rng, mean);
}

// The number of uniforms whose product stays above exp(-mean).
function byMultiplying(rng: Rng, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = rng.uniform(); product > limit; product *= rng.uniform()) count += 1;
  return count;
}

function byRejection(rng: Rng, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  for (;;) {
    const u = rng.uniform() - 0.5;
    const v = rng.uniform();
    const edge = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (edge < 0.013 && v > edge)) continue;
    const height = Math.log((v * inverseAlpha) / (a / (edge * edge) + b));
    if (height <= count * Math.log(mean) - mean - logFactorial(count)) return count;
  }
}

// Stirling's series, carried far enough for 1e-9 from 10 on; below, the sum itself.
function logFactorial(count: number): number {
  if (count < 10) {
    let sum = 0;
    for (let factor = 2; factor <= count; factor += 1) sum += Math.log(factor);
    return sum;
  }
  const x = count + 1;
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
