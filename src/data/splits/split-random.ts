import type { Interactions } from '../interactions.js';
import { drawParts, type RandomSplitOptions } from './draw-parts.js';
import { selectRows } from './select-rows.js';
import type { InteractionSplit } from './split.js';

/**
 * Draws rows for the test at random, whatever their user.
 *
 * `testShare` of all rows, rounded to a whole number and at least one in either part. Rows that a random split puts into
 * `train` may be younger than those of `test`; {@link leaveLastOut} and {@link splitAtTime} let no model look ahead.
 *
 * @param interactions - The whole, 2 rows or more.
 * @param options - The share and the seed.
 * @returns The parts.
 * @throws RangeError when there are fewer than 2 rows, the share is not between 0 and 1, or the seed is no safe integer.
 * @example
 * const { train, test } = splitRandom(shop, { testShare: 0.2, seed: 7 });
 * [train.length, test.length]; // [8, 2]
 */
export function splitRandom(interactions: Interactions, options: RandomSplitOptions): InteractionSplit {
  const parts = drawParts('splitRandom', interactions.length, options);
  return { train: selectRows(interactions, parts, 0), test: selectRows(interactions, parts, 1) };
}
