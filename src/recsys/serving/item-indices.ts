import { countKnown } from '../../data/known-indices.js';
import type { Id, Vocabulary } from '../../data/vocabulary.js';
import { refuse, requireOneOf } from '../../internal/require.js';

/** What to do with an item that the recommender does not know: throw, or leave it out. */
export type UnknownItemPolicy = 'throw' | 'skip';

const policies: readonly UnknownItemPolicy[] = ['throw', 'skip'];

/** Indices of items in the order given, by the stated policy for those that are not known. */
export function indicesOfItems(
  where: string,
  name: string,
  items: Vocabulary,
  ids: Iterable<Id>,
  policy: UnknownItemPolicy = 'throw',
): Int32Array {
  requireOneOf(where, 'unknownItems', policies, policy);
  if (typeof ids === 'string' || typeof ids?.[Symbol.iterator] !== 'function') {
    refuse(where, name, 'be a list of item ids', ids);
  }
  const found: number[] = [];
  for (const id of ids) {
    if (items.has(id)) found.push(items.indexOf(id));
    else if (policy === 'throw') refuse(where, name, 'hold items that the recommender knows', id);
  }
  return Int32Array.from(found);
}

/** The index of one item that must be known. */
export function indexOfItem(where: string, name: string, items: Vocabulary, id: Id): number {
  if (!items.has(id)) refuse(where, name, 'be an item that the recommender knows', id);
  return items.indexOf(id);
}

/** How many items can be recommended: the index for unknown ones stands for none. */
export function catalogueSize(items: Vocabulary): number {
  return countKnown(items);
}
