import { createInteractions } from '../../data/interactions/create-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import { createVocabulary, type Id, type Vocabulary } from '../../data/vocabulary.js';
import type { History } from './history.js';

/** The items with one more at the end; the index for unknown items, where there is one, moves behind it. */
export function withItem(items: Vocabulary, id: Id): Vocabulary {
  const { ids, hasUnknown } = items.toJSON();
  return createVocabulary([...ids, id], { hasUnknown });
}

/** Puts a row for the new item into a table `[I, size]`: last, but before the row of unknown items. */
export function withItemRow(table: Float32Array, size: number, items: Vocabulary, row: Float32Array): Float32Array {
  const place = size * (items.unknownIndex < 0 ? items.size : items.unknownIndex);
  const grown = new Float32Array(table.length + size);
  grown.set(table.subarray(0, place));
  grown.set(row, place);
  grown.set(table.subarray(place), place + size);
  return grown;
}

/** Interactions with rows of the new item, and where each of their rows comes from: those of the new item last. */
export function withItemRows(
  seen: Interactions,
  items: Vocabulary,
  added: History,
): { readonly seen: Interactions; readonly sources: Int32Array } {
  const [old, fresh] = [seen.items, items.indexOf(items.toJSON().ids.at(-1)!)];
  const count = seen.length + added.indices.length;
  const moved = (item: number) => (item === old.unknownIndex ? items.unknownIndex : item);
  const itemIndices = new Int32Array(count).fill(fresh);
  itemIndices.set(seen.itemIndices.map(moved));
  // Times of new rows are not known: they come last, as rows without times keep the order they are given in.
  const grown = createInteractions({
    users: seen.users,
    items,
    userIndices: concat(seen.userIndices, added.indices),
    itemIndices,
    weights: concat(seen.weights, added.weights),
  });
  return { seen: grown, sources: sourcesOf(seen, grown, fresh, added) };
}

// For each row its place among the old rows, or behind them.
function sourcesOf(seen: Interactions, grown: Interactions, fresh: number, added: History): Int32Array {
  let next = 0;
  const perUser = new Map<number, number[]>();
  added.indices.forEach((user, at) => {
    perUser.set(user, [...(perUser.get(user) ?? []), seen.length + at]);
  });
  return Int32Array.from(grown.itemIndices, (item, row) => {
    if (item === fresh) return perUser.get(grown.userIndices[row]!)!.shift()!;
    next += 1;
    return next - 1;
  });
}

function concat(first: Int32Array | Float32Array, second: Int32Array | Float32Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
