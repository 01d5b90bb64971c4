import type { Rng } from './rng.js';

/**
 * Draws a gamma number with the given shape and scale 1 (mean and variance are the shape).
 *
 * @param shape - Any number > 0.
 * @see Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000)
 */
export function drawGamma(rng: Rng, shape: number): number {
  // A gamma number of shape + 1 times u^(1 / shape) has the shape.
  if (shape < 1) return drawGamma(rng, shape + 1) * (1 - rng.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - rng.uniform();
    if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** Draws an exponential number with mean 1. */
export function drawExponential(rng: Rng): number {
  return -Math.log(1 - rng.uniform());
}
