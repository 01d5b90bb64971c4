import { requireInteractions } from '../../data/interactions/require-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import { refuseFile } from '../../internal/file-fault.js';
import { requireOptions } from '../../internal/options.js';
import { requireOneOf } from '../../internal/require.js';
import { createReader } from '../../saving/document/reader.js';
import { customersPerItem } from '../customers-per-item.js';
import type { Recommender, SavedRecommender } from '../recommender.js';

/**
 * Recommends to everybody what most people took: the baseline that every recommender has to beat.
 *
 *     score[u, i] = number of users who have i in train, or of rows of i
 *
 * @param train - Who did what. Weights are not looked at.
 * @returns A recommender. Its `factors()` have one component, always zero, and the scores as biases.
 * @throws RangeError when an option is not one of those above.
 * @example
 * const recommender = popularityRecommender(interactions);
 * recommender.name; // 'popularity'
 */
export function popularityRecommender(
  train: Interactions,
  options: {
    /**
     * What is counted: `'users'` who have the item, each once, or `'rows'`, where somebody who buys a thing fifty times counts
     * as fifty. Default `'users'`.
     */
    readonly count?: 'users' | 'rows';
  } = {},
): Recommender {
  requireOptions('popularityRecommender', options, { count: true });
  const { count = 'users' } = options;
  requireOneOf('popularityRecommender', 'count', ['users', 'rows'], count);
  requireInteractions('popularityRecommender', 'train', train);
  const { users, items } = train;
  const counts = count === 'users' ? Float32Array.from(customersPerItem(train)) : rowsPerItem(train);
  return {
    name: 'popularity',
    users,
    items,
    seen: train,
    state: () => ({ kind: 'popularity', settings: { count } }),
    // It needs to know nothing of a user; what nobody has it cannot rank.
    knowledge: { knowsUser: () => true, emptyScore: 0 },
    scoreHistory: async () => counts.slice(),
    scorePairs: async (_, itemIndices) => gather(counts, itemIndices),
    scoreAll: async (userIndices) => {
      const scores = new Float32Array(userIndices.length * counts.length);
      for (let row = 0; row < userIndices.length; row += 1) scores.set(counts, row * counts.length);
      return scores;
    },
    factors: async () => ({
      size: 1,
      users: new Float32Array(users.size),
      items: new Float32Array(items.size),
      itemBiases: counts.slice(),
    }),
  };
}

/** Makes it again. It is counted anew, which costs no more than to read the file. */
export function readPopularity({ name, seen, settings }: SavedRecommender): Recommender {
  if (!seen) refuseFile("hold what was seen, for 'popularity'", seen);
  const count = createReader(settings, 'settings').text('count');
  if (count !== 'users' && count !== 'rows') refuseFile('hold a count that is known', count);
  return { ...popularityRecommender(seen, { count }), name };
}

function rowsPerItem(interactions: Interactions): Float32Array {
  const counts = new Float32Array(interactions.items.size);
  for (const item of interactions.itemIndices) counts[item]! += 1;
  return counts;
}

function gather(values: Float32Array, indices: Int32Array): Float32Array {
  const gathered = new Float32Array(indices.length);
  for (let at = 0; at < indices.length; at += 1) gathered[at] = values[indices[at]!]!;
  return gathered;
}
