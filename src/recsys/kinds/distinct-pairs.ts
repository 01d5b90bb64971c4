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
export function distinctPairsInPieces(interactions: Interactions): Pieces<Pairs> {
  return distinctRows(interactions, () => () => false);
}

/**
 * The rows with each item once from one beginning to the next; without those of unknown items.
 *
 * @param ofUser - Makes, for a user, what says of each row of a known item whether something begins there.
 * @param kept - Called with the place, among those that are kept, of each that is.
 */
export function* distinctRows(
  interactions: Interactions,
  ofUser: () => (row: number) => boolean,
  kept: (place: number) => void = () => {},
): Pieces<Pairs> {
  const { users, items, offsets, itemIndices, length } = interactions;
  const found = {
    offsets: new Uint32Array(users.size + 1),
    users: new Int32Array(length),
    items: new Int32Array(length),
  };
  const has = createMarks(items.size);
  let count = 0;
  yield* inGroups(offsets, (user) => {
    const begins = ofUser();
    has.clear();
    for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
      if (!isKnownIndex(items, itemIndices[row]!)) continue;
      if (begins(row)) has.clear();
      if (!has.add(itemIndices[row]!)) continue;
      found.users[count] = user;
      found.items[count] = itemIndices[row]!;
      kept(count);
      count += 1;
    }
    found.offsets[user + 1] = count;
  });
  return {
    items,
    length: count,
    offsets: found.offsets,
    userIndices: found.users.subarray(0, count),
    itemIndices: found.items.subarray(0, count),
  };
}
