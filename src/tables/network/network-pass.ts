import {
  add,
  gather,
  logSoftmax,
  matMul,
  mul,
  neg,
  oneHot,
  onesLike,
  relu,
  reshape,
  type Scalar,
  split,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { NetworkPlan } from './network-plan.js';

/** What the network makes of rows before its heads, `[B, H]`; differentiable by the weights and by `embedded`. */
export function hiddenUnits(weights: readonly Tensor[], embedded: Tensor2D): Tensor2D {
  let units = embedded;
  for (let place = 1; place + 2 < weights.length; place += 2) {
    units = relu(add<Tensor2D>(matMul(units, weights[place] as Tensor2D), weights[place + 1]!));
  }
  return units;
}

/** The embeddings of the cells of rows, side by side: `[B, D]` of int32 to `[B, D * E]`. Cells hold rows of the embeddings. */
export function embedCells(weights: readonly Tensor[], cells: Tensor2D): Tensor2D {
  const [rows] = cells.shape;
  return reshape(gather(weights[0]!, reshape(cells, [cells.size])), [rows, -1]) as Tensor2D;
}

/** The logits of all states of all columns, `[B, S]`. */
export function stateLogits(weights: readonly Tensor[], cells: Tensor2D): Tensor2D {
  const [kernel, bias] = weights.slice(-2) as [Tensor2D, Tensor1D];
  return add(matMul(hiddenUnits(weights, embedCells(weights, cells)), kernel), bias);
}

/** Rows of which some cells are known, and what is to be said of the others. */
export interface MaskedRows {
  /** `[B, D]`, int32: rows of the embeddings. */
  readonly cells: Tensor2D;
  /** `[B, D]`, int32: the state within its column that each cell has in truth. */
  readonly targets: Tensor2D;
  /** `[B, D]`: how much each cell counts; 0 for known ones. */
  readonly counts: Tensor2D;
}

/**
 * The cross-entropy of the cells that count, mean over the rows.
 *
 *     sum over rows and columns of -count * log softmax(logits of the column)[target] / B
 */
export function cellLoss(
  plan: NetworkPlan,
  weights: readonly Tensor[],
  { cells, targets, counts }: MaskedRows,
): Scalar {
  return tidy(() => {
    const sizes = plan.columns.map(({ states }) => states);
    // Of one column `split` makes no array.
    const logits = sizes.length === 1 ? [stateLogits(weights, cells)] : split(stateLogits(weights, cells), sizes, 1);
    const truths = sizes.length === 1 ? [targets] : split(targets, sizes.length, 1);
    const shares = sizes.length === 1 ? [counts] : split(counts, sizes.length, 1);
    const sums = sizes.map((size, place) => {
      // tfjs has no one-hot vectors of length 1.
      const truth = size === 1 ? onesLike(logits[place]!) : oneHot(reshape(truths[place]!, [-1]) as Tensor1D, size);
      return sum(mul(mul(truth, logSoftmax(logits[place]!)), shares[place]!));
    });
    return mul<Scalar>(neg(sums.reduce((total, each) => add(total, each))), 1 / cells.shape[0]);
  });
}
