import type { Interactions } from '../../data/interactions.js';
import { isKnownIndex } from '../../data/known-indices.js';
import { atOnce, inGroups, type Pieces } from '../../internal/pieces.js';
import { createMarks } from '../marks.js';

/** Who has what, without weights and times. */
export type Pairs = Pick<Interactions, 'items' | 'length' | 'offsets' | 'userIndices' | 'itemIndices'>;

/** The rows of interactions with each item of a user once, where it first stood; without those of unknown items. */
export function distinctPairs(interactions: Interactions): Pairs {
  return atOnce(distinctPairsInPieces(interactions));
}

/** {@link distinctPairs} for work that lets the event loop turn. */
export function* distinctPairsInPieces(interactions: Interactions): Pieces<Pairs> {
  const { users, items, offsets, itemIndices, length } = interactions;
  const kept = {
    offsets: new Uint32Array(users.size + 1),
    users: new Int32Array(length),
    items: new Int32Array(length),
  };
  const has = createMarks(items.size);
  let count = 0;
  yield* inGroups(offsets, (user) => {
    has.clear();
    for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
      if (!isKnownIndex(items, itemIndices[row]!) || !has.add(itemIndices[row]!)) continue;
      kept.users[count] = user;
      kept.items[count] = itemIndices[row]!;
      count += 1;
    }
    kept.offsets[user + 1] = count;
  });
  return {
    items,
    length: count,
    offsets: kept.offsets,
    userIndices: kept.users.subarray(0, count),
    itemIndices: kept.items.subarray(0, count),
  };
}
