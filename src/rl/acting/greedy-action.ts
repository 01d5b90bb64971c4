import { refuse } from '../../internal/require.js';

/**
 * The best legal action: the one with the largest value, the first of equals.
 *
 * @param q - `[A]`: the values of the actions. NaN is chosen only where there is nothing else.
 * @param actionMask - `[A]`: 1 where an action is legal, 0 where not. All are legal where missing.
 * @returns The action, in [0, A); -1 where none is legal.
 * @throws RangeError for a mask of another length.
 * @example
 * greedyAction([1, 5, 3]); // 1
 * greedyAction([1, 5, 3], [1, 0, 1]); // 2
 */
export function greedyAction(q: ArrayLike<number>, actionMask?: ArrayLike<number>): number {
  if (actionMask !== undefined && actionMask?.length !== q.length) {
    refuse('greedyAction', 'actionMask', `hold ${q.length} numbers`, actionMask?.length ?? actionMask);
  }
  let best = -1;
  for (let action = 0; action < q.length; action += 1) {
    if (actionMask && !actionMask[action]) continue;
    if (best < 0 || q[action]! > q[best]! || Number.isNaN(q[best]!)) best = action;
  }
  return best;
}
