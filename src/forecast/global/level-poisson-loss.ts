import { inStretches, type Pieces } from '../../internal/pieces.js';
import type { TreeLoss } from '../../trees/tree-loss.js';
import { leastJudged } from './global-rows.js';

/** How much sales vary beyond chance, as a share of their square: what keeps rows of much from counting more and more. */
const excess = 0.5;

/**
 * The Poisson likelihood of sales over a level, given the logarithm of their mean, each row counting by how much it can tell: of a level m
 * the variance of sales over it is 1 / m + excess.
 *
 *     sum of weight (exp(score) - target * score),  weight = 1 / (1 / level + 0.5)
 */
export function levelPoissonLoss(levels: Float64Array): TreeLoss {
  const weights = levels.map((level) => 1 / (1 / level + excess));
  return {
    outputs: 1,
    starts(targets) {
      let [sum, total] = [0, 0];
      for (let row = 0; row < targets.length; row += 1) {
        sum += weights[row]! * targets[row]!;
        total += weights[row]!;
      }
      return [Math.log(Math.max(1e-6, sum / total))];
    },
    differentiate(targets, [scores], { gradients: [gradients], hessians: [hessians] }, from, end) {
      for (let row = from; row < end; row += 1) {
        const rate = weights[row]! * Math.exp(scores![row]!);
        gradients![row] = rate - weights[row]! * targets[row]!;
        // A little more than the second derivative: where next to nothing was sold a leaf would else go far.
        hessians![row] = rate + 1e-3 * weights[row]!;
      }
    },
  };
}

/** The loss of scores, as {@link levelPoissonLoss} has it, per weight; of rows that sold before. */
export function* levelPoisson(scores: Float64Array, targets: Float64Array, levels: Float64Array): Pieces<number> {
  let [sum, total] = [0, 0];
  yield* inStretches(targets.length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      if (levels[row]! <= leastJudged) continue;
      const weight = 1 / (1 / levels[row]! + excess);
      sum += weight * (Math.exp(scores[row]!) - targets[row]! * scores[row]!);
      total += weight;
    }
  });
  return sum / total;
}
