import { requireOptions } from '../../internal/options.js';
import { requireInteractions } from '../interactions/require-interactions.js';
import type { Interactions } from '../interactions.js';
import { drawParts, type RandomSplitOptions, randomSplitNames } from './draw-parts.js';
import { selectRows } from './select-rows.js';
import type { InteractionSplit } from './split.js';
import { numberUnits, resolveUnit, type SplitUnitOptions } from './split-units.js';

/**
 * Draws orders for the test at random, whatever their user; rows, where the interactions have no orders or `unit` is
 * `'row'`.
 *
 * `testShare` of all orders (or rows), rounded to a whole number and at least one in either part; each goes whole.
 *
 * A model looks ahead here: what it learns from may be younger than what it is tested on, of the same user too.
 * {@link leaveLastOut} keeps out each user's own last order, though not what others did later; only {@link splitAtTime}
 * keeps out everything after a point of time.
 *
 * @param interactions - The whole, 2 orders (or rows) or more.
 * @param options - The share and the seed.
 * @returns The parts.
 * @throws RangeError when there are fewer than 2 orders (or rows), the share is not between 0 and 1, or the seed is no safe
 *   integer.
 * @example
 * const { train, test } = splitRandom(shop, { testShare: 0.2, seed: 7 });
 * [train.length, test.length]; // [8, 2]
 */
export function splitRandom(
  interactions: Interactions,
  options: RandomSplitOptions & SplitUnitOptions,
): InteractionSplit {
  const where = 'splitRandom';
  requireOptions(where, options, { ...randomSplitNames, unit: true });
  requireInteractions(where, 'interactions', interactions);
  const unit = resolveUnit(where, interactions, options?.unit);
  const { count, unitOf } = numberUnits(interactions, unit);
  const drawn = drawParts(where, count, options, unit === 'row' ? 'rows' : 'orders');
  const parts = Uint8Array.from(unitOf, (each) => drawn[each]!);
  return { train: selectRows(interactions, parts, 0), test: selectRows(interactions, parts, 1) };
}
