import { engine, type NamedTensorMap, type Scalar, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import { withFastGradients } from './fast-gradients.js';

/**
 * `variableGrads` of tfjs that leaves nothing behind when `loss` throws: tfjs keeps what the gradients of the operations
 * so far would need, and forgets to free it. Second derivatives through batch normalization take no seconds either.
 */
export function variableGradients(loss: () => Scalar, variables: Variable[]): { value: Scalar; grads: NamedTensorMap } {
  try {
    return withFastGradients(() => variableGrads(loss, variables));
  } catch (error) {
    const { state } = engine();
    // Inside another gradient the tape is still in use, and the outermost call frees it.
    if (state.gradientDepth === 0) {
      for (const node of state.activeTape ?? []) for (const tensor of node.saved ?? []) tensor.dispose();
      state.activeTape = [];
    }
    throw error;
  }
}
