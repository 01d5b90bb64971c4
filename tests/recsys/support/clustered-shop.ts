import { createInteractions, createRng, createVocabulary, type Interactions } from 'minimart';

/** Two kinds of user and item: most rows stay within a kind. */
export function clusteredShop(): Interactions {
  const rng = createRng(11);
  const rows = Array.from({ length: 60 }, (_, user) => {
    const picks = [...rng.permutation(20)].slice(0, 8);
    return picks.map((n) => [user, rng.uniform() < 0.9 ? (n % 20) + 20 * (user % 2) : n] as const);
  }).flat();
  return createInteractions({
    users: createVocabulary(Array.from({ length: 60 }, (_, index) => `u${index}`)),
    items: createVocabulary(Array.from({ length: 40 }, (_, index) => `i${index}`)),
    userIndices: rows.map(([user]) => user),
    itemIndices: rows.map(([, item]) => item),
    weights: rows.map(([user, item]) => 1 + ((user + item) % 3)),
    duplicates: 'sum',
  });
}
