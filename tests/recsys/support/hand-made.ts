import {
  createInteractions,
  createVocabulary,
  type Factors,
  type Interactions,
  type Recommender,
  type Vocabulary,
} from 'minimart';

/** Interactions from `[user, item]` or `[user, item, weight]` indices. */
export function interactionsOf(
  users: Vocabulary,
  items: Vocabulary,
  rows: readonly (readonly [user: number, item: number, weight?: number])[],
): Interactions {
  return createInteractions({
    users,
    items,
    userIndices: rows.map(([user]) => user),
    itemIndices: rows.map(([, item]) => item),
    weights: rows.map(([, , weight = 1]) => weight),
  });
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
