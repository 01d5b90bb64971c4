import { createPause } from '../../internal/pause.js';
import type { Recommender } from '../recommender.js';

/** Adds to `scores`, `[I]`, the score of every item for a user. */
export type AddScores = (user: number, scores: Float32Array) => void;

/**
 * The scores of a recommender that makes those of all items for one user at a time.
 *
 * @param open - Makes ready, each time anew, what adds scores.
 */
export function scoresByUser(
  itemCount: number,
  open: () => Promise<AddScores>,
): Pick<Recommender, 'scorePairs' | 'scoreAll'> {
  return {
    scorePairs: async (users, items) => scorePairs(await open(), users, items, itemCount),
    scoreAll: async (users) => {
      const add = await open();
      const scores = new Float32Array(users.length * itemCount);
      const pause = createPause();
      for (let row = 0; row < users.length; row += 1) {
        await pause();
        add(users[row]!, scores.subarray(row * itemCount, (row + 1) * itemCount));
      }
      return scores;
    },
  };
}

// Pairs of one user are scored together, wherever they stand.
async function scorePairs(
  add: AddScores,
  users: Int32Array,
  items: Int32Array,
  itemCount: number,
): Promise<Float32Array> {
  const pause = createPause();
  const scores = new Float32Array(items.length);
  const row = new Float32Array(itemCount);
  const order = Uint32Array.from(users.keys());
  if (users.some((user, at) => at > 0 && user < users[at - 1]!)) order.sort((a, b) => users[a]! - users[b]!);
  let current = -1;
  for (const pair of order) {
    if (users[pair] !== current) {
      await pause();
      current = users[pair]!;
      row.fill(0);
      add(current, row);
    }
    scores[pair] = row[items[pair]!]!;
  }
  return scores;
}
