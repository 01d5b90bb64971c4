import { customGrad, scalar, type Tensor, tidy, zerosLike } from '@tensorflow/tfjs-core';

/**
 * Computes something through which no gradient passes, whatever it is made of: tfjs has no stop-gradient of its own.
 * What runs inside an operation with a gradient of its own is not recorded, and this one depends on nothing.
 */
export function withoutGradient<T extends Tensor>(run: () => T): T {
  const constant = customGrad((nothing) => ({ value: run(), gradFunc: () => zerosLike(nothing as Tensor) }));
  return tidy(() => constant(scalar(0)) as T);
}
