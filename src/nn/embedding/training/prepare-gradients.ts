import { getGradient, Mean } from '@tensorflow/tfjs-core';

/**
 * Makes tfjs able to differentiate: its core alone is not, its layers package registers the gradients of all kernels.
 *
 * @returns Nothing to wait for where they are there already.
 */
export function prepareGradients(): Promise<unknown> | undefined {
  return getGradient(Mean) === undefined ? import('@tensorflow/tfjs-layers') : undefined;
}
