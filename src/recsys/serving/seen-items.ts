import { repeatShareInPieces } from '../../data/interactions/repeat-share.js';
import type { Interactions } from '../../data/interactions.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import type { Recommender } from '../recommender.js';

/** Item indices of a user's rows, in their order; a view. */
export function itemsOfUser(interactions: Interactions, user: number): Int32Array {
  return interactions.itemIndices.subarray(interactions.offsets[user]!, interactions.offsets[user + 1]!);
}

/** What the recommender was trained on, where a function cannot do without. */
export function requireSeen(where: string, recommender: Recommender, why: string): Interactions {
  const { seen, users, items } = recommender;
  if (!seen) refuse(where, 'recommender', `have \`seen\` (the rows it was trained on) ${why}`, recommender);
  if (seen.users.size !== users.size || seen.items.size !== items.size) {
    const sizes = `${seen.users.size} users × ${seen.items.size} items`;
    refuse(where, 'recommender.seen', `number the same ${users.size} users × ${items.size} items`, sizes);
  }
  return seen;
}

/** Where this share of later purchases is of what the user had, people buy again. */
const repeatsOfShops = 0.1;

// Counting looks at every row, and a single recommendation must not.
let counted: WeakMap<Interactions, Promise<number>> | undefined;

/**
 * What is left out of lists unless something else is said, when they are made and when they are judged: what the user has,
 * unless people buy again. The same for both, so that a report speaks of the lists that people see.
 */
export async function defaultExclusion(seen: Interactions): Promise<'seen' | 'nothing'> {
  counted ??= new WeakMap();
  const known = counted.get(seen) ?? piecemeal(repeatShareInPieces(seen), createPause());
  counted.set(seen, known);
  return (await known) >= repeatsOfShops ? 'nothing' : 'seen';
}
