import {
  add,
  clipByValue,
  cumsum,
  div,
  exp,
  maximum,
  mean,
  mul,
  type Scalar,
  slice,
  softplus,
  sqrt,
  sub,
  sum,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import type { EmbeddingLoss } from '../../nn/embedding/losses/embedding-loss.js';
import { bounded, mostLog } from './count-loss.js';

/** How much sales vary beyond chance, as a share of their square, in the weights of rows: see `level-poisson-loss.ts`. */
const excess = 0.5;

/**
 * The pinball loss of K quantiles that cannot cross, and Poisson's likelihood of the mean, for a network of 1 + K outputs.
 *
 *     mean over level = exp(output 0);  quantile k over level, q_k = sum of softplus(output j) over 1 <= j <= k
 *     mean of w (exp(o_0) - y' o_0) + sqrt(w) (mean over k of max(p_k (y' - q_k), (p_k - 1) (y' - q_k))),  y' = y / level
 *
 * Rows count by what they can tell, w = 1 / (1 / level + 0.5). Labels are sales y; what stands in the place of weights are the levels, > 0.
 *
 * @param probabilities - `[K]`: p, rising.
 */
export function quantileLoss(probabilities: readonly number[]): EmbeddingLoss {
  return {
    name: 'pinball',
    compute: (outputs, { labels, weights: levels }) =>
      tensorLoss(probabilities, outputs, div(labels, levels!), levels!),
    computeOnHost: ({ logits, labels, weights: levels }, gradient) => {
      let loss = 0;
      for (let row = 0; row < labels.length; row += 1) {
        loss += costOf(probabilities, logits, labels[row]! / levels![row]!, levels![row]!, row, gradient);
      }
      for (let at = 0; at < gradient.length; at += 1) gradient[at]! /= labels.length;
      return loss / labels.length;
    },
  };
}

function costOf(
  probabilities: readonly number[],
  outputs: Float32Array,
  target: number,
  level: number,
  row: number,
  slopes: Float32Array,
): number {
  const count = probabilities.length;
  const from = row * (1 + count);
  const weight = 1 / (1 / level + excess);
  const log = bounded(outputs[from]!, mostLog);
  slopes[from] = weight * (Math.exp(log) - target);
  let pinball = 0;
  let quantile = 0;
  for (let place = 0; place < count; place += 1) {
    quantile += softplusOf(outputs[from + 1 + place]!);
    const isAbove = target >= quantile;
    pinball += (probabilities[place]! - (isAbove ? 0 : 1)) * (target - quantile);
    slopes[from + 1 + place] = (isAbove ? 0 : 1) - probabilities[place]!;
  }
  const share = Math.sqrt(weight) / count;
  // An output moves its own quantile and all above it.
  let sumOfSlopes = 0;
  for (let at = from + count; at > from; at -= 1) {
    sumOfSlopes += slopes[at]!;
    slopes[at] = (share * sumOfSlopes) / (1 + Math.exp(-outputs[at]!));
  }
  return weight * (Math.exp(log) - target * log) + share * pinball;
}

/** ln(1 + exp(x)), which stays finite. */
export function softplusOf(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

// The same by tensors `[N, 1 + K]`, for backends on which nothing runs on the host; there what is cut off has no slope.
function tensorLoss(probabilities: readonly number[], outputs: Tensor2D, target: Tensor2D, levels: Tensor2D): Scalar {
  const weight = div(1, add(div(1, levels), excess));
  const logs = clipByValue(slice(outputs, [0, 0], [-1, 1]), -mostLog, mostLog);
  const quantiles = cumsum(softplus(slice(outputs, [0, 1], [-1, -1])), 1);
  const missed = sub(target, quantiles);
  const share = tensor2d([...probabilities], [1, probabilities.length]);
  const pinball = mean(maximum(mul(share, missed), mul(sub(share, 1), missed)), 1, true);
  const poisson = mul(weight, sub(exp(logs), mul(target, logs)));
  return mean(sum(add(poisson, mul(sqrt(weight), pinball)), 1));
}
