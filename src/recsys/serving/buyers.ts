import type { Interactions } from '../../data/interactions.js';
import { inGroups, type Pieces } from '../../internal/pieces.js';

/** The users of each item, each once, in rising order: those of item `i` are `users[offsets[i]]` to `users[offsets[i + 1] - 1]`. */
export interface Buyers {
  /** `[I + 1]`. */
  readonly offsets: Uint32Array;
  readonly users: Int32Array;
}

/** Turns interactions over: who has each item. */
export function* createBuyers({ items, offsets, itemIndices }: Interactions): Pieces<Buyers> {
  const lastUser = new Int32Array(items.size);
  const ends = new Uint32Array(items.size + 1);
  const eachOnce = (visit: (user: number, item: number) => void): Pieces<void> => {
    lastUser.fill(-1);
    return inGroups(offsets, (user) => {
      for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
        const item = itemIndices[row]!;
        if (lastUser[item] === user) continue;
        lastUser[item] = user;
        visit(user, item);
      }
    });
  };
  yield* eachOnce((_user, item) => {
    ends[item + 1]! += 1;
  });
  for (let item = 0; item < items.size; item += 1) ends[item + 1]! += ends[item]!;
  const next = ends.slice();
  const found = new Int32Array(ends[items.size]!);
  yield* eachOnce((user, item) => {
    found[next[item]!] = user;
    next[item]! += 1;
  });
  return { offsets: ends, users: found };
}
