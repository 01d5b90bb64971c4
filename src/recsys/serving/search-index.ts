import { refuse } from '../../internal/require.js';
import type { Factors } from '../../nn/embedding/models/factors.js';
import type { ItemIndex } from '../indexes/item-index.js';
import { knowledgeOf } from '../knowledge.js';
import type { Recommender } from '../recommender.js';

/** An index with the factors that its queries come from. */
export interface Search {
  readonly index: ItemIndex;
  readonly factors: Factors;
  /** An item of which nothing was learned has a vector all the same, and may be found by it. */
  knowsItem(item: number): boolean;
}

/** Checks that an index is one over the recommender's items. */
export async function createSearch(where: string, recommender: Recommender, index: ItemIndex): Promise<Search> {
  if (typeof index?.search !== 'function') refuse(where, 'index', 'be an index of items', index);
  const factors = await recommender.factors?.();
  if (!factors) refuse(where, 'recommender', 'have `factors`, for an index to search with', recommender);
  if (index.length !== recommender.items.size || index.size !== factors.size) {
    const received = `${index.length} × ${index.size}`;
    refuse(where, 'index', `hold ${recommender.items.size} vectors of ${factors.size} numbers, the items'`, received);
  }
  return { index, factors, knowsItem: knowledgeOf(recommender).knowsItem };
}

/**
 * Items among which the best `count` that may be recommended are, as far as the index knows: it is asked for more until
 * that many are accepted, or it has no more. Indices in rising order.
 */
export async function searchItems(
  { index, knowsItem }: Search,
  choice: { accepts(item: number): boolean },
  vector: Float32Array,
  seen: ReadonlySet<number>,
  count: number,
): Promise<Int32Array> {
  for (let ask = Math.min(index.length, count + seen.size); ; ask = Math.min(index.length, 2 * ask)) {
    const { items } = await index.search(vector, { k: ask });
    const accepted = items.filter((item) => item >= 0 && !seen.has(item) && knowsItem(item) && choice.accepts(item));
    if (accepted.length >= count || ask === index.length) return accepted.sort();
  }
}

/** A user's vector, a view. */
export function vectorOfUser({ factors }: Search, user: number): Float32Array {
  return factors.users.subarray(user * factors.size, (user + 1) * factors.size);
}
