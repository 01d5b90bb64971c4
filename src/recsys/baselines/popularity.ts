import type { Interactions } from '../../data/interactions.js';
import type { Recommender } from '../recommender.js';
import { rowsPerItem } from '../serving/seen-items.js';

/**
 * Recommends to everybody what most people took: the baseline that every recommender has to beat.
 *
 *     score[u, i] = number of rows of i in train
 *
 * @param train - Who did what. Weights are not looked at; rows that repeat a pair count as often.
 * @returns A recommender. Its `factors()` have one component, always zero, and the scores as biases.
 * @example
 * const recommender = popularity(interactions);
 * recommender.name; // 'popularity'
 */
export function popularity(train: Interactions): Recommender {
  const { users, items } = train;
  const counts = rowsPerItem(train);
  return {
    name: 'popularity',
    users,
    items,
    seen: train,
    origin: { kind: 'popularity', options: {} },
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

function gather(values: Float32Array, indices: Int32Array): Float32Array {
  const gathered = new Float32Array(indices.length);
  for (let at = 0; at < indices.length; at += 1) gathered[at] = values[indices[at]!]!;
  return gathered;
}
