import { type Scalar, Tensor } from '@tensorflow/tfjs-core';
import { refuse } from './require.js';

/** Checks a tensor that is still there. */
export function requireTensor(where: string, name: string, value: unknown): asserts value is Tensor {
  if (!(value instanceof Tensor)) refuse(where, name, 'be a Tensor', value);
  if (value.isDisposed) refuse(where, name, 'not be disposed', value);
}

/** Checks what a function of the user's own gave in place of a scalar tensor of floats. */
export function requireScalar(where: string, name: string, value: unknown): Scalar {
  if (!(value instanceof Tensor)) refuse(where, name, 'give a scalar tensor', value);
  if (value.shape.length !== 0) refuse(where, name, 'give a scalar tensor, such as a mean over the batch', value.shape);
  if (value.dtype !== 'float32') refuse(where, name, 'give a scalar tensor of type float32', value.dtype);
  if (value.isDisposed) refuse(where, name, 'give a scalar tensor that is not disposed', value);
  return value as Scalar;
}
