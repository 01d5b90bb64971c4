import { clone, sub, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { withoutGradient } from '../../nn/without-gradient.js';
import { atActions } from './action-values.js';
import { requireShapes } from './require-shapes.js';

/**
 * The temporal-difference error of each transition: how far the target lies above the prediction.
 *
 *     error = target - q(action)
 *
 * Differentiable by `q`; no gradient passes to `targets`, even where they are computed inside the differentiated
 * function.
 *
 * @param q - `[B, A]`, float32: values in the states where the actions were taken.
 * @param actions - `[B]`, int32, in [0, A).
 * @param targets - `[B]`, float32, from {@link qLearningTarget} or another target.
 * @returns `[B]`. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Sutton, "Learning to Predict by the Methods of Temporal Differences" (1988)
 * @example
 * tdError(tensor2d([[1, 1, 0], [1, 2, 0]]), tensor1d([0, 1], 'int32'), tensor1d([1, 3])); // [0, 1]
 */
export function tdError(q: Tensor2D, actions: Tensor1D, targets: Tensor1D): Tensor1D {
  requireShapes('tdError', { q: [q, ['B', 'A']], actions: [actions, ['B']], targets: [targets, ['B']] });
  return tidy(() =>
    sub(
      withoutGradient(() => clone(targets)),
      atActions(q, actions) as Tensor1D,
    ),
  );
}
