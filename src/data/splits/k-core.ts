import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { createInteractions } from '../interactions/create-interactions.js';
import type { Interactions } from '../interactions.js';
import { createVocabulary, type Vocabulary } from '../vocabulary.js';
import { rowsIn } from './select-rows.js';

/** Options of {@link kCore}. */
export interface KCoreOptions {
  /** Rows that every user must have. Default 1. */
  readonly users?: number;
  /** Rows that every item must have. Default 1. */
  readonly items?: number;
}

/**
 * Drops users and items with too few rows, again and again, until all that are left have enough.
 *
 * What is left does not depend on the order of dropping. Several rows of one user with one item count as several; make
 * the rows with `duplicates: 'first'` or `'sum'` to count them once. Users and items that are left keep their order and get
 * new indices; those without rows are dropped too.
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
export function kCore(interactions: Interactions, options: KCoreOptions = {}): Interactions {
  const { users = 1, items = 1 } = options;
  requirePositiveInteger('kCore', 'users', users);
  requirePositiveInteger('kCore', 'items', items);
  const rows = rowsIn(markCore(interactions, users, items), 1);
  if (rows.length === 0) {
    refuse('kCore', 'options', 'leave at least one row', `users: ${users}, items: ${items}`);
  }
  return reindexed(interactions, rows);
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

function reindexed({ users, items, userIndices, itemIndices, weights, times }: Interactions, rows: Uint32Array) {
  const newUsers = usedPart(users, userIndices, rows);
  const newItems = usedPart(items, itemIndices, rows);
  return createInteractions({
    users: newUsers.vocabulary,
    items: newItems.vocabulary,
    userIndices: Int32Array.from(rows, (row) => newUsers.indices[userIndices[row]!]!),
    itemIndices: Int32Array.from(rows, (row) => newItems.indices[itemIndices[row]!]!),
    weights: Float32Array.from(rows, (row) => weights[row]!),
    ...(times && { times: Float64Array.from(rows, (row) => times[row]!) }),
  });
}

/** The ids that `rows` use, and the new index of each old one. */
function usedPart(vocabulary: Vocabulary, indices: Int32Array, rows: Uint32Array) {
  const isUsed = new Uint8Array(vocabulary.size);
  for (const row of rows) isUsed[indices[row]!] = 1;
  const hasUnknown = vocabulary.unknownIndex >= 0;
  if (hasUnknown) isUsed[vocabulary.unknownIndex] = 0;
  const used = rowsIn(isUsed, 1);
  const newIndices = new Int32Array(vocabulary.size);
  used.forEach((old, index) => {
    newIndices[old] = index;
  });
  if (hasUnknown) newIndices[vocabulary.unknownIndex] = used.length;
  return {
    vocabulary: createVocabulary(
      Array.from(used, (old) => vocabulary.idAt(old)!),
      { hasUnknown },
    ),
    indices: newIndices,
  };
}
