import type { Interactions } from '../data/interactions.js';

// Counting looks at every row, and a single recommendation must not.
let counted: WeakMap<Interactions, Int32Array> | undefined;

/** How many users have each item, `[I]`: what popularity is. Do not write into it. */
export function customersPerItem(interactions: Interactions): Int32Array {
  counted ??= new WeakMap();
  const known = counted.get(interactions);
  if (known) return known;
  const { items, users, offsets, itemIndices } = interactions;
  const counts = new Int32Array(items.size);
  const lastUser = new Int32Array(items.size).fill(-1);
  for (let user = 0; user < users.size; user += 1) {
    for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
      const item = itemIndices[row]!;
      if (lastUser[item] !== user) counts[item]! += 1;
      lastUser[item] = user;
    }
  }
  counted.set(interactions, counts);
  return counts;
}
