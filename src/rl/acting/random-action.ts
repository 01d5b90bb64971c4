import { requireLength, requirePositiveInteger } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';

/**
 * A legal action, each with the same chance.
 *
 * @param rng - Where the random number comes from; it moves on by one.
 * @param actions - How many actions there are.
 * @param actionMask - `[A]`: 1 where an action is legal, 0 where not. All are legal where missing.
 * @returns The action, in [0, `actions`); -1 where none is legal.
 * @throws RangeError when `actions` is no positive integer, and for a mask of another length.
 * @example
 * randomAction(createRng(1), 3, [0, 1, 0]); // 1
 */
export function randomAction(rng: Rng, actions: number, actionMask?: ArrayLike<number>): number {
  requirePositiveInteger('randomAction', 'actions', actions);
  if (actionMask === undefined) return rng.integer(actions);
  requireLength('randomAction', 'actionMask', actionMask, actions);
  return randomLegal(rng, actionMask);
}

/** {@link randomAction} by a mask alone. */
export function randomLegal(rng: Rng, mask: ArrayLike<number>): number {
  let legal = 0;
  for (let action = 0; action < mask.length; action += 1) if (mask[action]) legal += 1;
  if (legal === 0) return -1;
  let left = rng.integer(legal);
  for (let action = 0; action < mask.length; action += 1) {
    if (mask[action] && left-- === 0) return action;
  }
  return -1;
}
