import { type Doubles, mapRows } from './doubles.js';

export const relu = (x: number): number => Math.max(x, 0);

export const leakyRelu = (x: number): number => (x > 0 ? x : 0.2 * x);

export const elu = (x: number): number => (x > 0 ? x : Math.exp(x) - 1);

/** The two constants of Klambauer et al. (2017), for which mean 0 and variance 1 are a fixed point. */
export const selu = (x: number): number => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const swish = (x: number): number => x * sigmoid(x);

export const softplus = (x: number): number => relu(x) + Math.log1p(Math.exp(-Math.abs(x)));

/** By the error function, not by its approximation. */
export const gelu = (x: number): number => (x * (1 + erf(x / Math.SQRT2))) / 2;

/** Between -1 and 1. */
export const clip = (x: number): number => Math.min(Math.max(x, -1), 1);

/** Along the last axis. */
export function softmax(x: Doubles): Doubles {
  return mapRows(x, (row) => {
    const powers = row.map((each) => Math.exp(each - Math.max(...row)));
    const total = powers.reduce((partial, each) => partial + each, 0);
    return powers.map((each) => each / total);
  });
}

// Abramowitz and Stegun, 7.1.6: a series whose terms all have one sign.
function erf(x: number): number {
  let term = x;
  let total = 0;
  for (let n = 1; total + term !== total; n += 1) {
    total += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}
