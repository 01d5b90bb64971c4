import { requireLength } from '../../internal/require.js';

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
  if (actionMask !== undefined) requireLength('greedyAction', 'actionMask', actionMask, q.length);
  return greedyAt(q, 0, q.length, actionMask, 0);
}

/** {@link greedyAction} of the `actions` values from `start` on, by the mask from `maskStart` on; nothing is checked. */
export function greedyAt(
  values: ArrayLike<number>,
  start: number,
  actions: number,
  masks: ArrayLike<number> | undefined,
  maskStart: number,
): number {
  let best = -1;
  for (let action = 0; action < actions; action += 1) {
    if (masks && !masks[maskStart + action]) continue;
    if (best < 0 || values[start + action]! > values[start + best]! || Number.isNaN(values[start + best]!))
      best = action;
  }
  return best;
}
