import {
  customGrad,
  engine,
  type GradSaveFunc,
  getBackend,
  getKernel,
  mul,
  step,
  type Tensor,
  zerosLike,
} from '@tensorflow/tfjs-core';

const kernelName = 'MinimartRectifierGradient';

/** Whether the active backend computes it in one kernel. */
export function hasRectifierKernel(): boolean {
  return getKernel(kernelName, getBackend()) !== undefined;
}

/**
 * The gradient of a rectifier by its input: `upstream` where `x > 0`, `alpha * upstream` elsewhere. It can be differentiated
 * again.
 */
export function rectifierGradient(upstream: Tensor, x: Tensor, alpha: number): Tensor {
  if (x.dtype !== 'float32' || !hasRectifierKernel()) return mul(upstream, step(x, alpha));
  return customGrad((...given) => {
    const [from, at, save] = given as [Tensor, Tensor, GradSaveFunc];
    save([at]);
    return {
      value: engine().runKernel(kernelName, { upstream: from, x: at }, { alpha }) as Tensor,
      gradFunc: (outer: Tensor, saved: Tensor[]) => [
        rectifierGradient(outer, saved[0]!, alpha),
        // It is made of straight pieces.
        zerosLike(saved[0]!),
      ],
    };
  })(upstream, x);
}
