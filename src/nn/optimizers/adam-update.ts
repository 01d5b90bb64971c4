import { add, div, engine, mul, sqrt, square, sub, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { AdamFactors } from '../../kernels/adam-factors.js';
import type { Moments } from './moment-store.js';

/** The kernel that does a whole update in one pass, where a backend has it. */
export const adamKernel = 'MinimartAdam';

/** Moves the moments on, and returns what is to be added to the values. Eleven kernels, whatever is in the vectors. */
export function adamChange({ first, second }: Moments, gradient: Tensor, factors: AdamFactors): Tensor {
  const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = factors;
  return tidy(() => {
    first.assign(add(first, mul(sub(gradient, first), 1 - beta1)));
    second.assign(add(second, mul(sub(square(gradient), second), 1 - beta2)));
    // m / c1 / (sqrt(v / c2) + e) is sqrt(c2) / c1 * m / (sqrt(v) + e * sqrt(c2)): the corrections stay plain numbers.
    const root = Math.sqrt(correction2);
    return mul(div(first, add(sqrt(second), epsilon * root)), (-learningRate * root) / correction1);
  });
}

/** Moves a variable and its moments on with the kernel. */
export function adamWithKernel(
  value: Variable,
  { first, second }: Moments,
  gradient: Tensor,
  factors: AdamFactors,
): void {
  tidy(() => {
    const inputs = { value, m: first, v: second, gradient };
    const outputs = [engine().runKernel(adamKernel, inputs, { ...factors })].flat() as Tensor[];
    value.assign(outputs[0]!);
    // Where the kernel could not write the moments in place it returns them.
    if (outputs[1]) first.assign(outputs[1]);
    if (outputs[2]) second.assign(outputs[2]);
  });
}
