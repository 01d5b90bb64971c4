import { customGrad, type GradSaveFunc, type Tensor, tidy } from '@tensorflow/tfjs-core';

/**
 * Applies `value` to `x`, with `gradient` in place of the gradient that tfjs has for it.
 *
 * The input is saved and never the output: an outer gradient sees a saved output as a constant, and then the second
 * derivative is silently wrong. Only this call is affected; no gradient is registered.
 *
 * @param gradient - The gradient of the loss by `x`, from that by the output (`upstream`) and `x`, in operations that
 *   can be differentiated again.
 */
export function withInputGradient(
  x: Tensor,
  value: (x: Tensor) => Tensor,
  gradient: (upstream: Tensor, x: Tensor) => Tensor,
): Tensor {
  return customGrad((...given) => {
    const [input, save] = given as [Tensor, GradSaveFunc];
    save([input]);
    return {
      value: value(input),
      gradFunc: (upstream: Tensor, saved: Tensor[]) => tidy(() => gradient(upstream, saved[0]!)),
    };
  })(x);
}
