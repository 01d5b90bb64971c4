import { createVocabulary, type Recommender } from 'minimart';
import { dotRecommender, interactionsOf } from '../recsys/support/hand-made.js';

/** Two tastes: what goes with tea (first axis) and what cleans (second). ann has tea. */
export function exampleRecommender(): Recommender {
  const users = createVocabulary(['ann', 'bob', 'cid']);
  const items = createVocabulary(['tea', 'milk', 'cake', 'salt', 'soap']);
  const rows = [
    [0, 0],
    [1, 0],
    [1, 1],
    [2, 3],
    [2, 4],
  ] as const;
  return dotRecommender(
    {
      size: 2,
      users: Float32Array.of(1, 0.1, 0.9, 0.2, 0.1, 1),
      items: Float32Array.of(1, 0, 0.9, 0.1, 1, 0.3, 0.2, 0.8, 0, 1),
    },
    { users, items, seen: interactionsOf(users, items, rows) },
  );
}
