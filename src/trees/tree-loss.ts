import { toProbabilities } from '../statistics/softmax.js';

/** What trees are grown to make small: its derivatives with respect to the scores that they add up to. */
export interface TreeLoss {
  /** How many scores a row has, K. */
  readonly outputs: number;
  /** `[K]`: the scores before the first tree. */
  starts(targets: Float64Array): number[];
  /**
   * First and second derivatives for the rows from `from` to before `end`.
   *
   * @param targets - `[N]`.
   * @param scores - `[K][N]`.
   */
  differentiate(targets: Float64Array, scores: Scores, to: Derivatives, from: number, end: number): void;
}

/** `[K][N]`. */
export type Scores = readonly Float64Array[];

/** First and second derivatives, `[K][N]` each. */
export interface Derivatives {
  readonly gradients: Scores;
  readonly hessians: Scores;
}

/** Half the squared distance of score and target. */
export const squaredError: TreeLoss = {
  outputs: 1,
  starts: (targets) => [targets.reduce((sum, value) => sum + value, 0) / targets.length],
  differentiate(targets, [scores], { gradients: [gradients], hessians: [hessians] }, from, end) {
    for (let row = from; row < end; row += 1) {
      gradients![row] = scores![row]! - targets[row]!;
      hessians![row] = 1;
    }
  },
};

/** The negative log-likelihood of targets 0 and 1, given the scores as log-odds of 1. */
export const logisticLoss: TreeLoss = {
  outputs: 1,
  starts(targets) {
    const share = smoothShare(
      targets.reduce((sum, value) => sum + value, 0),
      targets.length,
      2,
    );
    return [Math.log(share / (1 - share))];
  },
  differentiate(targets, [scores], { gradients: [gradients], hessians: [hessians] }, from, end) {
    for (let row = from; row < end; row += 1) {
      const chance = 1 / (1 + Math.exp(-scores![row]!));
      gradients![row] = chance - targets[row]!;
      hessians![row] = chance * (1 - chance);
    }
  },
};

/** The negative log-likelihood of targets 0 to `classes` - 1, given a score for each as a logarithm of its weight. */
export function softmaxLoss(classes: number): TreeLoss {
  return {
    outputs: classes,
    starts(targets) {
      const counts = new Float64Array(classes);
      for (let row = 0; row < targets.length; row += 1) counts[targets[row]!]! += 1;
      return Array.from(counts, (count) => Math.log(smoothShare(count, targets.length, classes)));
    },
    differentiate(targets, scores, { gradients, hessians }, from, end) {
      const chances = new Float64Array(classes);
      for (let row = from; row < end; row += 1) {
        for (let k = 0; k < classes; k += 1) chances[k] = scores[k]![row]!;
        toProbabilities(chances);
        for (let k = 0; k < classes; k += 1) {
          gradients[k]![row] = chances[k]! - (targets[row] === k ? 1 : 0);
          hessians[k]![row] = chances[k]! * (1 - chances[k]!);
        }
      }
    },
  };
}

// With half a row more of each class: what was not seen is not impossible.
function smoothShare(count: number, rows: number, classes: number): number {
  return (count + 0.5) / (rows + 0.5 * classes);
}
