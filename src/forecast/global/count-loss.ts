import {
  add,
  clipByValue,
  div,
  exp,
  log,
  log1p,
  mean,
  mul,
  type Scalar,
  slice,
  sub,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { EmbeddingLoss } from '../../nn/embedding/losses/embedding-loss.js';
import { digammaRising, logRising } from '../../statistics/log-gamma.js';

/** Logarithms of a mean over a level are cut off here in either direction: 20 times a level, or a 20th. */
export const mostLog = 3;

/** Logarithms of an excess likewise. */
export const mostExcess = 8;

/**
 * The negative binomial likelihood of sales, for a network of two outputs: the logarithm of their mean over the level, and that of the
 * excess variance.
 *
 *     m = level exp(output 0), a = exp(output 1), variance m + a m^2, r = 1 / a
 *     mean of r ln(1 + a m) - y ln(a m / (1 + a m)) - ln Gamma(r + y) + ln Gamma(r)
 *
 * That is -ln P(y) without ln y!, which no weight can change. Labels are sales y; what stands in the place of weights are the levels, > 0.
 */
export function countLoss(): EmbeddingLoss {
  return {
    name: 'negativeBinomial',
    compute: (outputs, { labels, weights: levels }) => tensorLoss(outputs, labels, levels!),
    computeOnHost: ({ logits, labels, weights: levels }, gradient) => {
      let loss = 0;
      for (let row = 0; row < labels.length; row += 1)
        loss += costOf(logits, labels[row]!, levels![row]!, row, gradient);
      for (let at = 0; at < gradient.length; at += 1) gradient[at]! /= labels.length;
      return loss / labels.length;
    },
  };
}

// Writes the slopes of one row by its two outputs.
function costOf(outputs: Float32Array, sold: number, level: number, row: number, slopes: Float32Array): number {
  const [ofMean, ofExcess] = [bounded(outputs[2 * row]!, mostLog), bounded(outputs[2 * row + 1]!, mostExcess)];
  const expected = level * Math.exp(ofMean);
  const excess = Math.exp(ofExcess);
  const shape = 1 / excess;
  const spread = Math.log1p(excess * expected);
  slopes[2 * row] = (expected - sold) / (1 + excess * expected);
  const byShape = spread - digammaRising(shape, sold) + (sold - expected) / (shape + expected);
  slopes[2 * row + 1] = -shape * byShape;
  return shape * spread - sold * (Math.log(excess * expected) - spread) - logRising(shape, sold);
}

/** A number that is cut off in either direction. */
export function bounded(output: number, most: number): number {
  return Math.max(-most, Math.min(most, output));
}

// The same by tensors `[N, 2]`, for backends on which nothing runs on the host; there what is cut off has no slope.
function tensorLoss(outputs: Tensor2D, sold: Tensor2D, levels: Tensor2D): Scalar {
  const expected = mul(levels, exp(clipByValue(slice(outputs, [0, 0], [-1, 1]), -mostLog, mostLog)));
  const ofExcess = clipByValue(slice(outputs, [0, 1], [-1, 1]), -mostExcess, mostExcess);
  const [excess, shape] = [exp(ofExcess), exp(mul(ofExcess, -1))];
  const product = mul(excess, expected);
  const spread = log1p(product);
  const chance = mul(sold, sub(log(product), spread));
  return mean(sub(sub(mul(shape, spread), chance), sub(logGammas(add(shape, sold)), logGammas(shape))));
}

// ln Gamma by Stirling's series at z + 8, which is exact to the last digit of float32.
function logGammas(z: Tensor): Tensor {
  let far = z;
  let product: Tensor | undefined;
  for (let step = 0; step < 8; step += 1) {
    const own = log(far);
    product = product ? add(product, own) : own;
    far = add(far, 1);
  }
  const series = add(sub(mul(sub(far, 0.5), log(far)), far), 0.5 * Math.log(2 * Math.PI));
  return sub(add(series, div(1 / 12, far)), product!);
}
