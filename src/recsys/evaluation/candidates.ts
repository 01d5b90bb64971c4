import type { Interactions } from '../../data/interactions.js';
import type { Rng } from '../../random/rng.js';
import { createMarks, type Marks } from '../marks.js';
import { itemsOfUser } from '../serving/seen-items.js';

/**
 * Writes a user's candidates beside the relevant items, each once, into a list.
 *
 * @returns How many there were; `into` is long enough.
 */
export type ChooseCandidates = (user: number, relevant: Int32Array, into: Int32Array) => number;

/** Draws `count` items for each user, without repetition, that the user has neither in `train` nor in `test`. */
export function sampleCandidates(count: number, train: Interactions, test: Interactions, rng: Rng): ChooseCandidates {
  const { size, unknownIndex } = train.items;
  const taken = createMarks(size);
  return (user, _, into) => {
    taken.clear();
    taken.add(unknownIndex);
    for (const item of itemsOfUser(train, user)) taken.add(item);
    for (const item of itemsOfUser(test, user)) taken.add(item);
    const free = size - taken.listed().length;
    if (2 * count >= free) return drawFromFew(Math.min(count, free), taken, size, rng, into);
    for (let drawn = 0; drawn < count; ) {
      const item = rng.integer(size);
      if (!taken.add(item)) continue;
      into[drawn] = item;
      drawn += 1;
    }
    return count;
  };
}

// Where hardly more items are left than wanted: lists them and shuffles as many to the front.
function drawFromFew(count: number, taken: Marks, size: number, rng: Rng, into: Int32Array): number {
  const left = Int32Array.from({ length: size }, (_, item) => item).filter((item) => !taken.has(item));
  for (let place = 0; place < count; place += 1) {
    const other = place + rng.integer(left.length - place);
    into[place] = left[other]!;
    left[other] = left[place]!;
  }
  return count;
}

/** Takes each user's list, without relevant items and repetitions. */
export function givenCandidates(lists: readonly Int32Array[], itemCount: number): ChooseCandidates {
  const taken = createMarks(itemCount);
  return (user, relevant, into) => {
    taken.clear();
    for (const item of relevant) taken.add(item);
    let length = 0;
    for (const item of lists[user]!) {
      if (!taken.add(item)) continue;
      into[length] = item;
      length += 1;
    }
    return length;
  };
}
