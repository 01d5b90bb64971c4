import type { Factors, Interactions, Recommender, Vocabulary } from 'minimart';
import { createVocabulary } from '../../../src/data/vocabulary.js';

/** Interactions of weight 1 from `[user, item]` index pairs sorted by user. */
export function interactionsOf(
  users: Vocabulary,
  items: Vocabulary,
  rows: readonly (readonly [user: number, item: number])[],
): Interactions {
  const offsets = Uint32Array.from({ length: users.size + 1 }, (_, user) => rows.filter(([u]) => u < user).length);
  return {
    users,
    items,
    length: rows.length,
    offsets,
    userIndices: Int32Array.from(rows, ([user]) => user),
    itemIndices: Int32Array.from(rows, ([, item]) => item),
    weights: new Float32Array(rows.length).fill(1),
  };
}

/** A recommender that looks scores up in a table `[U][I]`, and writes down what it was asked. */
export function tableRecommender(
  scores: readonly (readonly number[])[],
  more: Partial<Recommender> = {},
): Recommender & { readonly asked: { pairs: number; rows: number; largestBlock: number } } {
  const users = more.users ?? createVocabulary(scores.map((_, index) => `u${index}`));
  const items = more.items ?? createVocabulary(scores[0]!.map((_, index) => `i${index}`));
  const asked = { pairs: 0, rows: 0, largestBlock: 0 };
  return {
    name: 'table',
    users,
    items,
    asked,
    scorePairs: async (us, is) => {
      asked.pairs += us.length;
      return Float32Array.from(us, (user, at) => scores[user]![is[at]!]!);
    },
    scoreAll: async (us) => {
      asked.rows += us.length;
      asked.largestBlock = Math.max(asked.largestBlock, us.length);
      return Float32Array.from(Array.from(us).flatMap((user) => scores[user]!));
    },
    ...more,
  };
}

/** A recommender of dot products. */
export function dotRecommender(factors: Factors, more: Partial<Recommender> = {}): Recommender {
  const { size, users, items, itemBiases } = factors;
  const scoreOf = (u: number, i: number) => {
    let sum = itemBiases?.[i] ?? 0;
    for (let d = 0; d < size; d += 1) sum += users[u * size + d]! * items[i * size + d]!;
    return sum;
  };
  const table = Array.from({ length: users.length / size }, (_, u) =>
    Array.from({ length: items.length / size }, (_, i) => scoreOf(u, i)),
  );
  return tableRecommender(table, { name: 'dot', factors: async () => factors, ...more });
}
