import { div, mean, mul, type Scalar, sum, type Tensor } from '@tensorflow/tfjs-core';

/** The mean of losses, each counting by its weight where there are weights. */
export function weightedMean(losses: Tensor, weights: Tensor | undefined): Scalar {
  return weights === undefined ? mean(losses) : div(sum(mul(losses, weights)), sum(weights));
}

/** What divides a sum of weighted losses: the sum of weights, or the number of rows. */
export function totalWeight(weights: Float32Array | undefined, rows: number): number {
  return weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
}
