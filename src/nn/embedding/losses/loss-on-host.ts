import { backend, type Scalar, type Tensor, type Tensor2D, tensor2d, tidy, valueAndGrad } from '@tensorflow/tfjs-core';
import { refuse } from '../../../internal/require.js';
import { requireScalar } from '../../../internal/require-tensor.js';
import type { Objective } from '../engine/network-engine.js';
import type { EmbeddingLoss, LossTargets } from './embedding-loss.js';

/** The loss of some logits; writes its derivatives into `gradient`. On backends whose kernels run at once. */
export function lossOnHost(objective: Objective, logits: Float32Array, gradient: Float32Array): number {
  const { loss, labels, weights, groupSize, rows } = objective;
  if (loss.computeOnHost)
    return requireNumber(loss, loss.computeOnHost({ logits, labels, weights, groupSize, rows }, gradient));
  return tidy(() => {
    const shape: [number, number] = [logits.length / groupSize, groupSize];
    const targets = lossTargets(objective, shape);
    const differentiated = valueAndGrad((given: Tensor2D) => computedLoss(loss, given, targets));
    const { value, grad } = differentiated(tensor2d(logits, shape));
    gradient.set(readAtOnce(grad));
    return readAtOnce(value)[0]!;
  });
}

/** What the function of a loss gives, which may be a user's own. */
export function computedLoss(loss: EmbeddingLoss, logits: Tensor2D, targets: LossTargets): Scalar {
  return requireScalar(`loss '${loss.name}'`, 'compute', loss.compute(logits, targets));
}

function requireNumber({ name }: EmbeddingLoss, value: unknown): number {
  if (typeof value !== 'number') refuse(`loss '${name}'`, 'computeOnHost', 'return a number', value);
  return value;
}

/** Labels and weights of a batch as tensors. The caller disposes them. */
export function lossTargets(objective: Objective, shape: [number, number]): LossTargets {
  const { labels, weights, rows } = objective;
  const labelShape: [number, number] = [shape[0], labels.length / shape[0]];
  return { labels: tensor2d(labels, labelShape), rows, ...(weights && { weights: tensor2d(weights, labelShape) }) };
}

// The wasm backend has computed everything by now: this waits for nothing.
function readAtOnce(tensor: Tensor): Float32Array {
  return backend().readSync(tensor.dataId) as Float32Array;
}
