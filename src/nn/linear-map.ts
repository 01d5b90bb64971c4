import { customGrad, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** A map of tensors that is linear: of a sum the sum, of a multiple the multiple. */
export type TensorMap = (x: Tensor) => Tensor;

/**
 * Applies a linear map whose transpose is known: the gradient of the map is the transpose, that of the transpose the map,
 * so that the result can be differentiated any number of times. Nothing is saved for the gradient.
 */
export function linearMap(x: Tensor, map: TensorMap, transpose: TensorMap): Tensor {
  return customGrad((...given) => ({
    value: tidy(() => map(given[0] as Tensor)),
    gradFunc: (upstream: Tensor) => linearMap(upstream, transpose, map),
  }))(x);
}
