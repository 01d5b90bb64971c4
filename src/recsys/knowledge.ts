import type { Interactions } from '../data/interactions.js';
import { customersPerItem } from './customers-per-item.js';
import type { Knowledge, Recommender } from './recommender.js';

/** What is known to a recommender that learns from rows alone: who and what has any. */
export function knowledgeOfRows(seen: Interactions) {
  let counts: Int32Array | undefined;
  return {
    knowsUser: (user: number): boolean => seen.offsets[user + 1]! > seen.offsets[user]!,
    knowsItem: (item: number): boolean => {
      counts ??= customersPerItem(seen);
      return counts[item]! > 0;
    },
  };
}

/** What a recommender knows, with what {@link Knowledge} takes for granted filled in. */
export function knowledgeOf({
  knowledge = {},
  seen,
}: Recommender): Required<Omit<Knowledge, 'emptyScore'>> & Pick<Knowledge, 'emptyScore'> {
  const { knowsUser, knowsItem = () => true, emptyScore } = knowledge;
  const byRows = seen ? knowledgeOfRows(seen).knowsUser : () => true;
  return { knowsUser: knowsUser ?? byRows, knowsItem, ...(emptyScore !== undefined && { emptyScore }) };
}
