import type { Tensor } from '@tensorflow/tfjs-core';
import { refuse } from '../internal/require.js';

/** The one tensor that a layer is called with, alone or in an array. */
export function onlyTensor(where: string, inputs: Tensor | Tensor[]): Tensor {
  if (!Array.isArray(inputs)) return inputs;
  if (inputs.length !== 1) refuse(where, 'inputs', 'be one tensor', inputs.length);
  return inputs[0]!;
}
