import type { Interactions, Recommender } from 'minimart';

/** Quality at 10 by the protocol of He et al., "Neural Collaborative Filtering" (2017). */
export interface Ranked {
  /** Share of users whose item stands in the first ten. */
  readonly hr10: number;
  /** Mean of `ln 2 / ln(rank + 2)` for those, 0 for the others. */
  readonly ndcg10: number;
  /** Negatives with exactly the score of the item, which count half a place. */
  readonly ties: number;
}

/** Ranks the one row of each user among their negatives; an evaluator of its own beside the library's. */
export async function rankCandidates(
  recommender: Recommender,
  held: Interactions,
  negatives: readonly Int32Array[],
): Promise<Ranked> {
  const lists = negatives.map((list, user) => list.filter((item) => item !== held.itemIndices[user]));
  const users = Int32Array.from(lists.flatMap((list, user) => new Array<number>(list.length + 1).fill(user)));
  const items = Int32Array.from(lists.flatMap((list, user) => [held.itemIndices[user]!, ...list]));
  const scores = await recommender.scorePairs(users, items);
  let [start, hits, gain, ties] = [0, 0, 0, 0];
  for (const { length } of lists) {
    const own = scores[start]!;
    const others = Array.from(scores.subarray(start + 1, start + 1 + length));
    const equal = others.filter((other) => other === own).length;
    const rank = others.filter((other) => other > own).length + equal / 2;
    if (rank < 10) [hits, gain] = [hits + 1, gain + Math.LN2 / Math.log(rank + 2)];
    ties += equal;
    start += 1 + length;
  }
  return { hr10: hits / lists.length, ndcg10: gain / lists.length, ties };
}
