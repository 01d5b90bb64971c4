import type { Rng } from './rng.js';

/**
 * Draws a gamma number with the given shape and scale 1 (mean and variance are the shape). With shapes below about 0.01
 * many draws are too small for a double and become 0: {@link drawLogGamma} keeps them apart.
 *
 * @param shape - Any number > 0.
 * @see Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000)
 */
export function drawGamma(rng: Rng, shape: number): number {
  // A gamma number of shape + 1 times u^(1 / shape) has the shape.
  if (shape < 1) return drawGamma(rng, shape + 1) * (1 - rng.uniform()) ** (1 / shape);
  return (shape - 1 / 3) * drawCube(rng, shape);
}

/**
 * Draws the logarithm of a gamma number, which is finite for every shape from 1e-300 on.
 *
 * @param shape - Any number >= 1e-300.
 */
export function drawLogGamma(rng: Rng, shape: number): number {
  if (shape < 1) return drawLogGamma(rng, shape + 1) + Math.log(1 - rng.uniform()) / shape;
  return Math.log(shape - 1 / 3) + Math.log(drawCube(rng, shape));
}

// The number over shape - 1/3, for shapes from 1 on.
function drawCube(rng: Rng, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - rng.uniform();
    if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return v;
  }
}

/** Draws an exponential number with mean 1. */
export function drawExponential(rng: Rng): number {
  return -Math.log(1 - rng.uniform());
}
