import type { MovieLens } from './movielens-protocol.js';

/** Quality at 10 by the protocol of Neural Collaborative Filtering. */
export interface Ranked {
  /** Share of users whose item stands in the first ten. */
  readonly hr10: number;
  /** Mean of `ln 2 / ln(rank + 2)` for those, 0 for the others. */
  readonly ndcg10: number;
  /** Negatives with exactly the score of the item, which count half a place. */
  readonly ties: number;
}

/** Scores of some items for a user. */
export type ScoreItems = (user: number, items: Int32Array) => ArrayLike<number>;

/** Ranks each user's item among their negatives. An evaluator of its own, so that the library's has something to meet. */
export function rankCandidates(items: Int32Array, negatives: MovieLens['negatives'], score: ScoreItems): Ranked {
  let [hits, gain, ties] = [0, 0, 0];
  items.forEach((item, user) => {
    const others = negatives[user]!.filter((negative) => negative !== item);
    const [own, ...rest] = Array.from(score(user, Int32Array.of(item, ...others)));
    const equal = rest.filter((other) => other === own).length;
    const rank = rest.filter((other) => other > own!).length + equal / 2;
    ties += equal;
    if (rank >= 10) return;
    hits += 1;
    gain += Math.LN2 / Math.log(rank + 2);
  });
  return { hr10: hits / items.length, ndcg10: gain / items.length, ties };
}
