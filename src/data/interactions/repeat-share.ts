import { atOnce, inGroups, type Pieces } from '../../internal/pieces.js';
import type { Interactions } from '../interactions.js';
import { isKnownIndex } from '../known-indices.js';
import { requireInteractions } from './require-interactions.js';

/**
 * How much of what users buy they have bought before: whether a shop lives from what comes again.
 *
 *     items that the user has in an earlier order / items, each once an order, over all orders but each user's first
 *
 * Where there are no orders, rows of one user and one time are an order; where there are no times either, each row is. Films
 * come near 0, groceries above 0.5. What was merged by `duplicates: 'first'`, `'last'` or `'sum'` has 0: nobody comes back to
 * what stands there once.
 *
 * @param interactions - Who did what, with `duplicates: 'keep'`.
 * @returns A share in [0, 1]; 0 where nobody has a second order.
 * @throws RangeError for what are no interactions.
 * @example
 * repeatShare(shop); // 0
 */
export function repeatShare(interactions: Interactions): number {
  requireInteractions('repeatShare', 'interactions', interactions);
  return atOnce(repeatShareInPieces(interactions));
}

/** {@link repeatShare} for work that lets the event loop turn. */
export function* repeatShareInPieces(interactions: Interactions): Pieces<number> {
  const { users, items, offsets, itemIndices, orders, times } = interactions;
  // The user who had an item last, and in which order.
  const owner = new Int32Array(items.size).fill(-1);
  const lastOrder = new Float64Array(items.size);
  const orderOf = (row: number) =>
    orders && orders[row]! >= 0 ? orders[row]! : orders || !times ? -1 - row : times[row]!;
  let [later, again] = [0, 0];
  yield* inGroups(offsets, (user) => {
    if (user === users.unknownIndex) return;
    const first = orderOf(offsets[user]!);
    for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
      const item = itemIndices[row]!;
      const [order, had] = [orderOf(row), owner[item] === user];
      if (!isKnownIndex(items, item) || (had && lastOrder[item] === order)) continue;
      if (order !== first) {
        later += 1;
        if (had) again += 1;
      }
      owner[item] = user;
      lastOrder[item] = order;
    }
  });
  return later > 0 ? again / later : 0;
}
