import {
  add,
  broadcastTo,
  concat,
  div,
  expandDims,
  maximum,
  minimum,
  mul,
  ones,
  relu,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { requireShapes } from './require-shapes.js';

/**
 * Moves distributions onto fixed atoms: each weight is split between the two neighbouring atoms in proportion to its
 * nearness, and what lies beyond the ends goes to the last atom. Means within the ends are kept.
 *
 * @param values - `[B, K]`, float32: where the weights are now.
 * @param weights - `[B, K]`, float32: probabilities, or any weights.
 * @param atoms - `[M]` or `[B, M]`, float32: where they go, ascending, M >= 2.
 * @returns `[B, M]`: the weights on the atoms. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Bellemare et al., "A Distributional Perspective on Reinforcement Learning" (2017), https://arxiv.org/abs/1707.06887, algorithm 1
 * @example
 * // 0.75 lies half-way between 0.5 and 1, and 9 beyond the end.
 * projectCategorical(tensor2d([[0.75, 9]]), tensor2d([[0.4, 0.6]]), tensor1d([0.5, 1, 1.5])); // [[0.2, 0.2, 0.6]]
 */
export function projectCategorical(values: Tensor2D, weights: Tensor2D, atoms: Tensor1D | Tensor2D): Tensor2D {
  requireShapes('projectCategorical', {
    values: [values, ['B', 'K']],
    weights: [weights, ['B', 'K']],
    atoms: [atoms, atoms.rank === 1 ? ['M'] : ['B', 'M']],
  });
  const [batch, count] = [values.shape[0], atoms.shape.at(-1)!];
  if (count < 2) refuse('projectCategorical', 'atoms', 'hold two atoms or more', atoms.shape);
  return withoutGradient(() => {
    const onto = broadcastTo(atoms as Tensor, [batch, count]) as Tensor2D;
    const column = (from: number, length: number) => slice(onto, [0, from], [batch, length]);
    const inside = minimum(maximum(values, column(0, 1)), column(count - 1, 1));
    const gaps = sub(column(1, count - 1), column(0, count - 1));
    // The gap beyond an end is never used, because nothing lies there any more; 1 keeps it from dividing by 0.
    const beyond = ones([batch, 1]);
    const below = expandDims(concat([beyond, gaps], 1), 1);
    const above = expandDims(concat([gaps, beyond], 1), 1);
    // [B, K, M]: how far each value lies above each atom. Its share of the weight falls from 1 to 0 at the next atom.
    const distance = sub(expandDims(inside, 2), expandDims(onto, 1));
    const share = relu(sub(1, add(div(relu(distance), above), div(relu(sub(0, distance)), below))));
    return sum(mul(share, expandDims(weights, 2)), 1) as Tensor2D;
  });
}
