import { requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { createInteractions } from '../interactions/create-interactions.js';
import { gather, rowsIn } from '../interactions/gather.js';
import { requireInteractions } from '../interactions/require-interactions.js';
import { usedPart } from '../interactions/used-part.js';
import type { Interactions } from '../interactions.js';

/**
 * Drops users and items with too few rows, again and again, until all that are left have enough.
 *
 * What is left does not depend on the order of dropping. Several rows of one user with one item count as several; make
 * the rows with `duplicates: 'first'` to count them once. Rows are counted, not orders: of a user whose rows are all of one
 * order, {@link leaveLastOut} tests none. Users and items that are left keep their places and get new indices.
 *
 * @param interactions - The whole.
 * @param options - The minima.
 * @returns What is left, with vocabularies of its own.
 * @throws RangeError when a minimum is not a positive integer, or nothing is left.
 * @see Seidman, "Network structure and minimum degree" (1983)
 * @example
 * const core = kCore(shop, { users: 2, items: 2 });
 * core.users.toJSON().ids; // ['ann', 'bob', 'cat']
 * core.items.toJSON().ids; // ['tea', 'mug', 'pot']
 */
export function kCore(
  interactions: Interactions,
  options: {
    /** Rows that every user must have, 1 or more. By default users are left as they are, those without rows too. */
    readonly users?: number;
    /** Rows that every item must have, 1 or more. By default items are left as they are, those without rows too. */
    readonly items?: number;
  } = {},
): Interactions {
  requireOptions('kCore', options, { users: true, items: true });
  requireInteractions('kCore', 'interactions', interactions);
  const { users, items } = options;
  if (users !== undefined) requirePositiveInteger('kCore', 'users', users);
  if (items !== undefined) requirePositiveInteger('kCore', 'items', items);
  const rows = rowsIn(markCore(interactions, users ?? 0, items ?? 0), 1);
  if (rows.length === 0) {
    refuse('kCore', 'options', 'leave at least one row', `users: ${users}, items: ${items}`);
  }
  return reindexed(interactions, rows, options);
}

// One round looks at every row; each round but the last drops at least one.
function markCore(
  { users, items, userIndices, itemIndices, length }: Interactions,
  userMinimum: number,
  itemMinimum: number,
) {
  const isIn = new Uint8Array(length).fill(1);
  const userCounts = new Uint32Array(users.size);
  const itemCounts = new Uint32Array(items.size);
  for (let row = 0; row < length; row += 1) {
    userCounts[userIndices[row]!]! += 1;
    itemCounts[itemIndices[row]!]! += 1;
  }
  let dropped = true;
  while (dropped) {
    dropped = false;
    for (let row = 0; row < length; row += 1) {
      const user = userIndices[row]!;
      const item = itemIndices[row]!;
      if (isIn[row] === 0 || (userCounts[user]! >= userMinimum && itemCounts[item]! >= itemMinimum)) continue;
      isIn[row] = 0;
      userCounts[user]! -= 1;
      itemCounts[item]! -= 1;
      dropped = true;
    }
  }
  return isIn;
}

function reindexed(
  interactions: Interactions,
  rows: Uint32Array,
  options: NonNullable<Parameters<typeof kCore>[1]>,
): Interactions {
  const { users, items, userIndices, itemIndices, weights, times, orders } = interactions;
  const length = rows.length;
  const userRows = gather(new Int32Array(length), userIndices, rows);
  const itemRows = gather(new Int32Array(length), itemIndices, rows);
  const userPart = options.users === undefined ? undefined : usedPart(users, userRows);
  const itemPart = options.items === undefined ? undefined : usedPart(items, itemRows);
  return createInteractions({
    users: userPart?.vocabulary ?? users,
    items: itemPart?.vocabulary ?? items,
    userIndices: userPart ? gather(new Int32Array(length), userPart.indices, userRows) : userRows,
    itemIndices: itemPart ? gather(new Int32Array(length), itemPart.indices, itemRows) : itemRows,
    weights: gather(new Float32Array(length), weights, rows),
    ...(times && { times: gather(new Float64Array(length), times, rows) }),
    ...(orders && { orders: gather(new Int32Array(length), orders, rows) }),
  });
}
