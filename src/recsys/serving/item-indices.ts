import { countKnown } from '../../data/known-indices.js';
import type { Id, Vocabulary } from '../../data/vocabulary.js';
import type { Pieces } from '../../internal/pieces.js';
import { isId, refuse, requireFunction, requireIds, requireOneOf } from '../../internal/require.js';
import type { RecommendOptions } from './recommend-options.js';

/** What to do with items that the recommender does not know, as {@link RecommendOptions} says. */
export type UnknownItemOptions = Pick<RecommendOptions, 'unknownItems' | 'onUnknownItems'>;

/** Checks it. */
export function requireItemPolicy(where: string, { unknownItems, onUnknownItems }: UnknownItemOptions): void {
  if (unknownItems !== undefined) requireOneOf(where, 'unknownItems', ['throw', 'skip'], unknownItems);
  requireFunction(where, 'onUnknownItems', onUnknownItems);
}

/** Ids looked up in one piece. */
export const idsInPiece = 2 ** 12;

/** Indices of items in the order given, by the stated policy for those that are not known. */
export function* indicesOfItems(
  where: string,
  name: string,
  items: Vocabulary,
  ids: Iterable<Id>,
  { unknownItems = 'skip', onUnknownItems }: UnknownItemOptions = {},
): Pieces<Int32Array> {
  requireIds(where, name, ids);
  const found: number[] = [];
  const skipped: string[] = [];
  let looked = 0;
  for (const id of ids) {
    looked += 1;
    if (looked % idsInPiece === 0) yield;
    requireId(where, name, id);
    if (items.has(id)) found.push(items.indexOf(id));
    else if (unknownItems === 'throw') refuse(where, name, 'hold items that the recommender knows', id);
    else skipped.push(String(id));
  }
  if (skipped.length > 0) onUnknownItems?.(skipped);
  return Int32Array.from(found);
}

/** Refuses what is no id. */
export function requireId(where: string, name: string, id: unknown): void {
  if (!isId(id)) refuse(where, name, 'hold ids (texts or finite numbers)', id);
}

/** The index of one item that must be known. */
export function indexOfItem(where: string, name: string, items: Vocabulary, id: Id): number {
  if (!isId(id) || !items.has(id)) refuse(where, name, 'be an item that the recommender knows', id);
  return items.indexOf(id);
}

/** How many items can be recommended: the index for unknown ones stands for none. */
export function catalogueSize(items: Vocabulary): number {
  return countKnown(items);
}
