import { backend, type Tensor, type Tensor2D, tensor2d, tidy, valueAndGrad } from '@tensorflow/tfjs-core';
import type { LossTargets } from './embedding-loss.js';
import type { Objective } from './network-engine.js';

/** The loss of some logits; writes its derivatives into `gradient`. On backends whose kernels run at once. */
export function lossOnHost(objective: Objective, logits: Float32Array, gradient: Float32Array): number {
  const { loss, labels, weights, groupSize, rows } = objective;
  if (loss.computeOnHost) return loss.computeOnHost({ logits, labels, weights, groupSize, rows }, gradient);
  return tidy(() => {
    const shape: [number, number] = [logits.length / groupSize, groupSize];
    const targets = lossTargets(objective, shape);
    const differentiated = valueAndGrad((given: Tensor2D) => loss.compute(given, targets));
    const { value, grad } = differentiated(tensor2d(logits, shape));
    gradient.set(readAtOnce(grad));
    return readAtOnce(value)[0]!;
  });
}

/** Labels and weights of a batch as tensors. The caller disposes them. */
export function lossTargets(objective: Objective, shape: [number, number]): LossTargets {
  const { loss, labels, weights, rows } = objective;
  const labelShape: [number, number] = loss.isWithinBatch ? [labels.length, 1] : shape;
  return { labels: tensor2d(labels, labelShape), rows, ...(weights && { weights: tensor2d(weights, labelShape) }) };
}

// The wasm backend has computed everything by now: this waits for nothing.
function readAtOnce(tensor: Tensor): Float32Array {
  return backend().readSync(tensor.dataId) as Float32Array;
}
